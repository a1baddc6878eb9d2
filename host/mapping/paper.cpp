#include "host/mapping/paper.hpp"

#include "host/base/text.hpp"
#include "host/model/case.pb.h"

#include <algorithm>

namespace causeway::mapping {
namespace {

using namespace std::string_view_literals;

/// A type and what its files begin with (RFC 8118, MS-CFB, APPNOTE of ZIP, PNG, JFIF, TIFF 6). Several rows: any of them. Plain text
/// begins as it likes.
struct Signature {
  std::string_view type;
  std::string_view begins;
};
constexpr Signature kSignatures[] = {
    {"application/pdf", "%PDF-"sv},
    {"application/msword", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\x03\x04"sv},
    {"application/rtf", "{\\rtf"sv},
    {"image/jpeg", "\xFF\xD8\xFF"sv},
    {"image/png", "\x89PNG\r\n\x1A\n"sv},
    {"image/tiff", "II*\0"sv},
    {"image/tiff", "MM\0*"sv},
    {"text/plain", ""sv},
};

bool isText(std::string_view bytes) { return isUtf8(bytes) && bytes.find('\0') == std::string_view::npos; }

}  // namespace

bool brings(const canonical::CanonicalMessage& message, const Paper& paper) {
  return std::ranges::any_of(message.case_().documents(),
                             [&](const auto& one) { return one.sha256() == paper.sha256; });
}

std::vector<std::string> mediaTypes() {
  std::vector<std::string> out;
  for (const auto& known : kSignatures)
    if (out.empty() || out.back() != known.type) out.emplace_back(known.type);
  return out;
}

bool isMediaType(std::string_view text) {
  return std::ranges::find(kSignatures, text, &Signature::type) != std::end(kSignatures);
}

bool looksLike(std::string_view media_type, std::string_view bytes) {
  if (media_type == "text/plain") return isText(bytes);
  return std::ranges::any_of(
      kSignatures, [&](const Signature& known) { return known.type == media_type && bytes.starts_with(known.begins); });
}

std::string mediaTypeOf(std::string_view bytes) {
  const auto* found = std::ranges::find_if(
      kSignatures, [&](const Signature& known) { return !known.begins.empty() && bytes.starts_with(known.begins); });
  return found == std::end(kSignatures) ? std::string() : std::string(found->type);
}

}  // namespace causeway::mapping
