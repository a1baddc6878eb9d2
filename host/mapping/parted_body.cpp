#include "host/mapping/parted_body.hpp"

#include "host/base/text.hpp"
#include "host/mapping/multipart.hpp"

#include <algorithm>

namespace causeway::mapping {
namespace {

constexpr std::string_view kTypeLine = "Content-Type: ";

Failure wrong(const char* what) { return fail(ErrorKind::Invalid, what, "multipart"); }

std::string nameOf(const BodyPart& part) {
  if (!part.name.empty()) return part.name;
  auto id = part.content_id;
  if (id.size() > 2 && id.starts_with('<') && id.ends_with('>')) id = id.substr(1, id.size() - 2);
  return std::string(id);
}

Result<std::string> contentOf(const BodyPart& part, const Limits& limits) {
  const auto tooLarge = [&] {
    return fail(ErrorKind::TooLarge, "a part is larger than " + std::to_string(limits.part_bytes) + " bytes",
                "multipart");
  };
  // Of base 64 a third is the coding's, and its lines end somewhere.
  if (part.content.size() > (part.base64 ? limits.part_bytes * 2 : limits.part_bytes)) return tooLarge();
  if (!part.base64) return std::string(part.content);
  CW_TRY(auto bytes, decodedBase64(part.content));
  if (bytes.size() > limits.part_bytes) return tooLarge();
  return bytes;
}

}  // namespace

bool hasParts(std::string_view content_type) { return lowerCase(trim(content_type).substr(0, 10)) == "multipart/"; }

Result<PartedBody> openParts(std::string_view content_type, std::string_view body,
                             const std::vector<std::string>& documents, const Limits& limits) {
  if (body.size() > limits.body_bytes)
    return fail(ErrorKind::TooLarge,
                "all parts together are larger than " + std::to_string(limits.body_bytes) + " bytes", "multipart");
  CW_TRY(const auto boundary, multipartBoundary(content_type));
  MultipartLimits framing;
  framing.parts = limits.parts;
  CW_TRY(const auto parts, readMultipart(body, boundary, framing));
  PartedBody out;
  for (const auto& part : parts) {
    auto name = nameOf(part);
    CW_TRY(auto content, contentOf(part, limits));
    if (std::ranges::find(documents, name) == documents.end()) {
      out.papers.push_back({std::move(name), part.content_type, {}, std::move(content)});
      continue;
    }
    if (!out.document_part.empty()) return wrong("more than one part is a document");
    out.document_part = std::move(name);
    out.document = std::move(content);
  }
  if (out.document_part.empty()) return wrong("no part is a document that is known from this sender");
  return out;
}

Result<void> checkParts(const PartedBody& body, const MultipartRule* expected) {
  if (!expected) return wrong("this kind of document comes alone, without parts beside it");
  if (body.document_part != expected->document) return wrong("the document stands in a part of another name");
  for (const auto& paper : body.papers) {
    const auto known = std::ranges::find(expected->papers, paper.part, &MultipartRule::Expected::name);
    if (known == expected->papers.end()) return wrong("a part that is not expected");
    if (std::ranges::count(body.papers, paper.part, &Paper::part) > 1) return wrong("a part stands twice");
    if (std::ranges::find(known->types, paper.media_type) == known->types.end())
      return wrong("a part has a Content-Type that is not taken");
    if (!looksLike(paper.media_type, paper.bytes)) return wrong("a part does not begin as its Content-Type does");
  }
  // None stands twice and none is unknown, so that fewer means one is missing.
  if (body.papers.size() < expected->papers.size()) return wrong("a part is missing");
  return {};
}

std::string withContentType(std::string_view content_type, std::string_view body) {
  if (!hasParts(content_type)) return std::string(body);
  return std::string(kTypeLine).append(content_type).append("\r\n\r\n").append(body);
}

TypedBody splitContentType(std::string_view kept) {
  const auto end = kept.starts_with(kTypeLine) ? kept.find("\r\n\r\n") : std::string_view::npos;
  if (end == std::string_view::npos) return {{}, kept};
  return {kept.substr(kTypeLine.size(), end - kTypeLine.size()), kept.substr(end + 4)};
}

}  // namespace causeway::mapping
