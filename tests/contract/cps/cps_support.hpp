#pragma once

#include "adapters/cps/cps.hpp"
#include "host/mapping/reader.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the suites of the CPS share: the shipped mappings with the adapter's converters, examples, samples and schemas.
namespace causeway::cps_tests {

inline constexpr std::chrono::year_month_day kDay{std::chrono::year(2026), std::chrono::month(5), std::chrono::day(12)};

/// The mappings of mappings/cps and the shared tables, compiled once.
const mapping::Library& library();

std::string fileText(const std::filesystem::path& path);
/// A file of mappings/cps/examples.
std::filesystem::path example(const std::string& name);
/// The text of a file beside an example. With CAUSEWAY_ACCEPT set it is written anew first, for a person to read the change.
std::string expected(const std::filesystem::path& path, const std::string& actual);

/// Examples of documents that come in, by name and ending.
std::vector<std::pair<std::string, std::string>> readExamples();

/// A canonical message that goes out, one mapping that writes it, and the file with what it writes.
struct Writing {
  std::string example;
  std::string mapping;  ///< without "cps."
  std::filesystem::path expectation;
  mapping::Format format = mapping::Format::Json;
};
std::vector<Writing> writings();

mapping::Decoded decode(std::string_view document);
/// What a mapping makes of a canonical message in the examples.
mapping::Written written(const std::string& mapping, const std::string& example);
canonical::CanonicalMessage canonicalExample(const std::string& name);

std::string jsonOf(const google::protobuf::Message& message);
/// "unmapped_code at a/b: ...", a line for each finding, then "unexplained a/b" for each.
std::string complaintsOf(const mapping::Decoded& decoded);
bool hasFinding(const mapping::Decoded& decoded, std::string_view code);
/// `text` with `from` turned into `to` once; a failure of the test when it is not there.
std::string with(std::string text, const std::string& from, const std::string& to);

/// The folder of public police and CPS samples, which is not part of the source: CAUSEWAY_CORPUS, else `shared/corpus` beside the
/// source tree.
std::optional<std::filesystem::path> corpus();
bool hasProgram(const std::string& command);
/// Runs a command; what it said when it failed, nothing when it succeeded.
std::string failureOf(const std::string& command);

}  // namespace causeway::cps_tests

/// Leaves a test that needs the samples.
#define NEED_CORPUS(folder)                                                                                    \
  const auto found_corpus = ::causeway::cps_tests::corpus();                                                   \
  if (!found_corpus) GTEST_SKIP() << "no samples: set CAUSEWAY_CORPUS or put shared/corpus beside the source"; \
  const auto folder = *found_corpus / "police-cps"
