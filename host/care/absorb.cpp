#include "host/care/field_kinds.hpp"
#include "host/care/merger.hpp"
#include "host/care/sources.hpp"

namespace causeway::care {

using model::ProtoField;
using model::ProtoMessage;

void Merger::absorb(ProtoMessage& kept, const ProtoMessage& other, std::string_view kept_id,
                    std::string_view other_id) {
  element_ = kept_id;
  other_ = other_id;
  absorbGroup(kept, other, {});
}

void Merger::absorbGroup(ProtoMessage& kept, const ProtoMessage& other, const std::string& prefix) {
  std::vector<const ProtoField*> fields;
  other.GetReflection()->ListFields(other, &fields);
  for (const auto* field : fields) {
    const std::string path = prefix.empty() ? field->name() : prefix + "." + field->name();
    switch (kindOf(*field)) {
      case FieldKind::Apart: break;
      case FieldKind::Union: absorbUnion(kept, other, *field, path); break;
      case FieldKind::Group:
        absorbGroup(*kept.GetReflection()->MutableMessage(&kept, field),
                    other.GetReflection()->GetMessage(other, field), path);
        break;
      case FieldKind::Whole: {
        const auto ours = ledger_.shown(element_, path), theirs = ledger_.shown(other_, path);
        if (theirs && (!ours || outranks(*theirs, *ours, choiceFor(element_, path)))) copyField(kept, other, *field);
      }
    }
  }
}

void Merger::absorbUnion(ProtoMessage& kept, const ProtoMessage& other, const ProtoField& field,
                         const std::string& path) {
  const auto& ours = *kept.GetReflection();
  const auto& theirs = *other.GetReflection();
  for (int i = 0; i < theirs.FieldSize(other, &field); ++i) {
    bool known = false;
    if (field.cpp_type() != ProtoField::CPPTYPE_MESSAGE) {
      const std::string value = theirs.GetRepeatedString(other, &field, i);
      for (int k = 0; !known && k < ours.FieldSize(kept, &field); ++k)
        known = ours.GetRepeatedString(kept, &field, k) == value;
      if (!known) ours.AddString(&kept, &field, value);
      continue;
    }
    const auto& item = theirs.GetRepeatedMessage(other, &field, i);
    const std::string key = keyOf(item);
    for (int k = 0; !known && k < ours.FieldSize(kept, &field); ++k) {
      auto& one = *ours.MutableRepeatedMessage(&kept, &field, k);
      known = keyOf(one) == key;
      if (known && model::shapeOf(field) == model::Shape::Group) absorbGroup(one, item, itemPath(path, key));
    }
    if (!known) ours.AddMessage(&kept, &field)->CopyFrom(item);
  }
}

void Merger::joinItemsOf(canonical::Case& whole) {
  joinItems(whole, {});
  for (auto& one : *whole.mutable_defendants()) joinItems(one, one.id());
  for (auto& one : *whole.mutable_hearings()) joinItems(one, one.id());
  for (auto& one : *whole.mutable_parties()) joinItems(one, one.id());
}

void Merger::joinItems(ProtoMessage& shown, std::string_view element) {
  element_ = element;
  std::vector<const ProtoField*> fields;
  const auto& reflection = *shown.GetReflection();
  reflection.ListFields(shown, &fields);
  for (const auto* field : fields) {
    if (kindOf(*field) != FieldKind::Union || model::shapeOf(*field) != model::Shape::Group) continue;
    for (int i = 0; i < reflection.FieldSize(shown, field); ++i)
      for (int k = reflection.FieldSize(shown, field) - 1; k > i; --k) {
        auto& kept = *reflection.MutableRepeatedMessage(&shown, field, i);
        const auto& other = reflection.GetRepeatedMessage(shown, field, k);
        const std::string key = keyOf(kept);
        if (keyOf(other) != key) continue;
        joinItem(kept, other, itemPath(field->name(), key));
        for (int at = k; at + 1 < reflection.FieldSize(shown, field); ++at)
          reflection.SwapElements(&shown, field, at, at + 1);
        reflection.RemoveLast(&shown, field);
      }
  }
}

void Merger::joinItem(ProtoMessage& kept, const ProtoMessage& other, const std::string& path) {
  std::vector<const ProtoField*> fields;
  other.GetReflection()->ListFields(other, &fields);
  for (const auto* field : fields) {
    const std::string below = path + "." + field->name();
    const auto kind = kindOf(*field);
    if (kind == FieldKind::Union) absorbUnion(kept, other, *field, below);
    else if (kind == FieldKind::Group)
      joinItem(*kept.GetReflection()->MutableMessage(&kept, field), other.GetReflection()->GetMessage(other, field),
               below);
    else if (kind == FieldKind::Whole) {
      const auto shown = ledger_.shown(element_, below);
      if (!model::isPresent(kept, *field) || (shown && shown->value == claimText(other, *field)))
        copyField(kept, other, *field);
    }
  }
}

void Merger::sortLists(ProtoMessage& shown, std::string_view element) {
  element_ = element;
  sortGroup(shown, {});
}

void Merger::sortGroup(ProtoMessage& shown, const std::string& prefix) {
  std::vector<const ProtoField*> fields;
  shown.GetReflection()->ListFields(shown, &fields);
  for (const auto* field : fields) {
    const std::string path = prefix.empty() ? field->name() : prefix + "." + field->name();
    if (kindOf(*field) == FieldKind::Union) sortUnion(shown, *field, path);
    else if (kindOf(*field) == FieldKind::Group) sortGroup(*shown.GetReflection()->MutableMessage(&shown, field), path);
  }
}

}  // namespace causeway::care
