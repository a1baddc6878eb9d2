#include "host/base/text.hpp"
#include "host/mapping/multipart.hpp"
#include "host/mapping/read_run.hpp"

#include <google/protobuf/message.h>

#include <algorithm>

// How the fingerprint of a paper gets into the message, and its bytes out of the document.
namespace causeway::mapping {

// A part that did not come is absent like any other leaf; whether it had to come is said under `multipart`.
void ReadRun::writePaper(model::ProtoMessage& root, const ValuePlan& plan) {
  const std::string& path = plan.source.empty() ? plan.target.path.text() : plan.source;
  std::string sha256;
  if (const auto part = input(inputs_, "part"); !part.empty()) {
    if (!context_->papers) return;
    const auto found = std::ranges::find(*context_->papers, part, &Paper::part);
    if (found == context_->papers->end()) return;
    sha256 = found->sha256;
  } else if (const auto base64 = input(inputs_, "base64"); !base64.empty()) {
    auto taken = takePaper(base64, input(inputs_, "type"));
    if (!taken) return note("bad_value", path, taken.error().what);
    sha256 = *std::move(taken);
  }
  if (!sha256.empty()) writePart(root, plan, sha256);
}

Result<std::string> ReadRun::takePaper(std::string_view base64, std::string_view type) {
  if (!context_->fingerprint || !*context_->fingerprint)
    return fail(ErrorKind::Unavailable, "a paper that cannot be fingerprinted here");
  if (reading_.papers.size() >= context_->most_papers)
    return fail(ErrorKind::TooLarge, "more than " + std::to_string(context_->most_papers) + " papers in one document");
  CW_TRY(auto bytes, decodedBase64(base64));
  if (bytes.size() > context_->paper_bytes)
    return fail(ErrorKind::TooLarge, "a paper of more than " + std::to_string(context_->paper_bytes) + " bytes");
  Paper paper{{}, lowerCase(trim(type.substr(0, type.find(';')))), {}, std::move(bytes)};
  if (paper.media_type.empty()) paper.media_type = mediaTypeOf(paper.bytes);
  if (!isMediaType(paper.media_type) || !looksLike(paper.media_type, paper.bytes))
    return fail(ErrorKind::Invalid, "a paper that does not begin as a media type that is taken");
  paper.sha256 = (*context_->fingerprint)(paper.bytes);
  auto out = paper.sha256;
  reading_.papers.push_back(std::move(paper));
  return out;
}

}  // namespace causeway::mapping
