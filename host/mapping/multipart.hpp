#pragma once

#include "host/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::mapping {

struct MultipartLimits {
  std::size_t parts = 32;
  std::size_t header_bytes = 4'096;  ///< of one part, with the empty line
};

/// One part of a multipart body (RFC 2046, RFC 7578). Everything looks into the body, which must live longer.
struct BodyPart {
  std::string name;          ///< of a form field; empty when it has none
  std::string file_name;     ///< as sent, for people: never a path to open; empty when it has none
  std::string content_type;  ///< lower case, without parameters; "text/plain" when it says nothing
  std::string_view content_id;
  bool base64 = false;  ///< `content` is in base 64
  std::string_view content;
};

/// The boundary that a Content-Type field names. NotFound when the type is not multipart/form-data, mixed or related, so that the body
/// is one document; Invalid when it is one of these without a boundary of RFC 2046 (1 to 70 characters, no quotes or backslashes inside).
Result<std::string> multipartBoundary(std::string_view content_type);

/// The parts in order. Refused is whatever two readers could understand differently: anything before the first boundary or behind the
/// last but one line break, a boundary followed by anything but a line break, lines of a header that do not end in CR LF, folded ones, a
/// field that stands twice, an encoding other than 7bit, 8bit, binary or base64, a part that is multipart itself, no part at all.
/// TooLarge when a limit is passed. The error never repeats what was sent.
Result<std::vector<BodyPart>> readMultipart(std::string_view body, std::string_view boundary,
                                            const MultipartLimits& limits);

/// The bytes of a part in base 64. Invalid when it is none: other characters than those of RFC 4648, CR and LF, or padding in the middle.
Result<std::string> decodedBase64(std::string_view text);

}  // namespace causeway::mapping
