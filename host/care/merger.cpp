#include "host/care/merger.hpp"

#include "host/base/text.hpp"
#include "host/care/field_kinds.hpp"

namespace causeway::care {
namespace {

using model::ProtoField;
using model::ProtoMessage;
using model::Shape;

bool isGroup(const ProtoField& field) { return model::shapeOf(field) == Shape::Group; }

int sizeOf(const ProtoMessage& parent, const ProtoField& field) {
  return parent.GetReflection()->FieldSize(parent, &field);
}

const ProtoMessage& itemAt(const ProtoMessage& parent, const ProtoField& field, int index) {
  return parent.GetReflection()->GetRepeatedMessage(parent, &field, index);
}

}  // namespace

std::string comparable(std::string_view text) { return upperCase(collapse(text)); }

std::string flatText(const ProtoMessage& parent, const ProtoField& field) {
  if (!field.is_repeated())
    return isGroup(field) ? flatText(parent.GetReflection()->GetMessage(parent, &field)) : model::textOf(parent, field);
  std::string out;
  for (int i = 0; i < sizeOf(parent, field); ++i) {
    if (i > 0) out += "; ";
    out += isGroup(field) ? flatText(itemAt(parent, field, i)) : model::textOf(parent, field, i);
  }
  return out;
}

std::string claimText(const ProtoMessage& parent, const ProtoField& field) {
  std::string out = flatText(parent, field);
  const bool one = !field.is_repeated() && field.cpp_type() == ProtoField::CPPTYPE_MESSAGE;
  return out.empty() && one ? flatText(parent.GetReflection()->GetMessage(parent, &field)) : out;
}

std::string flatText(const ProtoMessage& group) {
  std::vector<const ProtoField*> fields;
  group.GetReflection()->ListFields(group, &fields);
  std::string out;
  for (const auto* field : fields) {
    if (!out.empty()) out += " | ";
    out += field->name() + ": " + flatText(group, *field);
  }
  return out;
}

void copyField(ProtoMessage& to, const ProtoMessage& from, const ProtoField& field) {
  const auto &write = *to.GetReflection(), &read = *from.GetReflection();
  const bool message = field.cpp_type() == ProtoField::CPPTYPE_MESSAGE;
  if (field.is_repeated()) {
    write.ClearField(&to, &field);
    for (int i = 0; i < sizeOf(from, field); ++i) {
      if (message) write.AddMessage(&to, &field)->CopyFrom(itemAt(from, field, i));
      else write.AddString(&to, &field, read.GetRepeatedString(from, &field, i));
    }
    return;
  }
  if (!read.HasField(from, &field)) return write.ClearField(&to, &field);
  switch (field.cpp_type()) {
    case ProtoField::CPPTYPE_MESSAGE: write.MutableMessage(&to, &field)->CopyFrom(read.GetMessage(from, &field)); break;
    case ProtoField::CPPTYPE_BOOL: write.SetBool(&to, &field, read.GetBool(from, &field)); break;
    case ProtoField::CPPTYPE_INT32: write.SetInt32(&to, &field, read.GetInt32(from, &field)); break;
    case ProtoField::CPPTYPE_INT64: write.SetInt64(&to, &field, read.GetInt64(from, &field)); break;
    default: write.SetString(&to, &field, read.GetString(from, &field));
  }
}

bool Merger::merge(ProtoMessage& shown, const ProtoMessage& said, std::string_view element) {
  element_ = element;
  return mergeGroup(shown, said, {});
}

bool Merger::mergeGroup(ProtoMessage& shown, const ProtoMessage& said, const std::string& prefix) {
  std::vector<const ProtoField*> fields;
  said.GetReflection()->ListFields(said, &fields);
  bool changed = false;
  for (const auto* field : fields) {
    const std::string path = prefix.empty() ? field->name() : prefix + "." + field->name();
    switch (kindOf(*field)) {
      case FieldKind::Apart: break;
      case FieldKind::Whole: changed |= mergeWhole(shown, said, *field, path); break;
      case FieldKind::Union: changed |= mergeUnion(shown, said, *field, path); break;
      case FieldKind::Group:
        changed |= mergeGroup(*shown.GetReflection()->MutableMessage(&shown, field),
                              said.GetReflection()->GetMessage(said, field), path);
        break;
    }
  }
  return changed;
}

bool Merger::mergeWhole(ProtoMessage& shown, const ProtoMessage& said, const ProtoField& field,
                        const std::string& path) {
  std::string value = claimText(said, field);
  const bool same = model::isPresent(shown, field) && claimText(shown, field) == value;
  if (!ledger_.say(element_, path, std::move(value))) return false;
  copyField(shown, said, field);
  return !same;
}

bool Merger::mergeUnion(ProtoMessage& shown, const ProtoMessage& said, const ProtoField& field,
                        const std::string& path) {
  const int before = sizeOf(shown, field);
  bool changed = false;
  for (int i = 0; i < sizeOf(said, field); ++i) {
    if (field.cpp_type() == ProtoField::CPPTYPE_MESSAGE) {
      changed |= mergeItem(shown, itemAt(said, field, i), field, path);
      continue;
    }
    std::string value = said.GetReflection()->GetRepeatedString(said, &field, i);
    bool known = false;
    for (int k = 0; !known && k < sizeOf(shown, field); ++k)
      known = shown.GetReflection()->GetRepeatedString(shown, &field, k) == value;
    if (!known) shown.GetReflection()->AddString(&shown, &field, value);
    changed |= !known;
    const auto item = itemPath(path, value);
    ledger_.say(element_, item, std::move(value));
  }
  if (sizeOf(shown, field) > 1 && (changed || sizeOf(shown, field) != before || isOrderedByClaim(field)))
    changed |= sortUnion(shown, field, path);
  return changed;
}

bool Merger::mergeItem(ProtoMessage& shown, const ProtoMessage& item, const ProtoField& field,
                       const std::string& path) {
  const std::string key = keyOf(item);
  const std::string item_path = itemPath(path, key);
  ProtoMessage* known = nullptr;
  for (int k = 0; known == nullptr && k < sizeOf(shown, field); ++k) {
    auto* one = shown.GetReflection()->MutableRepeatedMessage(&shown, &field, k);
    if (keyOf(*one) == key) known = one;
  }
  const bool leads = ledger_.say(element_, item_path, key);
  if (known == nullptr) {
    shown.GetReflection()->AddMessage(&shown, &field)->CopyFrom(item);
    if (!isGroup(field)) return true;
    // Said once more, part by part, so that a later message can change the parts that are not the key.
    known = shown.GetReflection()->MutableRepeatedMessage(&shown, &field, sizeOf(shown, field) - 1);
    mergeGroup(*known, item, item_path);
    return true;
  }
  if (isGroup(field)) return mergeGroup(*known, item, item_path);
  if (leads) known->CopyFrom(item);
  return false;
}

bool Merger::sortUnion(ProtoMessage& shown, const ProtoField& field, const std::string& path) {
  const bool by_claim = isOrderedByClaim(field);
  const auto keyAt = [&](int i) {
    const bool message = field.cpp_type() == ProtoField::CPPTYPE_MESSAGE;
    return message ? keyOf(itemAt(shown, field, i)) : shown.GetReflection()->GetRepeatedString(shown, &field, i);
  };
  const auto before = [&](int a, int b) {
    const std::string key_a = keyAt(a), key_b = keyAt(b);
    if (!by_claim) return key_a < key_b;
    const int first = inUseFirst(itemAt(shown, field, a)) - inUseFirst(itemAt(shown, field, b));
    if (first != 0) return first > 0;
    const int order = ledger_.compare(element_, itemPath(path, key_a), itemPath(path, key_b));
    return order == 0 ? key_a < key_b : order > 0;
  };
  bool moved = false;
  for (int i = 1; i < sizeOf(shown, field); ++i)
    for (int k = i; k > 0 && before(k, k - 1); --k) {
      shown.GetReflection()->SwapElements(&shown, &field, k, k - 1);
      moved = true;
    }
  return moved && by_claim;
}

}  // namespace causeway::care
