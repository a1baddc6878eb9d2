#include "host/care/fixtures.hpp"

#include "host/care/element_ids.hpp"
#include "host/care/field_kinds.hpp"
#include "host/care/hearing_states.hpp"
#include "host/care/merger.hpp"
#include "host/care/placing.hpp"
#include "host/care/references.hpp"

#include <algorithm>
#include <tuple>

namespace causeway::care {
namespace {

using FixtureList = google::protobuf::RepeatedPtrField<canonical::Hearing>;
using Group = std::vector<const canonical::Hearing*>;

std::string placeOfFixture(const canonical::Hearing& one) {
  return houseOf(one) + "|" + one.starts_at().date() + "|" + one.starts_at().time() + "|" +
         (isCalledOff(one) ? "off" : "") + "|";
}

/// What must be equal for two fixtures to be one hearing. The story so far is part of it: to say of a defendant's hearing that
/// it moved, because another's did, would be untrue.
std::string keyOfFixture(const canonical::Hearing& one) {
  const auto& was = one.previous_starts_at();
  return placeOfFixture(one) + was.date() + "|" + was.time();
}

/// Said of no defendant, it is one with whatever is there, however that came to be.
bool isNobodys(const canonical::Hearing& one) { return one.defendant_ids().empty() && hearingNumber(one).empty(); }

bool shareDefendant(const canonical::Hearing& a, const canonical::Hearing& b) {
  return std::ranges::any_of(a.defendant_ids(), [&](const auto& id) {
    return std::ranges::find(b.defendant_ids(), id) != b.defendant_ids().end();
  });
}

bool fits(const Group& group, const canonical::Hearing& one) {
  return std::ranges::all_of(group, [&](const auto* other) {
    const auto number = hearingNumber(one), other_number = hearingNumber(*other);
    return !shareDefendant(*other, one) && (number.empty() || other_number.empty() || number == other_number);
  });
}

/// Those of known purpose first, so that one of unknown purpose joins them only when there is no choice; then by number.
std::vector<const canonical::Hearing*> inOrder(const FixtureList& fixtures) {
  std::vector<const canonical::Hearing*> out(fixtures.pointer_begin(), fixtures.pointer_end());
  std::ranges::stable_sort(out, {}, [](const auto* one) {
    const auto number = hearingNumber(*one);
    return std::tuple(one->purpose().code().empty(), isNobodys(*one), number.empty(), number);
  });
  return out;
}

std::vector<Group> groupsOf(const FixtureList& fixtures) {
  std::map<std::string, std::map<std::string, std::vector<Group>>> by_key;
  const auto put = [](std::vector<Group>& groups, const canonical::Hearing& one) {
    const auto found = std::ranges::find_if(groups, [&](const Group& group) { return fits(group, one); });
    if (found != groups.end()) found->push_back(&one);
    else groups.push_back({&one});
  };
  for (const auto* one : inOrder(fixtures)) {
    const auto& purpose = one->purpose().code();
    auto key = keyOfFixture(*one);
    if (const auto there = by_key.lower_bound(placeOfFixture(*one));
        isNobodys(*one) && there != by_key.end() && there->first.starts_with(placeOfFixture(*one)))
      key = there->first;
    auto& purposes = by_key[key];
    if (purpose.empty() && purposes.size() == 1) put(purposes.begin()->second, *one);
    else put(purposes[purpose], *one);
  }
  std::vector<Group> out;
  for (auto& [key, purposes] : by_key)
    for (auto& [purpose, groups] : purposes)
      for (auto& group : groups) out.push_back(std::move(group));
  return out;
}

std::string idOf(const Group& group) {
  return (*std::ranges::min_element(group, {}, [](const auto* one) { return numberOf(one->id()); }))->id();
}

/// Field by field the strongest claim of any fixture; lists hold what each of them holds.
canonical::Hearing shownOf(const Group& group, const Ledger& ledger) {
  canonical::Hearing out = *group.front();
  const auto& type = *canonical::Hearing::descriptor();
  for (int i = 0; i < type.field_count() && group.size() > 1; ++i) {
    const auto& field = *type.field(i);
    if (kindOf(field) != FieldKind::Whole) continue;
    std::optional<Claim> best;
    for (const auto* one : group) {
      const auto claim = ledger.shown(one->id(), field.name());
      if (!claim || (best && !outranks(*claim, *best, choiceFor(one->id(), field.name())))) continue;
      best = claim;
      copyField(out, *one, field);
    }
  }
  std::set<std::string> whose;
  std::map<std::string, canonical::Identifier> numbers;
  for (const auto* one : group) {
    whose.insert(one->defendant_ids().begin(), one->defendant_ids().end());
    for (const auto& number : one->identifiers()) numbers.emplace(keyOf(number), number);
  }
  for (const auto* one : group)
    if (one->fixture_no() > out.fixture_no()) out.set_fixture_no(one->fixture_no());
  out.clear_defendant_ids();
  out.clear_identifiers();
  for (const auto& id : whose) out.add_defendant_ids(id);
  for (const auto& [key, number] : numbers) *out.add_identifiers() = number;
  out.set_id(idOf(group));
  return out;
}

/// Changes what the results and attendances of each defendant say of where they were. `next(defendant, id)` is the new id.
void referTo(canonical::Case& whole, const auto& next) {
  for (auto& defendant : *whole.mutable_defendants()) {
    const auto change = [&](auto& list) {
      for (auto& one : list)
        if (one.has_hearing_id()) one.set_hearing_id(next(defendant.id(), one.hearing_id()));
    };
    change(*defendant.mutable_attendances());
    change(*defendant.mutable_results());
    for (auto& offence : *defendant.mutable_offences()) change(*offence.mutable_results());
  }
}

}  // namespace

const FixtureList& fixturesOf(const canonical::CaseRecord& record) {
  return record.fixtures().empty() ? record.case_().hearings() : record.fixtures();
}

std::map<std::string, std::set<std::string>> fixturesByHearing(const canonical::CaseRecord& record) {
  std::map<std::string, std::set<std::string>> out;
  if (record.fixtures().empty()) {
    for (const auto& one : record.case_().hearings()) out[one.id()] = {one.id()};
    return out;
  }
  for (const auto& group : groupsOf(record.fixtures())) {
    auto& ids = out[idOf(group)];
    for (const auto* one : group) ids.insert(one->id());
  }
  return out;
}

void openFixtures(canonical::CaseRecord& record) {
  if (record.fixtures().empty()) return;  // none yet, or a record of an older version, whose hearings are its fixtures
  std::map<std::pair<std::string, std::string>, std::string> own;  // of a defendant, in a hearing
  for (const auto& group : groupsOf(record.fixtures()))
    for (const auto* one : group)
      for (const auto& defendant : one->defendant_ids()) own[{defendant, idOf(group)}] = one->id();
  auto& whole = *record.mutable_case_();
  referTo(whole, [&](const std::string& defendant, const std::string& id) {
    const auto found = own.find({defendant, id});
    return found == own.end() ? id : found->second;
  });
  whole.mutable_hearings()->Swap(record.mutable_fixtures());
  record.clear_fixtures();
}

std::map<std::string, std::string> hearingsOfFixtures(const FixtureList& fixtures) {
  std::map<std::string, std::string> out;
  for (const auto& group : groupsOf(fixtures))
    for (const auto* one : group) out[one->id()] = idOf(group);
  return out;
}

std::map<std::string, std::string> closeFixtures(canonical::CaseRecord& record, Ledger& ledger) {
  auto& whole = *record.mutable_case_();
  record.mutable_fixtures()->Swap(whole.mutable_hearings());
  whole.clear_hearings();
  std::map<std::string, std::string> out;
  std::map<int, canonical::Hearing> shown;
  for (const auto& group : groupsOf(record.fixtures())) {
    auto hearing = shownOf(group, ledger);
    for (const auto* one : group) out[one->id()] = hearing.id();
    shown.emplace(numberOf(hearing.id()), std::move(hearing));
  }
  for (auto& [number, hearing] : shown) *whole.add_hearings() = std::move(hearing);
  bool any = false;
  for (const auto& [fixture, hearing] : out) {
    if (fixture == hearing) continue;
    renameReferences(whole, fixture, hearing);
    any |= ledger.referTo(fixture, hearing);
  }
  if (any) Merger(ledger).joinItemsOf(whole);
  return out;
}

}  // namespace causeway::care
