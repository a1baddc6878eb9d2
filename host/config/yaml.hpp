#pragma once

#include "host/base/node.hpp"
#include "host/base/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace causeway::config {

/// No file of ours comes near these; a file that passes them is a mistake or an attack.
constexpr size_t kMaxYamlBytes = 4U * 1024 * 1024;
constexpr size_t kMaxYamlDepth = 64;

/// Reads one YAML document strictly. Scalars keep their text: `no`, `08` and `1e3` are texts until a reader asks for a
/// flag or a number; `key:`, `~` and `null` are Kind::Null, "null" in quotes is text. Refused: duplicate keys, anchors
/// and aliases, merge keys, tags, keys that are not text, more than one document, more than kMaxYamlDepth levels or
/// kMaxYamlBytes bytes, other encodings than UTF-8, control characters.
///
/// Every problem goes into `problems` with file, line and column. A node comes back whenever the text could be read to
/// its end, so that its content can be checked too and a person mends everything in one go: look at
/// `problems.hasErrors()` before using it. The error repeats what stands in `problems`; no need to report it again.
Result<Node> parseYaml(std::string_view text, std::string file_name, Problems& problems);

/// The same for a file. It is named in problems as it is in `path`.
Result<Node> loadYaml(const std::filesystem::path& path, Problems& problems);

}  // namespace causeway::config
