#pragma once

#include "host/mapping/document.hpp"
#include "host/mapping/paper.hpp"
#include "host/mapping/rules.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace causeway::mapping {

/// A multipart body taken apart: the document that a mapping reads, and the papers beside it.
struct PartedBody {
  std::string document_part;  ///< name of the part that holds the document
  std::string document;
  std::vector<Paper> papers;  ///< every other part, in order; without fingerprints
};

/// A content type says that the body has parts. Asked of every document, and quick.
bool hasParts(std::string_view content_type);

/// Takes a multipart body apart. `documents` are the names under which the sender's mappings expect their document: exactly one part has
/// one of them. A part is known by the name of its form field, else by its Content-ID without the angle brackets. Invalid or TooLarge
/// when the body is not as it must be; the text never repeats what was sent.
Result<PartedBody> openParts(std::string_view content_type, std::string_view body,
                             const std::vector<std::string>& documents, const Limits& limits);

/// The parts are those that the mapping expects (nullptr: none): its document under the name it says, each of its papers once, of a type
/// that it takes and with the first bytes of that type, and nothing else.
Result<void> checkParts(const PartedBody& body, const MultipartRule* expected);

/// A body with its content type in front, as it is kept, and back. Only multipart bodies need one; no document begins like it.
std::string withContentType(std::string_view content_type, std::string_view body);
struct TypedBody {
  std::string_view content_type;  ///< empty: one document
  std::string_view body;
};
TypedBody splitContentType(std::string_view kept);

}  // namespace causeway::mapping
