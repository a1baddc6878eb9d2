#include "host/base/node_reader.hpp"
#include "host/mapping/paper.hpp"
#include "host/mapping/rules.hpp"

#include <algorithm>

namespace causeway::mapping {
namespace {

std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (const auto& item : items) out += (out.empty() ? "" : ", ") + item;
  return out;
}

MultipartRule::Expected loadExpected(const Node::Entry& entry, Problems& problems) {
  MultipartRule::Expected out{entry.key, {}};
  if (!entry.value.isList() || entry.value.items.empty())
    problems.error(entry.value.at, "each entry of 'papers' is the name of a part and a list of media types");
  for (const auto& item : entry.value.items) {
    if (!isMediaType(item.scalar))
      problems.error(item.at, "'" + item.scalar + "' is not a media type that can be taken" +
                                  didYouMean(item.scalar, mediaTypes()) + " (allowed: " + joined(mediaTypes()) + ")");
    out.types.push_back(item.scalar);
  }
  return out;
}

}  // namespace

std::optional<MultipartRule> loadMultipart(const Node* node, Problems& problems) {
  if (!node) return std::nullopt;
  MultipartRule out;
  NodeReader reader(*node, "'multipart'", problems);
  out.document = reader.required("document");
  if (const Node* papers = reader.map("papers"))
    for (const auto& entry : papers->entries) out.papers.push_back(loadExpected(entry, problems));
  reader.finish();
  if (out.papers.empty())
    problems.error(node->at, "'multipart' needs 'papers': the parts that come beside the document");
  if (std::ranges::find(out.papers, out.document, &MultipartRule::Expected::name) != out.papers.end())
    problems.error(node->at, "'" + out.document + "' is the document and cannot be a paper too");
  return out;
}

}  // namespace causeway::mapping
