#include "host/protection/policy.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/stable_id.hpp"
#include "host/base/text.hpp"
#include "host/protection/free_text.hpp"
#include "host/protection/grant.hpp"
#include "host/protection/projector.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace causeway::protection {
namespace {

using Key = std::tuple<std::string, std::string, std::string>;  // recipient, type, purpose

constexpr std::array<std::string_view, 7> kSides = {
    "prosecution", "defence", "court", "neutral", "suspect", "offender_management", "victim_support"};

Decision held(std::string code, std::string rule, std::string text) {
  Decision out;
  out.hold = Hold{std::move(code), std::move(rule), std::move(text)};
  return out;
}

bool hasKnownRole(const canonical::Party& party) {
  return std::ranges::any_of(party.roles(), [](const canonical::Role& role) {
    return !role.role().code().empty() && !role.role().unmapped();
  });
}

bool consented(const canonical::CanonicalMessage& message, const ConsentRule& rule, Instant now) {
  int people = 0;
  bool all = true;
  for (const auto& path : rule.whose)
    path.visit(message, [&](const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
      const auto& person = parent.GetReflection()->GetRepeatedMessage(parent, &field, index);
      ++people;
      all = all && model::hasLiveConsent(static_cast<const canonical::Party&>(person), rule.need, now);
      return all;
    });
  return people > 0 && all;
}

std::vector<std::string> consentsUsed(const canonical::CanonicalMessage& message, const ConsentRule& rule,
                                      Instant now) {
  std::vector<std::string> out;
  for (const auto& path : rule.whose)
    path.visit(message, [&](const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
      const auto& one = parent.GetReflection()->GetRepeatedMessage(parent, &field, index);
      const auto& party = static_cast<const canonical::Party&>(one);
      if (const auto* consent = model::liveConsent(party, rule.need, now))
        out.push_back(party.id() + ":" + (consent->has_id() ? consent->id() : consent->type().code()));
      return true;
    });
  return out;
}

bool isSaid(const model::FieldPath& path, const model::ProtoMessage& element) {
  bool found = false;
  path.visit(element, [&](const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
    found = !model::textOf(parent, field, index).empty();
    if (found && model::shapeOf(field) == model::Shape::Code && index < 0)
      found = !static_cast<const canonical::Code&>(parent.GetReflection()->GetMessage(parent, &field)).unmapped();
    return !found;
  });
  return found;
}

/// The names of what is not on record, in the order of the rule; a list without elements lacks everything.
std::vector<std::string> notRecorded(const canonical::CanonicalMessage& message, const RecordRule& rule) {
  std::vector<std::string> out;
  for (const auto& path : rule.has) {
    int elements = 0;
    bool all = true;
    rule.of.visit(message, [&](const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
      ++elements;
      all = all && isSaid(path, parent.GetReflection()->GetRepeatedMessage(parent, &field, index));
      return all;
    });
    if (elements == 0 || !all) out.push_back(path.names());
  }
  return out;
}

// What holds a message whatever its fields are.
std::optional<Hold> holdBefore(const canonical::CanonicalMessage& message, const Recipient& recipient,
                               const Grant* grant, Instant now) {
  if (std::ranges::find(kSides, recipient.side) == kSides.end() || recipient.audience.empty())
    return Hold{"unknown_recipient", "A03", "It is not known on which side the recipient stands or who reads there."};
  if (message.test() != recipient.test)
    return Hold{"test_mix", "TEST",
                message.test() ? "A test message may not go to a live recipient."
                               : "A live message may not go to a test recipient."};
  if (!grant)
    return Hold{"no_grant", "A03",
                "No policy says which fields this recipient may have of this message for this purpose."};
  if (!std::ranges::all_of(message.case_().parties(), hasKnownRole))
    return Hold{"no_role", "A07", "A person in the message has no known role in the case."};
  const auto& only = message.case_().restricted_to();
  if (!only.empty() && recipient.audience != "police" && std::ranges::find(only, recipient.id) == only.end())
    return Hold{"restricted", "RESTRICTED", "The case may be seen by named people only."};
  if (grant->consent && !consented(message, *grant->consent, now))
    return Hold{"consent_missing", "A05", "The person concerned has no live consent on record for this recipient."};
  if (grant->recorded)
    if (const auto missing = notRecorded(message, *grant->recorded); !missing.empty())
      return Hold{"basis_missing", "A06",
                  "What it may go by is not on record as a whole: " + join(missing, ", ") + " is missing."};
  return std::nullopt;
}

// Without these nobody can handle a message: they travel whatever the grant says, and a marking never falls on the way.
void carryEnvelope(const canonical::CanonicalMessage& from, canonical::CanonicalMessage& to) {
  if (from.has_type()) to.set_type(from.type());
  if (from.has_test()) to.set_test(from.test());
  if (from.has_marking()) to.set_marking(from.marking());
}

}  // namespace

struct Policy::Impl {
  std::vector<Grant> grants;
  std::map<Key, size_t> by_key;
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
    const auto found = by_key.find({std::string(recipient), std::string(type), std::string(purpose)});
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
    reader.finish();
  }
  for (const Node* list : lists)
    for (const auto& node : list->items) out.impl_->add(loadGrant(node, sets, problems), problems);
  for (const Node* rules : free_text) out.impl_->addFreeText(*rules, problems);
  out.impl_->version = contentId(files);
  return out;
}

Decision Policy::decide(const canonical::CanonicalMessage& message, const Recipient& recipient,
                        std::string_view purpose, Instant now) const {
  const Grant* grant = impl_->find(recipient.id, message.type(), purpose);
  if (auto hold = holdBefore(message, recipient, grant, now)) {
    Decision out;
    out.hold = std::move(hold);
    if (grant) out.policy = grant->policy;
    return out;
  }
  canonical::CanonicalMessage projection;
  Projector projector(*grant, recipient, now);
  projector.copy(message, projection);
  const bool may_carry_p = grant->undetermined_bail && recipient.audience == "police";
  Decision out;
  if (projector.undeterminedBail() && !may_carry_p)
    out = held("bail_p", "BAIL-P", "The court's bail status has two opposite meanings; a person must find out which.");
  else if (!projection.has_case_())
    out = held("nothing_left", "A03", "Nothing of the case may go to this recipient for this purpose.");
  else {
    carryEnvelope(message, projection);
    out.projection = std::move(projection);
  }
  out.withheld = projector.withheld();
  out.granted = projector.granted();
  out.policy = grant->policy;
  out.basis = grant->source;
  if (grant->consent) out.consents = consentsUsed(message, *grant->consent, now);
  out.elements = projector.takeElements();
  return out;
}

void Policy::screen(Decision& decision, const canonical::Case& whole, const Recipient& recipient,
                    std::string_view purpose) const {
  if (!decision.projection) return;
  const auto use = impl_->freeTextFor(impl_->find(recipient.id, decision.projection->type(), purpose), recipient.id);
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

std::vector<Policy::Granted> Policy::grants() const {
  std::vector<Granted> out;
  for (const auto& grant : impl_->grants)
    for (const auto& type : grant.types) out.push_back({grant.recipient, type, grant.purpose, grant.at});
  return out;
}

const std::string& Policy::version() const { return impl_->version; }

}  // namespace causeway::protection
