#include "host/care/case_split.hpp"

#include "host/care/element_ids.hpp"
#include "host/care/merger.hpp"
#include "host/care/references.hpp"
#include "host/model/identifiers.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <vector>

namespace causeway::care {
namespace {

/// People who act for an office: they are of both sides.
constexpr std::array<std::string_view, 5> kOffices = {"officer_in_case", "officer", "liaison_officer", "expert",
                                                      "interpreter"};
constexpr int kGoes = 1, kStays = 2;

bool isSplit(const canonical::RelatedCase& one) {
  return !one.relation().unmapped() && one.relation().code() == "split";
}

bool certain(const canonical::Identifier& number) {
  return !number.value().empty() && number.grade() != "unusable" && number.grade() != "warn";
}

bool everSaid(const canonical::CaseRecord& record, std::string_view element, std::string_view field,
              std::string_view value) {
  return std::ranges::any_of(record.facts(), [&](const auto& fact) {
    return fact.element() == element && fact.field() == field && fact.value() == value;
  });
}

/// Ids of all defendants whom one of the numbers means.
std::set<std::string> byNumber(const canonical::CaseRecord& record, const canonical::Defendant& said) {
  std::set<std::string> out;
  for (const auto& one : record.case_().defendants()) {
    const auto has = [&](const canonical::Identifier& own, const canonical::Identifier& named, std::string_view field) {
      return certain(named) && (own.value() == named.value() || everSaid(record, one.id(), field, named.value()));
    };
    const auto& cp = said.cp_defendant_id();
    const bool same_cp =
        !cp.empty() && (one.cp_defendant_id() == cp || everSaid(record, one.id(), "cp_defendant_id", cp));
    if (same_cp || has(one.asn(), said.asn(), "asn") || has(one.pnc_id(), said.pnc_id(), "pnc_id"))
      out.insert(one.id());
  }
  return out;
}

std::set<std::string> familyNames(const canonical::Person& person) {
  std::set<std::string> out;
  for (const auto& name : person.names())
    if (!name.family().empty()) out.insert(comparable(name.family()));
  return out;
}

/// A number that is right for one and a name that is another's: one of the two is wrong.
bool isSomebodyElse(const canonical::Defendant& known, const canonical::Defendant& said) {
  const auto& a = known.person();
  const auto& b = said.person();
  if (!a.born_on().empty() && !b.born_on().empty() && a.born_on() != b.born_on()) return true;
  const auto own = familyNames(a), named = familyNames(b);
  return !own.empty() && !named.empty() &&
         std::ranges::none_of(named, [&](const auto& name) { return own.contains(name); });
}

bool isOver(const canonical::Offence& one) { return one.discontinued() || one.final(); }

/// Every offence that is named is one of the defendant's, and all that go on are named; or none is named, and all go.
bool allOffencesGo(const canonical::Defendant& known, const canonical::Defendant& said) {
  if (said.offences().empty()) return !known.offences().empty();
  std::set<std::string> going;
  for (const auto& named : said.offences()) {
    std::vector<const canonical::Offence*> fit;
    for (const auto& one : known.offences())
      if (!going.contains(one.id()) && !named.code().code().empty() && one.code().code() == named.code().code() &&
          (named.starts_on().empty() || one.starts_on() == named.starts_on()))
        fit.push_back(&one);
    if (fit.empty()) return false;
    // Equal charges are told apart by their place; where both sides number otherwise, any of them is as good: all must go.
    const auto same = std::ranges::find(fit, named.sequence(), [](const auto* one) { return one->sequence(); });
    going.insert((same == fit.end() ? fit.front() : *same)->id());
  }
  return std::ranges::all_of(known.offences(),
                             [&](const auto& one) { return isOver(one) || going.contains(one.id()); });
}

Finding unclear(std::string code, std::string element, std::string text) {
  return {std::move(code), std::move(element), std::move(text)};
}

std::optional<Finding> divideDefendants(const canonical::CaseRecord& record, const canonical::CanonicalMessage& message,
                                        Division& out) {
  for (const auto& said : message.case_().defendants()) {
    const auto found = byNumber(record, said);
    if (found.size() != 1)
      return unclear("split_unclear", {},
                     found.empty() ? "A defendant who is to go has no number by which one of the case is known."
                                   : "The numbers of a defendant who is to go mean more than one of the case.");
    const auto& known = *byId(record.case_().defendants(), *found.begin());
    if (isSomebodyElse(known, said))
      return unclear("split_unclear", known.id(), "A defendant who is to go has the number of another person.");
    if (!allOffencesGo(known, said))
      return unclear("split_offences", known.id(),
                     "Not all offences of a defendant who is to go are named, or one is not known in the case.");
    out.going.insert(known.id());
  }
  for (const auto& one : record.case_().defendants())
    if (!out.going.contains(one.id())) out.staying.insert(one.id());
  if (out.staying.empty())
    return unclear("split_everybody", {}, "Every defendant of the case would go, and nobody would stay.");
  return std::nullopt;
}

std::set<std::string> referencesOf(const model::ProtoMessage& element) {
  std::set<std::string> out;
  const std::unique_ptr<model::ProtoMessage> copy(element.New());
  copy->CopyFrom(element);
  changeReferences(
      *copy,
      [&](const std::string& id) {
        out.insert(id);
        return id;
      },
      true);
  return out;
}

/// To which sides each person belongs: 0 as long as nothing says it.
std::map<std::string, int> sidesOf(const canonical::Case& whole, const Division& division) {
  std::map<std::string, int> of;  // defendants, their offences, hearings of one side, people
  for (const auto& defendant : whole.defendants()) {
    const int side = division.going.contains(defendant.id()) ? kGoes : kStays;
    of[defendant.id()] = side;
    for (const auto& offence : defendant.offences()) of[offence.id()] = side;
    for (const auto& id : referencesOf(defendant))
      if (id.starts_with("p-")) of[id] |= side;
  }
  for (const auto& hearing : whole.hearings()) {
    int side = 0;
    for (const auto& id : hearing.defendant_ids()) side |= of[id];
    // Whoever is wanted where both stand may be wanted for either.
    if (side != (kGoes | kStays)) of[hearing.id()] = side;
  }
  for (const auto& party : whole.parties()) {
    if (isOffice(party)) of[party.id()] = kGoes | kStays;
    for (const auto& id : referencesOf(party))
      if (id.starts_with("o-") || id.starts_with("h-")) of[party.id()] |= of[id];
  }
  return of;
}

/// Whoever belongs to nothing by themselves goes where those go whom they support, live with or speak for.
void followOthers(const canonical::Case& whole, std::map<std::string, int>& of) {
  std::map<std::string, std::set<std::string>> linked;
  for (const auto& party : whole.parties())
    for (const auto& id : referencesOf(party)) {
      const auto* other = byId(whole.parties(), id);
      if (!other || isOffice(party) || isOffice(*other)) continue;
      linked[party.id()].insert(id);
      linked[id].insert(party.id());
    }
  for (bool any = true; any;) {
    any = false;
    std::map<std::string, int> found;
    for (const auto& party : whole.parties()) {
      if (of[party.id()] != 0) continue;
      for (const auto& other : linked[party.id()]) found[party.id()] |= of[other];
    }
    for (const auto& [id, side] : found) {
      of[id] = side;
      any |= side != 0;
    }
  }
}

}  // namespace

bool isOffice(const canonical::Party& party) {
  const auto office = [](const auto& one) {
    return std::ranges::find(kOffices, one.role().code()) != kOffices.end() && !one.role().unmapped();
  };
  return party.has_officer() || (!party.roles().empty() && std::ranges::all_of(party.roles(), office));
}

std::vector<std::set<size_t>> tiesIn(const canonical::CanonicalMessage& message) {
  const auto& said = message.case_();
  std::vector<std::set<size_t>> out(static_cast<size_t>(said.parties_size()));
  for (int of = 0; of < said.defendants_size(); ++of) {
    const auto& defendant = said.defendants(of);
    const auto named = referencesOf(defendant);
    for (int i = 0; i < said.parties_size(); ++i) {
      const auto& party = said.parties(i);
      const bool own = std::ranges::any_of(party.offence_ids(),
                                           [&](const auto& id) { return byId(defendant.offences(), id) != nullptr; });
      if (own || (!party.id().empty() && named.contains(party.id())))
        out[static_cast<size_t>(i)].insert(static_cast<size_t>(of));
    }
  }
  return out;
}

std::string givenId(const canonical::CanonicalMessage& message, size_t place) {
  const auto& said = message.case_();
  const auto defendants = static_cast<size_t>(said.defendants_size());
  return place < defendants ? said.defendants(static_cast<int>(place)).id()
                            : said.parties(static_cast<int>(place - defendants)).id();
}

std::string partedUrn(const canonical::CanonicalMessage& message) {
  if (message.type() != "case.identifiers_changed" || message.case_().defendants().empty()) return {};
  const auto own = model::normaliseUrn(message.case_().urn());
  std::string out;
  for (const auto& one : message.case_().related()) {
    const auto urn = model::normaliseUrn(one.urn());
    if (!isSplit(one) || urn.grade == model::Grade::Unusable || urn.value == own.value) continue;
    // Of two parts nothing says to which the defendants go.
    if (!out.empty() && out != urn.value) return {};
    out = urn.value;
  }
  return out;
}

Divided divide(const canonical::CaseRecord& whole, const canonical::CanonicalMessage& message) {
  Divided out;
  out.unclear = divideDefendants(whole, message, out.division);
  if (out.unclear) return out;
  auto of = sidesOf(whole.case_(), out.division);
  followOthers(whole.case_(), of);
  for (const auto& party : whole.case_().parties()) {
    const int side = of[party.id()];
    if (side == 0) {
      out.unclear = unclear("split_people", party.id(),
                            "Of somebody in the case nothing says to which defendant's offences they belong.");
      return out;
    }
    (side == kGoes ? out.division.going : side == kStays ? out.division.staying : out.division.both).insert(party.id());
  }
  return out;
}

bool isSplitAlready(const canonical::CaseRecord& whole, const canonical::CaseRecord& part,
                    const canonical::CanonicalMessage& message) {
  return std::ranges::all_of(message.case_().defendants(), [&](const auto& said) {
    return byNumber(whole, said).empty() && byNumber(part, said).size() == 1;
  });
}

int offencesIn(const canonical::Case& whole) {
  int out = 0;
  for (const auto& one : whole.defendants()) out += one.offences_size();
  return out;
}

bool hasParts(const canonical::Case& whole) { return std::ranges::any_of(whole.related(), isSplit); }

}  // namespace causeway::care
