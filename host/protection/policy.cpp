#include "host/protection/policy.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/stable_id.hpp"
#include "host/base/text.hpp"
#include "host/protection/consent_cover.hpp"
#include "host/protection/free_text.hpp"
#include "host/protection/gate.hpp"
#include "host/protection/grant.hpp"
#include "host/protection/projector.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace causeway::protection {
namespace {

using Key = std::tuple<std::string, std::string, std::string>;  // recipient, type, purpose
using KeyView = std::tuple<std::string_view, std::string_view, std::string_view>;

Decision held(Check check, std::string code, std::string text) {
  Decision out;
  out.hold = Hold{std::move(code), std::string(ruleOf(check)), std::move(text)};
  return out;
}

// Without these nobody can handle a message: they travel whatever the grant says, and a marking never falls on the way.
void carryEnvelope(const canonical::CanonicalMessage& from, canonical::CanonicalMessage& to) {
  if (from.has_type()) to.set_type(from.type());
  if (from.has_test()) to.set_test(from.test());
  if (from.has_marking()) to.set_marking(from.marking());
}

// What only the projection shows. It is either let go or held; never both.
Decision afterProjection(const Asked& asked, const Grant& grant, const Projector& projector,
                         canonical::CanonicalMessage& projection) {
  const bool may_carry_p = grant.undetermined_bail && asked.recipient.audience == "police";
  if (refuses(Check::BailP, projector.undeterminedBail() && !may_carry_p))
    return held(Check::BailP, "bail_p",
                "The court's bail status has two opposite meanings; a person must find out which.");
  if (refuses(Check::PolicyDocument, projector.sensitiveWithheld()))
    return held(Check::PolicyDocument, "no_policy_document",
                "Sensitive data would go without consent, and its appropriate policy document does not hold today.");
  if (refuses(Check::NoKey, projector.keyMissing()))
    return held(Check::NoKey, "no_key", "A field goes as a pseudonym only, and there is no key to make one.");
  if (refuses(Check::NothingLeft, !projection.has_case_()))
    return held(Check::NothingLeft, "nothing_left", "Nothing of the case may go to this recipient for this purpose.");
  Decision out;
  out.quality = qualityOf(asked, grant, projection);
  carryEnvelope(asked.message, projection);
  out.projection = std::move(projection);
  return out;
}

}  // namespace

struct Policy::Impl {
  std::vector<Grant> grants;
  Legal legal;
  Pseudonyms pseudonyms;
  std::map<Key, size_t, std::less<>> by_key;
  std::string version;
  NameLore names;
  std::map<std::string, FreeText> free_text;  // by recipient, where the grant says nothing

  FreeText freeTextFor(const Grant* grant, const std::string& recipient) const {
    if (grant && grant->free_text) return *grant->free_text;
    const auto found = free_text.find(recipient);
    return found == free_text.end() ? FreeText::Hold : found->second;
  }

  void addFreeText(const Node& rules, Problems& problems) {
    for (const auto& entry : rules.entries) {
      const auto use = loadFreeText(entry.value, problems);
      const auto granted = [&](const Grant& grant) { return grant.recipient == entry.key; };
      if (std::ranges::none_of(grants, granted))
        problems.error(entry.key_at, "free_text names '" + entry.key + "', to whom no grant gives anything");
      if (use && !free_text.try_emplace(entry.key, *use).second)
        problems.error(entry.key_at, "what is done with free text to '" + entry.key + "' is said twice");
    }
  }

  const Grant* find(std::string_view recipient, std::string_view type, std::string_view purpose) const {
    const auto found = by_key.find(KeyView(recipient, type, purpose));
    return found == by_key.end() ? nullptr : &grants[found->second];
  }

  void add(Grant grant, Problems& problems) {
    for (const auto& other : grants)
      if (other.id == grant.id && !grant.id.empty())
        problems.error(grant.at, "the grant id '" + grant.id + "' is used twice; first at " + other.at.text());
    for (const auto& type : grant.types) {
      const auto [place, added] = by_key.try_emplace({grant.recipient, type, grant.purpose}, grants.size());
      if (!added)
        problems.error(grant.at, "what '" + grant.recipient + "' may have of '" + type + "' for '" + grant.purpose +
                                     "' is said twice; first at " + grantAt(place->second, grant).text());
    }
    grants.push_back(std::move(grant));
  }

  const Location& grantAt(size_t place, const Grant& current) const {
    return place < grants.size() ? grants[place].at : current.at;
  }
};

Policy::Policy() : impl_(std::make_unique<Impl>()) {}
Policy::~Policy() = default;
Policy::Policy(Policy&&) noexcept = default;
Policy& Policy::operator=(Policy&&) noexcept = default;

