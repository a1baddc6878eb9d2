#include "host/care/withdrawn.hpp"

#include "host/base/text.hpp"
#include "host/care/element_ids.hpp"
#include "host/care/field_kinds.hpp"
#include "host/care/pruner.hpp"
#include "host/model/field_path.hpp"

#include <algorithm>
#include <map>

namespace causeway::care {
namespace {

using model::ProtoField;
using model::ProtoMessage;

constexpr std::string_view kMarkEnd = "[]";

using MarksByElement = std::map<std::string, std::vector<ListMark>>;

/// Every item that is aside goes back to its list, in the place of what is left of it there.
void putBack(ProtoMessage& shown, const ProtoMessage& aside) {
  std::vector<const ProtoField*> fields;
  aside.GetReflection()->ListFields(aside, &fields);
  const auto& reflection = *shown.GetReflection();
  for (const auto* field : fields) {
    if (kindOf(*field) == FieldKind::Group)
      putBack(*reflection.MutableMessage(&shown, field), aside.GetReflection()->GetMessage(aside, field));
    if (kindOf(*field) != FieldKind::Union) continue;
    for (int i = 0; i < aside.GetReflection()->FieldSize(aside, field); ++i) {
      const std::string key = keyAt(aside, *field, i);
      for (int k = reflection.FieldSize(shown, field) - 1; k >= 0; --k)
        if (keyAt(shown, *field, k) == key) removeAt(shown, *field, k);
      copyItem(shown, aside, *field, i);
    }
  }
}

bool passes(const canonical::Party& party, const std::string& list) {
  const auto path = model::FieldPath::parse(list, *canonical::CanonicalMessage::descriptor());
  if (!path || path->steps().size() < 2) return false;
  const auto& step = path->steps()[1];
  if (step.pick != model::FieldPath::Step::Pick::Where) return true;
  const auto values = step.tested->read(party);
  return std::ranges::find(values, step.equals) != values.end();
}

bool isOf(std::string_view element, Lists which) {
  const bool people = element.empty() || element.starts_with("p-");
  return people == (which == Lists::OfPeople);
}

/// A mark of everybody's list ("attendances[h-1][]" of the case, with the path as its value) is one of each who passes its filter.
MarksByElement marksIn(const canonical::CaseRecord& record, Lists which) {
  MarksByElement out;
  for (const auto& fact : record.facts()) {
    if (!fact.field().ends_with(kMarkEnd) || !isOf(fact.element(), which)) continue;
    ListMark mark{fact.field().substr(0, fact.field().size() - kMarkEnd.size()), {}, claimOf(record, fact)};
    if (const size_t open = mark.list.find('['); open != std::string::npos && mark.list.ends_with(']')) {
      mark.hearing = mark.list.substr(open + 1, mark.list.size() - open - 2);
      mark.list.resize(open);
    }
    if (fact.value().empty()) out[fact.element()].push_back(mark);
    else
      for (const auto& party : record.case_().parties())
        if (passes(party, fact.value())) out[party.id()].push_back(mark);
  }
  return out;
}

bool isUnknownCode(const ProtoMessage& element, const std::string& path) {
  const auto code = model::FieldPath::parse(path + ".unmapped", *element.GetDescriptor());
  return code && code->leadsSomewhere(element);
}

/// Two elements that are one may have held a value and the claim that there is none. A code without a normal form had an empty claim in
/// records of older versions: it stays.
void clearWhatIsNothing(canonical::CaseRecord& record, const Ledger& ledger, Lists which) {
  for (const auto& fact : record.facts()) {
    if (!fact.value().empty() || fact.field().find('[') != std::string::npos || !isOf(fact.element(), which)) continue;
    const auto shown = ledger.shown(fact.element(), fact.field());
    auto* element = elementById(*record.mutable_case_(), fact.element());
    if (shown && shown->value.empty() && element != nullptr && !isUnknownCode(*element, fact.field()))
      clearIn(*element, fact.field());
  }
}

}  // namespace

bool clearIn(ProtoMessage& element, std::string_view path) {
  ProtoMessage* holder = &element;
  const ProtoField* field = nullptr;
  for (const auto name : split(path, '.')) {
    if (field != nullptr) {
      if (field->is_repeated() || !field->message_type() || !model::isPresent(*holder, *field)) return false;
      holder = holder->GetReflection()->MutableMessage(holder, field);
    }
    field = holder->GetDescriptor()->FindFieldByName(std::string(name));
    if (field == nullptr) return false;
  }
  if (kindOf(*field) != FieldKind::Whole || !model::isPresent(*holder, *field)) return false;
  holder->GetReflection()->ClearField(holder, field);
  return true;
}

std::string markOf(const std::string& list, std::string_view hearing) {
  return hearing.empty() ? list + "[]" : list + "[" + std::string(hearing) + "][]";
}

void openWithdrawn(canonical::CaseRecord& record) {
  if (!record.has_withdrawn()) return;
  auto& whole = *record.mutable_case_();
  const auto back = [&](const auto& one) {
    if (auto* element = elementById(whole, one.id()); element != nullptr) putBack(*element, one);
  };
  const canonical::Case aside = std::move(*record.mutable_withdrawn());
  record.clear_withdrawn();
  putBack(whole, aside);
  for (const auto& defendant : aside.defendants()) {
    back(defendant);
    for (const auto& offence : defendant.offences()) back(offence);
  }
  for (const auto& hearing : aside.hearings()) back(hearing);
  for (const auto& party : aside.parties()) back(party);
}

void closeWithdrawn(canonical::CaseRecord& record, Ledger& ledger, Lists which) {
  clearWhatIsNothing(record, ledger, which);
  const auto by_element = marksIn(record, which);
  for (const auto& [element, marks] : by_element) {
    std::vector<std::string> lists;
    for (const auto& mark : marks) lists.push_back(mark.list);
    std::ranges::sort(lists);
    lists.erase(std::unique(lists.begin(), lists.end()), lists.end());
    for (const auto& list : lists) Pruner(record, ledger, element, marks).prune(list);
    if (auto* shown = elementById(*record.mutable_case_(), element)) Merger(ledger).sortLists(*shown, element);
    if (!record.has_withdrawn()) continue;
    if (auto* aside = elementById(*record.mutable_withdrawn(), element)) Merger(ledger).sortLists(*aside, element);
  }
}

std::vector<std::string> elementsWithdrawn(const canonical::CaseRecord& record) {
  std::vector<std::string> out;
  const auto& aside = record.withdrawn();
  for (const auto& defendant : aside.defendants()) {
    out.push_back(defendant.id());
    for (const auto& offence : defendant.offences()) out.push_back(offence.id());
  }
  for (const auto& hearing : aside.hearings()) out.push_back(hearing.id());
  for (const auto& party : aside.parties()) out.push_back(party.id());
  std::vector<const ProtoField*> fields;
  aside.GetReflection()->ListFields(aside, &fields);
  if (std::ranges::any_of(fields, [](const auto* field) { return kindOf(*field) != FieldKind::Apart; }))
    out.emplace_back();
  return out;
}

}  // namespace causeway::care
