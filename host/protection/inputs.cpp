#include "host/protection/gate.hpp"
#include "host/protection/information_request.hpp"

#include <algorithm>
#include <set>

// What the rules read of a message. The property test changes everything else and sees no difference.
namespace causeway::protection {
namespace {

using Names = std::set<std::string>;

// Whatever the grant says: the recipient and the marking, who plays which part, who may see the case, whether it is over.
constexpr std::string_view kAlways[] = {"type",
                                        "test",
                                        "marking",
                                        "source_system",
                                        "asserted_at",
                                        "received_at",
                                        "case.parties.roles",
                                        "case.parties.supporter",
                                        "case.parties.relationships",
                                        "case.background_checks.asked_by",
                                        "case.background_checks.answers.answer",
                                        "case.background_checks.answers.detail",
                                        "case.background_checks.summary",
                                        "case.restricted_to",
                                        "case.restricted_reason",
                                        "case.finalised_on"};

bool anyPasses(const Grant& grant, const SchemaNode& node) {
  for (const int part : node.children)
    if (grant.passes[static_cast<size_t>(part)] != 0) return true;
  return false;
}

// Whether contact is safe is read for every way of contact; what a text is, and a bail status as a whole, where any of it passes.
void addNode(const Grant& grant, const SchemaNode& node, Names& out) {
  if (!node.field || !node.field->message_type()) return;
  if (node.field->message_type() == canonical::ContactPoint::descriptor()) {
    out.insert(node.path + ".safe");
    out.insert(node.path + ".dead");
  }
  if (node.field->message_type() == canonical::Address::descriptor()) out.insert(node.path + ".safe_for_post");
  if (node.narrative && anyPasses(grant, node)) out.insert(node.path + ".basis");
  if (node.bail_status && anyPasses(grant, node)) out.insert(node.path);
}

void addPath(const std::string& above, const model::FieldPath& path, Names& out) {
  out.insert(above.empty() ? path.names() : above + "." + path.names());
  std::string at = above;
  for (const auto& step : path.steps()) {
    at += (at.empty() ? "" : ".") + step.field->name();
    if (step.tested) out.insert(at + "." + step.tested->names());
  }
}

}  // namespace

std::vector<std::string> inputsOf(const Grant& grant) {
  Names out(std::begin(kAlways), std::end(kAlways));
  const auto& schema = SchemaTree::instance();
  for (const auto& node : schema.nodes()) addNode(grant, node, out);
  for (const auto& filter : grant.filters) addPath(schema.at(filter.list).path, filter.where, out);
  if (grant.consent)
    for (const auto& path : grant.consent->whose) {
      addPath({}, path, out);
      out.erase(path.names());  // the people themselves are only counted
      out.insert(path.names() + ".consents");
    }
  if (grant.recorded)
    for (const auto& path : grant.recorded->has) addPath(grant.recorded->of.names(), path, out);
  if (std::ranges::find(grant.types, kInformationRequest) != grant.types.end()) out.insert("case.information_requests");
  return {out.begin(), out.end()};
}

}  // namespace causeway::protection
