#include "host/config/partner.hpp"

#include "host/model/message_types.hpp"

#include <algorithm>
#include <set>

namespace causeway::config {
namespace {

using Words = std::initializer_list<std::string_view>;

const Words kKinds{"records",  "court",        "prosecution", "probation", "prison",
                   "referral", "safeguarding", "notify",      "force",     "other"};
// Policies decide by these two, so a slip in one must not pass for a word that protects less.
const Words kSides{"prosecution", "defence", "court", "suspect", "offender_management", "victim_support", "neutral"};
const Words kAudiences{"police", "prosecutor", "court", "defence", "partner", "victim", "public"};

bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

// Ids stand in file names, URLs, audit rows and commands, so they are plain words.
bool isPlainId(std::string_view id) {
  return !id.empty() && isLower(id.front()) &&
         std::ranges::all_of(id, [](char c) { return isLower(c) || isDigit(c) || c == '-'; });
}

bool isUri(std::string_view text) {
  const auto colon = text.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

std::vector<Location> placesOf(const Node* node) {
  std::vector<Location> out;
  if (!node) return out;
  if (node->isScalar()) out.push_back(node->at);
  for (const auto& item : node->items)
    if (item.isScalar()) out.push_back(item.at);
  return out;
}

void readFormat(const Node& node, Partner& out, Problems& problems) {
  NodeReader reader(node, "'format'", problems);
  out.reads = reader.texts("reads");
  out.writes = reader.texts("writes");
  out.reads_at = placesOf(reader.node("reads"));
  out.writes_at = placesOf(reader.node("writes"));
  reader.finish();
}

Follow readFollow(const Node& node, Problems& problems) {
  NodeReader reader(node, "'follow'", problems);
  Follow out;
  out.after = readDuration(reader, "after", out.after, problems);
  out.give_up = readDuration(reader, "give_up", out.give_up, problems);
  out.accepted = reader.flag("accepted");
  if (const auto path = reader.text("papers"); !path.empty()) {
    auto parsed = UrlTemplate::parse(path, UrlTemplate::Use::Path);
    if (!parsed) problems.error(reader.at("papers"), parsed.error().what);
    else if (parsed->names() != std::vector<std::string>{"document.id"})
      problems.error(reader.at("papers"),
                     "'papers' has one place, {document.id}: the number by which its sender knows the paper");
    else out.papers = *std::move(parsed);
  }
  if (out.give_up <= out.after) problems.error(reader.at("give_up"), "'give_up' must be later than 'after'");
  reader.finish();
  return out;
}

Serves readServes(const Node& node, Problems& problems) {
  NodeReader reader(node, "'serves'", problems);
  Serves out{reader.texts("services"), reader.texts("areas"), reader.texts("languages"), reader.texts("needs")};
  reader.finish();
  return out;
}

Transfer readTransfer(const Node& node, Problems& problems) {
  NodeReader reader(node, "'transfer'", problems);
  Transfer out{reader.required("condition"), reader.required("justification")};
  reader.finish();
  return out;
}

// Reports each item that is wrong or said twice, at its own place. `wrong` says what is wrong with a text, or nothing.
template <class Wrong>
void checkItems(const Node* node, Wrong wrong, Problems& problems) {
  if (!node) return;
  std::set<std::string_view> seen;
  const auto one = [&](const Node& item) {
    if (!item.isScalar()) return;
    if (const std::string what = wrong(item.scalar); !what.empty()) problems.error(item.at, what);
    if (!seen.insert(item.scalar).second) problems.error(item.at, "'" + item.scalar + "' stands twice");
  };
  if (node->isScalar()) one(*node);
  for (const auto& item : node->items) one(item);
}

std::string wrongIdentity(const std::string& text) {
  return isUri(text) ? "" : "an identity must be a URI such as urn:example:records";
}

std::string wrongType(const std::string& text) {
  const auto* type = model::findMessageType(text);
  if (!type)
    return "there is no message type '" + text + "'" + didYouMean(text, model::messageTypeNames(model::TypeUse::Any));
  return type->comes ? "" : "nobody sends us '" + text + "'";
}

std::string wrongSentType(const std::string& text) {
  const auto* type = model::findMessageType(text);
  if (!type)
    return "there is no message type '" + text + "'" + didYouMean(text, model::messageTypeNames(model::TypeUse::Sends));
  return type->goes ? "" : "nobody is sent '" + text + "'";
}

Agreement readAgreement(const Node& node, Problems& problems) {
  NodeReader reader(node, "an agreement", problems);
  Agreement out;
  out.reference = reader.required("reference");
  const auto starts = reader.date("starts");
  const auto expires = reader.date("expires");
  for (const std::string_view key : {"starts", "expires"}) {
    if (!reader.node(key) && node.isMap())
      problems.error(reader.at(key), "an agreement needs '" + std::string(key) + "'");
  }
  if (starts) out.starts = *starts;
  if (expires) out.expires = *expires;
  if (starts && expires && *expires < *starts)
    problems.error(reader.at("expires"), "the agreement expires before it starts");
  out.types = reader.texts("types");
  out.at = node.at;
  checkItems(reader.node("types"), wrongSentType, problems);
  reader.finish();
  return out;
}

void checkCountry(const Partner& partner, NodeReader& reader, Problems& problems) {
  const bool code =
      partner.country.size() == 2 && std::ranges::all_of(partner.country, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!code) {
    problems.error(reader.at("country"), "'country' must be a two-letter code such as GB");
  } else if (partner.country != "GB" && !reader.node("transfer")) {
    problems.error(reader.at("country"), "a partner outside GB needs 'transfer' with its condition and justification");
  } else if (partner.country == "GB" && reader.node("transfer")) {
    problems.error(reader.at("transfer"), "'transfer' is for partners outside GB only");
  }
}

void checkTraffic(const Partner& partner, NodeReader& reader, Problems& problems) {
  if (!partner.may_send.empty() && partner.identities.empty()) {
    problems.error(reader.at("may_send"), "a partner that may send needs 'identities': how else would we know it?");
  }
  if (!partner.endpoints.empty() && !reader.node("agreement")) {
    problems.error(reader.at("endpoints"), "a partner that receives needs an 'agreement'");
  }
  // One that is only asked, such as a service that hands out papers, receives nothing of ours.
  const bool receives = !partner.endpoints.empty() && !partner.writes.empty();
  if (receives && partner.regime.empty() && !reader.node("regime")) {
    problems.error(reader.at("endpoints"), "a partner that receives needs 'regime': the law under which it holds data");
  }
  if (const Node* agreement = reader.map("agreement"); receives && agreement && !agreement->find("types"))
    problems.error(agreement->at, "an agreement needs 'types', the messages that it covers");
  if (!partner.endpoints.empty() && partner.purposes.empty()) {
    problems.error(reader.at("endpoints"), "a partner that receives needs 'purposes'");
  }
}

}  // namespace

Partner readPartner(const Node& node, const std::filesystem::path& folder, Problems& problems) {
  NodeReader reader(node, "a partner", problems);
  Partner out;
  out.at = node.at;
  out.id = reader.required("id");
  out.id_at = reader.at("id");
  if (!out.id.empty() && !isPlainId(out.id))
    problems.error(out.id_at, "'id' must be lower-case letters, digits and hyphens");
  out.name = reader.required("name");
  out.kind = reader.choice("kind", kKinds, true);
  out.side = reader.choice("side", kSides, true);
  out.audience = reader.choice("audience", kAudiences, true);
  out.regime = reader.text("regime");
  out.regime_at = reader.at("regime");
  out.country = reader.text("country", "GB");
  if (const Node* transfer = reader.map("transfer")) out.transfer = readTransfer(*transfer, problems);
  out.services = reader.texts("services");
  out.test = reader.flag("test");
  if (!reader.node("test") && node.isMap())
    problems.error(node.at, "a partner needs 'test': true or false, because test and live never mix");
  out.identities = reader.texts("identities");
  out.identities_at = reader.at("identities");
  checkItems(reader.node("identities"), wrongIdentity, problems);
  out.may_send = reader.texts("may_send");
  checkItems(reader.node("may_send"), wrongType, problems);
  out.may_send_at = placesOf(reader.node("may_send"));
  out.adapter = reader.text("adapter");
  out.adapter_at = reader.at("adapter");
  if (const Node* format = reader.map("format")) readFormat(*format, out, problems);
  out.endpoints = readEndpoints(reader.list("endpoints"), folder, out.test, problems);
  out.audit_heads = reader.flag("audit_heads");
  out.marking_header = reader.flag("marking_header");
  if (const Node* follow = reader.map("follow")) {
    out.follow = readFollow(*follow, problems);
    if (out.endpoints.empty()) problems.error(follow->at, "'follow' asks at the partner's endpoints; it has none");
  }
  if (const Node* serves = reader.map("serves")) out.serves = readServes(*serves, problems);
  if (const Node* proof = reader.map("proof")) {
    out.proof = readProof(*proof, folder, problems);
    if (out.may_send.empty()) problems.error(proof->at, "'proof' is of no use to a partner that may not send anything");
  }
  if (const Node* agreement = reader.map("agreement")) out.agreement = readAgreement(*agreement, problems);
  out.purposes = reader.texts("purposes");
  checkCountry(out, reader, problems);
  checkTraffic(out, reader, problems);
  reader.finish();
  return out;
}

}  // namespace causeway::config
