#pragma once

#include "host/base/result.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::canonical {
class CanonicalMessage;
}

namespace causeway::mapping {

/// What comes with a document besides its fields: a statement, an order, a picture. The canonical message holds its fingerprint only; the
/// bytes are kept sealed and apart.
struct Paper {
  std::string part;        ///< name of its part of a multipart body; empty when it stood inside the document
  std::string media_type;  ///< one of `mediaTypes()` once it is accepted
  std::string sha256;      ///< 64 hexadecimal digits
  std::string bytes;
};

/// SHA-256 in 64 hexadecimal digits. This folder has no cryptography of its own: the host brings it (`Converters::fingerprintBy`).
using Fingerprint = std::function<std::string(std::string_view bytes)>;

/// A document of the message has the fingerprint of this paper.
bool brings(const canonical::CanonicalMessage& message, const Paper& paper);

/// The media types that a paper may have: those whose first bytes are known, so that none is taken at its sender's word.
std::vector<std::string> mediaTypes();
bool isMediaType(std::string_view text);
/// The bytes begin as that type does, and hold text where it is text.
bool looksLike(std::string_view media_type, std::string_view bytes);
/// The type that bytes begin as; empty when it is none of these, or plain text.
std::string mediaTypeOf(std::string_view bytes);

}  // namespace causeway::mapping
