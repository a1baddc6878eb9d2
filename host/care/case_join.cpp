#include "host/care/case_join.hpp"

#include "host/base/text.hpp"
#include "host/care/at_odds.hpp"
#include "host/care/fold.hpp"
#include "host/care/placing.hpp"
#include "host/care/told.hpp"
#include "host/care/told_starts.hpp"
#include "host/model/identifiers.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace causeway::care {
namespace {

bool relates(const canonical::RelatedCase& one, std::string_view relation) {
  return !one.relation().unmapped() && one.relation().code() == relation;
}

/// "ADA|MARSH" of the first given and the family name, for each name of a person.
std::set<std::string> namesOf(const canonical::Person& person) {
  std::set<std::string> out;
  for (const auto& name : person.names())
    if (!name.family().empty())
      out.insert(upperCase(name.given().empty() ? "" : name.given(0)) + "|" + upperCase(name.family()));
  return out;
}

bool shareName(const canonical::Person& a, const canonical::Person& b) {
  const auto of_b = namesOf(b);
  return std::ranges::any_of(namesOf(a), [&](const auto& name) { return of_b.contains(name); });
}

bool sameNumber(const canonical::Identifier& a, const canonical::Identifier& b) {
  return !a.value().empty() && a.value() == b.value() && a.grade() != "unusable";
}

bool areOneDefendant(const canonical::Defendant& a, const canonical::Defendant& b) {
  if (sameNumber(a.asn(), b.asn()) || sameNumber(a.pnc_id(), b.pnc_id())) return true;
  if (!a.cp_defendant_id().empty() && a.cp_defendant_id() == b.cp_defendant_id()) return true;
  return shareName(a.person(), b.person()) && !a.person().born_on().empty() &&
         a.person().born_on() == b.person().born_on();
}

bool differInBirth(const canonical::Person& a, const canonical::Person& b) {
  return !a.born_on().empty() && !b.born_on().empty() && a.born_on() != b.born_on();
}

/// The same name, and nothing that says whether they are one person or two.
bool unsure(const canonical::Person& a, const canonical::Person& b) { return shareName(a, b) && !differInBirth(a, b); }

/// One number for people of different names or dates of birth: somebody's number is wrong.
bool contradict(const canonical::Person& a, const canonical::Person& b) {
  return differInBirth(a, b) || (!namesOf(a).empty() && !namesOf(b).empty() && !shareName(a, b));
}

bool anyUnsure(const canonical::Case& lead, const canonical::Case& other) {
  for (const auto& a : lead.parties())
    for (const auto& b : other.parties())
      if (areOne(a, b) ? contradict(a.person(), b.person()) : unsure(a.person(), b.person())) return true;
  for (const auto& a : lead.defendants())
    for (const auto& b : other.defendants())
      if (areOneDefendant(a, b) ? contradict(a.person(), b.person()) : unsure(a.person(), b.person())) return true;
  return false;
}

bool anyOnBothSides(const canonical::Case& one, const canonical::Case& other) {
  return std::ranges::any_of(one.defendants(), [&](const auto& defendant) {
    return std::ranges::any_of(other.parties(),
                               [&](const auto& party) { return unsure(defendant.person(), party.person()); });
  });
}

std::set<std::string> restrictedTo(const canonical::Case& whole) {
  return {whole.restricted_to().begin(), whole.restricted_to().end()};
}

/// A fact, whatever its element is called: who said it, of which kind of element. Not in which message: of two that say alike the later counts.
using Print = std::tuple<std::string, std::string, std::string, std::string>;
Print printOf(const canonical::CaseRecord& record, const canonical::Fact& fact) {
  const auto& element = fact.element();
  return {record.said(fact.said()).source(), element.substr(0, element.find('-')), fact.field(), fact.value()};
}

/// Said by nobody, and it may name people by numbers that mean somebody else in the other case.
bool isTellingOfOurs(const canonical::Fact& fact) {
  return isToldMark(fact) || isToldStart(fact) || isUnwarnedMark(fact);
}

void takeEnhanced(const canonical::Enhanced& from, canonical::Party& to) {
  if (from.entitled()) {
    auto& shown = *to.mutable_enhanced();
    if (!shown.entitled()) {
      *shown.mutable_decided_by() = from.decided_by();
      *shown.mutable_decided_at() = from.decided_at();
    }
    shown.set_entitled(true);
    for (const auto& ground : from.grounds())
      if (std::ranges::none_of(shown.grounds(), [&](const auto& one) { return one.code() == ground.code(); }))
        *shown.add_grounds() = ground;
  }
  for (const auto& reason : from.reasons()) {
    const auto& known = to.enhanced().reasons();
    if (std::ranges::none_of(known, [&](const auto& one) { return one.criterion() == reason.criterion(); }))
      *to.mutable_enhanced()->add_reasons() = reason;
  }
}

void takeEligibilities(const canonical::Party& from, const std::map<std::string, std::string>& elements,
                       canonical::Party& to) {
  for (auto one : from.eligibilities()) {
    const auto defendant = elements.find(one.defendant_id());
    if (defendant == elements.end()) continue;
    one.set_defendant_id(defendant->second);
    const auto same = [&](const auto& known) {
      return known.scheme().code() == one.scheme().code() && known.defendant_id() == one.defendant_id();
    };
    if (std::ranges::none_of(to.eligibilities(), same)) *to.add_eligibilities() = std::move(one);
  }
}

}  // namespace

