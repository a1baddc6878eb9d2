#include "host/care/case_numbers.hpp"
#include "host/care/case_split.hpp"
#include "host/care/element_ids.hpp"
#include "host/care/fixtures.hpp"
#include "host/care/leaving.hpp"
#include "host/care/references.hpp"
#include "host/care/without_person.hpp"

#include <algorithm>
#include <map>
#include <vector>

// What a case is without some of its defendants and people.
namespace causeway::care {
namespace {

template <class List>
void drop(List& list, const Ids& gone) {
  for (int i = list.size() - 1; i >= 0; --i)
    if (gone.contains(list.Get(i).id())) list.DeleteSubrange(i, 1);
}

void dropIds(google::protobuf::RepeatedPtrField<std::string>& list, const Ids& gone) {
  for (int i = list.size() - 1; i >= 0; --i)
    if (gone.contains(list.Get(i))) list.DeleteSubrange(i, 1);
}

/// True when it was a hearing of nobody else.
bool leaveHearing(canonical::Hearing& hearing, const Ids& gone) {
  const bool of_some = !hearing.defendant_ids().empty();
  dropIds(*hearing.mutable_defendant_ids(), gone);
  return of_some && hearing.defendant_ids().empty();
}

/// Fixtures of those who go end; a hearing that stays keeps the id that it is shown by. The answer: old id and new one.
std::vector<std::pair<std::string, std::string>> leaveFixtures(canonical::CaseRecord& record, Ids& gone) {
  const bool old = record.fixtures().empty();
  const auto shown = hearingsOfFixtures(fixturesOf(record));
  auto& fixtures = old ? *record.mutable_case_()->mutable_hearings() : *record.mutable_fixtures();
  Ids left;
  for (auto& one : fixtures)
    if (leaveHearing(one, gone)) left.insert(one.id());
  drop(fixtures, left);
  std::vector<std::pair<std::string, std::string>> renamed;
  std::map<std::string, canonical::Hearing*> first;
  for (auto& one : fixtures) {
    auto& known = first[shown.at(one.id())];
    if (!known || numberOf(one.id()) < numberOf(known->id())) known = &one;
  }
  for (const auto& [hearing, one] : first)
    if (one->id() != hearing) renamed.emplace_back(one->id(), hearing);
  for (const auto& [from, to] : renamed) {
    first.at(to)->set_id(to);
    retire(record, from);
  }
  for (const auto& id : left) {
    gone.insert(id);
    retire(record, id);
  }
  return renamed;
}

bool namesOne(const canonical::Fact& fact, const Ids& gone) {
  if (gone.contains(fact.element()) || gone.contains(fact.value())) return true;
  const auto& field = fact.field();
  const auto end = field.rfind(']');
  const auto start = end == std::string::npos ? end : field.find_last_of("[|", end);
  return start != std::string::npos && gone.contains(field.substr(start + 1, end - start - 1));
}

void takeFacts(canonical::CaseRecord& record, const Ids& gone, const Ids& values,
               const std::vector<std::pair<std::string, std::string>>& taken) {
  google::protobuf::RepeatedPtrField<canonical::Fact> kept;
  for (auto& fact : *record.mutable_facts()) {
    const bool item = std::ranges::any_of(
        taken, [&](const auto& one) { return fact.element() == one.first && fact.field().starts_with(one.second); });
    const bool sentence = fact.value().find(' ') != std::string::npos && speaksOf(fact.value(), values);
    if (!item && !sentence && !namesOne(fact, gone)) kept.Add()->Swap(&fact);
  }
  record.mutable_facts()->Swap(&kept);
}

/// The numbers by which answers find it are those of who is in it.
void countNumbersAnew(canonical::Case& whole) {
  auto& numbers = *whole.mutable_identifiers();
  numbers.erase(
      std::remove_if(numbers.begin(), numbers.end(), [](const auto& one) { return joinsByItself(one.type()); }),
      numbers.end());
  collectNumbers(whole);
}

/// The case is of this URN, whatever was said of it under the other number.
void setUrn(canonical::CaseRecord& record, std::string_view urn) {
  record.mutable_case_()->set_urn(std::string(urn));
  for (auto& fact : *record.mutable_facts())
    if (fact.element().empty() && fact.field() == "urn") fact.set_value(std::string(urn));
}

void collectIds(const model::ProtoMessage& element, Ids& out) {
  std::vector<const model::ProtoField*> fields;
  const auto& reflection = *element.GetReflection();
  reflection.ListFields(element, &fields);
  for (const auto* field : fields) {
    if (field->name() == "id" && !field->is_repeated()) out.insert(model::textOf(element, *field));
    if (field->cpp_type() != model::ProtoField::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) collectIds(reflection.GetMessage(element, field), out);
    else
      for (int i = 0; i < reflection.FieldSize(element, field); ++i)
        collectIds(reflection.GetRepeatedMessage(element, field, i), out);
  }
}

}  // namespace

Ids idsIn(const canonical::Case& whole) {
  Ids out;
  collectIds(whole, out);
  return out;
}

canonical::CaseRecord partOf(const canonical::CaseRecord& whole, const Division& division, const PartOf& of) {
  auto out = withoutThem(whole, division.staying);
  setUrn(out, of.urn);
  *out.mutable_message_ids() = {of.message_ids.begin(), of.message_ids.end()};
  for (auto& said : *out.mutable_said())
    if (const auto named = of.names.find(said.message_id()); named != of.names.end())
      said.set_message_id(named->second);
  auto& related = *out.mutable_case_()->mutable_related();
  related.erase(
      std::remove_if(related.begin(), related.end(), [](const auto& one) { return one.relation().code() == "split"; }),
      related.end());
  auto& from = *related.Add();
  from.set_urn(whole.case_().urn());
  from.mutable_relation()->set_code("split");
  return out;
}

canonical::CaseRecord restOf(const canonical::CaseRecord& whole, const Division& division, const Ids& moved,
                             std::string_view urn) {
  auto out = withoutThem(whole, division.going);
  setUrn(out, urn);
  out.clear_message_ids();
  for (const auto& id : whole.message_ids())
    if (!moved.contains(id)) out.add_message_ids(id);
  return out;
}

canonical::CaseRecord withoutThem(canonical::CaseRecord record, const Ids& leaving) {
  if (leaving.empty()) return record;
  const auto values = valuesOfThem(record.case_(), leaving);
  auto gone = withTheirOwn(record.case_(), leaving);
  for (const auto& id : gone) retire(record, id);
  for (auto* whole : {record.mutable_case_(), record.has_withdrawn() ? record.mutable_withdrawn() : nullptr}) {
    if (!whole) continue;
    drop(*whole->mutable_defendants(), leaving);
    drop(*whole->mutable_parties(), leaving);
  }
  const auto renamed = leaveFixtures(record, gone);
  Ids fixtures_gone = gone;
  for (const auto& [from, to] : renamed) gone.erase(to);
  Sweep sweep(gone, values, [](const std::string& id) { return id; });
  sweep.run(*record.mutable_case_(), {});
  for (auto& fixture : *record.mutable_fixtures()) sweep.run(fixture, fixture.id());
  if (record.has_withdrawn()) sweep.run(*record.mutable_withdrawn(), {});
  // What was said of the fixture whose id another takes was said of those who go.
  takeFacts(record, gone, values, sweep.taken());
  google::protobuf::RepeatedPtrField<canonical::Fact> kept;
  for (auto& fact : *record.mutable_facts())
    if (!fixtures_gone.contains(fact.element())) kept.Add()->Swap(&fact);
  record.mutable_facts()->Swap(&kept);
  changeReferences(
      *record.mutable_case_(), [&](const std::string& id) { return gone.contains(id) ? std::string() : id; }, true);
  countNumbersAnew(*record.mutable_case_());
  const int said = record.said_size();
  Ledger ledger(record, {});
  for (const auto& [from, to] : renamed) ledger.join(from, to);
  openFixtures(record);
  closeFixtures(record, ledger);
  record.mutable_said()->DeleteSubrange(said, record.said_size() - said);
  return record;
}

}  // namespace causeway::care
