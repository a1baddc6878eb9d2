#include "host/care/leaving.hpp"

#include "host/care/field_kinds.hpp"
#include "host/care/references.hpp"
#include "host/care/without_person.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace causeway::care {

using model::ProtoField;
using model::ProtoMessage;

namespace {

bool isPerson(std::string_view id) { return id.starts_with("p-") || id.starts_with("d-"); }

/// Elements with a place of their own, which stay though something that they refer to goes.
bool isApart(const model::ProtoType& type) {
  static const std::array<const model::ProtoType*, 7> kApart = {canonical::Defendant::descriptor(),
                                                                canonical::Offence::descriptor(),
                                                                canonical::Result::descriptor(),
                                                                canonical::Order::descriptor(),
                                                                canonical::Hearing::descriptor(),
                                                                canonical::Party::descriptor(),
                                                                canonical::ReportingRestriction::descriptor()};
  return std::ranges::find(kApart, &type) != kApart.end();
}

}  // namespace

void Sweep::run(ProtoMessage& holder, const std::string& element) {
  std::vector<const ProtoField*> fields;
  const auto& reflection = *holder.GetReflection();
  reflection.ListFields(holder, &fields);
  for (const auto* field : fields) {
    if (speaksOfThem(holder, *field)) {
      reflection.ClearField(&holder, field);
      continue;
    }
    if (field->cpp_type() != ProtoField::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      run(*reflection.MutableMessage(&holder, field), element);
      continue;
    }
    for (int i = reflection.FieldSize(holder, field) - 1; i >= 0; --i) takeItem(holder, *field, i, element);
  }
}

void Sweep::takeItem(ProtoMessage& holder, const ProtoField& list, int i, const std::string& element) {
  const auto& reflection = *holder.GetReflection();
  auto& item = *reflection.MutableRepeatedMessage(&holder, &list, i);
  const bool apart = isApart(*item.GetDescriptor());
  if (!apart && isAboutThemAlone(item)) {
    taken_.emplace_back(element, itemPath(list.name(), keyOf(item)));
    for (int k = i; k + 1 < reflection.FieldSize(holder, &list); ++k) reflection.SwapElements(&holder, &list, k, k + 1);
    reflection.RemoveLast(&holder, &list);
    return;
  }
  const auto* id = apart ? item.GetDescriptor()->FindFieldByName("id") : nullptr;
  run(item, id ? model::textOf(item, *id) : element);
}

bool Sweep::isAboutThemAlone(const ProtoMessage& item) const {
  const std::unique_ptr<ProtoMessage> copy(item.New());
  copy->CopyFrom(item);
  bool stays = false, goes = false, person_stays = false, person_goes = false;
  changeReferences(
      *copy,
      [&](const std::string& id) {
        const auto own = same_(id);
        const bool gone = gone_.contains(own);
        (gone ? goes : stays) = true;
        if (isPerson(own)) (gone ? person_goes : person_stays) = true;
        return id;
      },
      true);
  return person_goes ? !person_stays : goes && !stays;
}

bool Sweep::speaksOfThem(const ProtoMessage& holder, const ProtoField& field) const {
  if (values_.empty() || field.options().GetExtension(canonical::is).category() != canonical::NARRATIVE) return false;
  if (field.cpp_type() == ProtoField::CPPTYPE_STRING && !field.is_repeated())
    return speaksOf(holder.GetReflection()->GetString(holder, &field), values_);
  if (model::shapeOf(field) != model::Shape::Text || field.is_repeated()) return false;
  return speaksOf(model::textOf(holder, field), values_);
}

Ids valuesOfThem(const canonical::Case& whole, const Ids& leaving) {
  Ids stay;
  for (const auto& party : whole.parties())
    if (!leaving.contains(party.id())) stay.insert(party.id());
  auto out = valuesOf(whole, leaving);
  for (const auto& value : valuesOf(whole, stay)) out.erase(value);
  return out;
}

Ids withTheirOwn(const canonical::Case& whole, const Ids& leaving) {
  Ids out = leaving;
  for (const auto& defendant : whole.defendants()) {
    if (!leaving.contains(defendant.id())) continue;
    for (const auto& one : defendant.results()) out.insert(one.id());
    for (const auto& one : defendant.orders()) out.insert(one.id());
    for (const auto& offence : defendant.offences()) {
      out.insert(offence.id());
      for (const auto& one : offence.results()) out.insert(one.id());
    }
  }
  return out;
}

}  // namespace causeway::care