std::vector<std::string> joinedUrns(const canonical::CanonicalMessage& message) {
  std::vector<std::string> out;
  if (message.type() != "case.identifiers_changed") return out;
  const auto own = model::normaliseUrn(message.case_().urn()).value;
  for (const auto& one : message.case_().related()) {
    const auto urn = model::normaliseUrn(one.urn());
    if (!relates(one, "merge") || urn.grade == model::Grade::Unusable || urn.value == own) continue;
    if (std::ranges::find(out, urn.value) == out.end()) out.push_back(urn.value);
  }
  return out;
}

bool wasSplitOff(const canonical::Case& whole, std::string_view urn) {
  return std::ranges::any_of(whole.related(), [&](const auto& one) {
    return relates(one, "split") && model::normaliseUrn(one.urn()).value == urn;
  });
}

bool hasJoined(const canonical::Case& whole) {
  return std::ranges::any_of(whole.related(), [](const auto& one) { return relates(one, "merge"); });
}

canonical::CanonicalMessage asOfLead(const canonical::Case& lead, canonical::CanonicalMessage message) {
  auto& said = *message.mutable_case_();
  if (said.has_urn() && !lead.urn().empty()) said.set_urn(lead.urn());
  auto& numbers = *said.mutable_identifiers();
  const auto isAnothers = [&](const canonical::Identifier& number) {
    if (number.type() != "occurrence" && number.type() != "crime_number") return false;
    const auto same = [&](const auto& own) { return own.type() == number.type(); };
    return std::ranges::any_of(lead.identifiers(), same) &&
           std::ranges::none_of(lead.identifiers(),
                                [&](const auto& own) { return same(own) && own.value() == number.value(); });
  };
  numbers.erase(std::remove_if(numbers.begin(), numbers.end(), isAnothers), numbers.end());
  return message;
}

std::optional<Finding> refusesJoin(const canonical::Case& lead, const canonical::Case& other) {
  if (restrictedTo(lead) != restrictedTo(other))
    return Finding{"join_restricted",
                   {},
                   "Not the same people may see the two cases, and joined each would be seen "
                   "by those of the other."};
  if (lead.has_finalised_on() || other.has_finalised_on())
    return Finding{"join_finished", {}, "One of the two cases is over."};
  if (anyOnBothSides(lead, other) || anyOnBothSides(other, lead))
    return Finding{"join_both_sides",
                   {},
                   "Somebody who is accused in one of the cases may be a victim or witness in "
                   "the other."};
  if (anyUnsure(lead, other))
    return Finding{"join_identity",
                   {},
                   "The two cases hold people of one name, and nothing says whether they are one "
                   "person."};
  return std::nullopt;
}

Result<canonical::CaseRecord> addSilently(const canonical::CaseRecord& lead,
                                          std::vector<canonical::CanonicalMessage> messages) {
  std::ranges::stable_partition(messages, [](const auto& one) { return isFromRecords(one); });
  auto out = lead;
  for (const auto& message : messages) {
    CW_TRY(auto folded, apply(out, message));
    if (std::ranges::any_of(folded.findings, [](const auto& one) { return one.code == "party_ambiguous"; }))
      return fail(ErrorKind::Invalid, "it is not sure whom a message means, when the two cases are one");
    out = std::move(folded.record);
  }
  return out;
}

std::map<std::string, std::string> sameElements(const canonical::CaseRecord& from, const canonical::CaseRecord& to) {
  std::map<Print, std::set<std::string>> there;
  for (const auto& fact : to.facts())
    if (!isTellingOfOurs(fact)) there[printOf(to, fact)].insert(fact.element());
  std::map<std::string, std::map<std::string, int>> votes;
  for (const auto& fact : from.facts()) {
    if (isTellingOfOurs(fact)) continue;
    const auto found = there.find(printOf(from, fact));
    // What is said of several elements in the same words tells nothing of either.
    if (fact.element().empty() || found == there.end() || found->second.size() != 1) continue;
    ++votes[fact.element()][*found->second.begin()];
  }
  std::map<std::string, std::string> out;
  for (const auto& [element, answers] : votes)
    if (answers.size() == 1) out[element] = answers.begin()->first;
  return out;
}

void takeFindings(const canonical::CaseRecord& from, const std::map<std::string, std::string>& elements,
                  canonical::CaseRecord& to) {
  auto& whole = *to.mutable_case_();
  if (from.case_().evidential_hold()) whole.set_evidential_hold(true);
  for (const auto& party : from.case_().parties()) {
    const auto element = elements.find(party.id());
    if (element == elements.end()) continue;
    for (auto& same : *whole.mutable_parties()) {
      if (same.id() != element->second) continue;
      if (party.has_enhanced()) takeEnhanced(party.enhanced(), same);
      takeEligibilities(party, elements, same);
    }
  }
}

}  // namespace causeway::care