Policy Policy::load(const std::vector<Node>& files, Problems& problems) {
  Policy out;
  FieldSets sets;
  std::vector<const Node*> lists, free_text;
  for (const auto& file : files) {
    NodeReader reader(file, "a protection file", problems);
    if (const Node* named = reader.map("sets")) {
      for (const auto& entry : named->entries) {
        checkSet(entry.value, problems);
        if (!sets.try_emplace(entry.key, &entry.value).second)
          problems.error(entry.key_at, "the set '" + entry.key + "' is written twice");
      }
    }
    if (const Node* list = reader.list("grants")) lists.push_back(list);
    if (const Node* names = reader.map("names")) out.impl_->names.add(*names, problems);
    if (const Node* rules = reader.map("free_text")) free_text.push_back(rules);
    if (const Node* legal = reader.map("legal")) out.impl_->legal.add(*legal, problems);
    reader.finish();
  }
  out.impl_->legal.check(problems);
  for (const Node* list : lists)
    for (const auto& node : list->items) out.impl_->add(loadGrant(node, {sets, out.impl_->legal}, problems), problems);
  for (const Node* rules : free_text) out.impl_->addFreeText(*rules, problems);
  out.impl_->version = contentId(files);
  return out;
}

Decision Policy::decide(const canonical::CanonicalMessage& message, const Recipient& recipient,
                        std::string_view purpose, Instant now) const {
  const Grant* grant = impl_->find(recipient.id, message.type(), purpose);
  const Asked asked{message, recipient, purpose, now, toLondon(now).date};
  if (auto hold = holdBefore(asked, grant, impl_->legal)) {
    Decision out;
    out.hold = std::move(hold);
    if (grant) out.policy = grant->policy;
    return out;
  }
  Circumstances circumstances{recipient, asked.today, message.case_().has_finalised_on()};
  const bool document = grant->document && grant->document->on(asked.today, Check::PolicyDocument);
  if (grant->consent) circumstances.covered = coveredBy(message, *grant->consent, now);
  circumstances.sensitive_may_pass = circumstances.covered != kNothingCovered || document;
  circumstances.pseudonyms = &impl_->pseudonyms;
  canonical::CanonicalMessage projection;
  Projector projector(*grant, circumstances);
  projector.copy(message, projection);
  Decision out = afterProjection(asked, *grant, projector, projection);
  projector.account(out);
  out.policy = grant->policy;
  out.basis = grant->source;
  if (grant->consent) out.consents = consentsUsed(message, *grant->consent, now);
  out.elements = projector.takeElements();
  return out;
}

void Policy::screen(Decision& decision, const canonical::Case& whole, const Recipient& recipient,
                    std::string_view purpose) const {
  if (!decision.projection) return;
  screen(decision, whole, recipient,
         impl_->freeTextFor(impl_->find(recipient.id, decision.projection->type(), purpose), recipient.id));
}

void Policy::screen(Decision& decision, const canonical::Case& whole, const Recipient& recipient, FreeText use) const {
  if (!decision.projection) return;
  if (auto conflict = holdForConflict(whole, recipient)) {
    decision.projection.reset();
    decision.hold = std::move(conflict);
    return;
  }
  std::vector<std::string> redacted;
  auto hold = TextScreen{whole, recipient, use, impl_->names}.screen(*decision.projection, redacted);
  for (auto& path : redacted)
    if (std::ranges::find(decision.withheld, path, &Withheld::path) == decision.withheld.end())
      decision.withheld.push_back({std::move(path), "A23"});
  std::ranges::stable_sort(decision.withheld, {}, &Withheld::path);
  if (!hold) return;
  decision.projection.reset();
  decision.hold = std::move(hold);
}

bool Policy::hasGrant(std::string_view recipient, std::string_view type, std::string_view purpose) const {
  return impl_->find(recipient, type, purpose) != nullptr;
}

std::vector<std::string> Policy::inputs(std::string_view recipient, std::string_view type,
                                        std::string_view purpose) const {
  const Grant* grant = impl_->find(recipient, type, purpose);
  return grant ? inputsOf(*grant) : std::vector<std::string>();
}

std::vector<Policy::Granted> Policy::grants() const {
  std::vector<Granted> out;
  for (const auto& grant : impl_->grants)
    for (const auto& type : grant.types)
      out.push_back({grant.recipient, type, grant.purpose, grant.at, grant.condition});
  return out;
}

const std::string& Policy::version() const { return impl_->version; }
const Legal& Policy::legal() const { return impl_->legal; }
const NameLore& Policy::names() const { return impl_->names; }
void Policy::pseudonymsBy(Pseudonyms pseudonyms) { impl_->pseudonyms = std::move(pseudonyms); }

}  // namespace causeway::protection
