#include "host/care/pruner.hpp"

#include "host/base/text.hpp"
#include "host/care/element_ids.hpp"
#include "host/care/field_kinds.hpp"
#include "host/care/merger.hpp"

#include <algorithm>
#include <memory>

namespace causeway::care {

using model::ProtoField;
using model::ProtoMessage;

namespace {

bool isItemOf(const ProtoMessage& item, const std::string& hearing) {
  if (hearing.empty()) return true;
  const auto* field = item.GetDescriptor()->FindFieldByName("hearing_id");
  return field != nullptr && model::textOf(item, *field) == hearing;
}

template <class List>
auto& getOrAdd(List& list, const std::string& id) {
  for (auto& one : list)
    if (one.id() == id) return one;
  auto& out = *list.Add();
  out.set_id(id);
  return out;
}

/// Where the items of an element are kept aside.
ProtoMessage& asideOf(canonical::CaseRecord& record, const std::string& element) {
  auto& aside = *record.mutable_withdrawn();
  if (element.empty()) return aside;
  if (element.starts_with("p-")) return getOrAdd(*aside.mutable_parties(), element);
  if (element.starts_with("h-")) return getOrAdd(*aside.mutable_hearings(), element);
  if (element.starts_with("d-")) return getOrAdd(*aside.mutable_defendants(), element);
  for (const auto& defendant : record.case_().defendants())
    for (const auto& offence : defendant.offences())
      if (offence.id() == element)
        return getOrAdd(*getOrAdd(*aside.mutable_defendants(), defendant.id()).mutable_offences(), element);
  return aside;
}

}  // namespace

void removeAt(ProtoMessage& holder, const ProtoField& list, int at) {
  const auto& reflection = *holder.GetReflection();
  for (; at + 1 < reflection.FieldSize(holder, &list); ++at) reflection.SwapElements(&holder, &list, at, at + 1);
  reflection.RemoveLast(&holder, &list);
}

std::string keyAt(const ProtoMessage& holder, const ProtoField& list, int at) {
  const auto& reflection = *holder.GetReflection();
  return list.cpp_type() == ProtoField::CPPTYPE_MESSAGE ? keyOf(reflection.GetRepeatedMessage(holder, &list, at))
                                                        : reflection.GetRepeatedString(holder, &list, at);
}

void copyItem(ProtoMessage& to, const ProtoMessage& from, const ProtoField& list, int at) {
  if (list.cpp_type() == ProtoField::CPPTYPE_MESSAGE)
    to.GetReflection()->AddMessage(&to, &list)->CopyFrom(from.GetReflection()->GetRepeatedMessage(from, &list, at));
  else to.GetReflection()->AddString(&to, &list, from.GetReflection()->GetRepeatedString(from, &list, at));
}

void Pruner::prune(const std::string& list) {
  ProtoMessage* holder = elementById(*record_.mutable_case_(), element_);
  const ProtoField* field = nullptr;
  std::vector<const ProtoField*> way;
  for (const auto name : split(list, '.')) {
    if (field != nullptr) way.push_back(field);
    const auto* type =
        field == nullptr ? (holder == nullptr ? nullptr : holder->GetDescriptor()) : field->message_type();
    field = type == nullptr ? nullptr : type->FindFieldByName(std::string(name));
    if (field == nullptr) return;
  }
  for (const auto* group : way) {
    if (!holder->GetReflection()->HasField(*holder, group)) return;
    holder = holder->GetReflection()->MutableMessage(holder, group);
  }
  if (kindOf(*field) != FieldKind::Union) return;
  pruneItems(*holder, *field, list, way);
}

void Pruner::pruneItems(ProtoMessage& holder, const ProtoField& field, const std::string& list, const Way& way) {
  const auto& reflection = *holder.GetReflection();
  for (int i = reflection.FieldSize(holder, &field) - 1; i >= 0; --i) {
    choose(holder, field, i, list);
    if (now_.empty()) continue;
    const std::string path = itemPath(list, keyAt(holder, field, i));
    const auto standing = takenBack(path);
    const bool gone = standing.any_withdrawn && !standing.shown;
    if (field.cpp_type() == ProtoField::CPPTYPE_MESSAGE && model::shapeOf(field) == model::Shape::Group) {
      auto& item = *reflection.MutableRepeatedMessage(&holder, &field, i);
      const std::unique_ptr<ProtoMessage> other(item.New());
      other->CopyFrom(item);
      if (lessen(*other, path) || gone) keepAside(holder, field, i, way);
      item.GetReflection()->Swap(&item, other.get());
    } else if (gone) {
      keepAside(holder, field, i, way);
    }
    if (gone) removeAt(holder, field, i);
  }
}

void Pruner::keepAside(const ProtoMessage& holder, const ProtoField& field, int at, const Way& way) {
  ProtoMessage* to = &asideOf(record_, element_);
  for (const auto* group : way) to = to->GetReflection()->MutableMessage(to, group);
  copyItem(*to, holder, field, at);
}

void Pruner::choose(const ProtoMessage& holder, const ProtoField& field, int at, const std::string& list) {
  const bool message = field.cpp_type() == ProtoField::CPPTYPE_MESSAGE;
  now_.clear();
  for (const auto& mark : marks_)
    if (mark.list == list &&
        (!message || isItemOf(holder.GetReflection()->GetRepeatedMessage(holder, &field, at), mark.hearing)))
      now_.push_back(&mark);
}

Ledger::Standing Pruner::takenBack(const std::string& path) {
  // What nobody claims, no mark can take: it stands.
  return ledger_.withdraw(element_, path, [&](const Claim& claim) {
    return std::ranges::any_of(now_, [&](const ListMark* mark) {
      return mark->claim.source == claim.source && mark->claim.message_id != claim.message_id &&
             outranks(mark->claim, claim, Choice::Latest);
    });
  });
}

/// Takes out of an item what its sources no longer say of it. That it is unsafe stays: leaving out is not saying that it is safe.
bool Pruner::lessen(ProtoMessage& item, const std::string& path) {
  std::vector<const ProtoField*> fields;
  item.GetReflection()->ListFields(item, &fields);
  bool out = false;
  for (const auto* field : fields) {
    const std::string below = path + "." + field->name();
    const auto choice = choiceFor(element_, below);
    switch (kindOf(*field)) {
      case FieldKind::Apart: break;
      case FieldKind::Group: out |= lessen(*item.GetReflection()->MutableMessage(&item, field), below); break;
      case FieldKind::Union: out |= lessenList(item, *field, below); break;
      case FieldKind::Whole:
        if (choice == Choice::Raised || choice == Choice::Unsafe) break;
        out |= lessenField(item, *field, below);
    }
  }
  return out;
}

bool Pruner::lessenList(ProtoMessage& item, const ProtoField& field, const std::string& path) {
  bool out = false;
  for (int i = item.GetReflection()->FieldSize(item, &field) - 1; i >= 0; --i) {
    const auto standing = takenBack(itemPath(path, keyAt(item, field, i)));
    if (!standing.any_withdrawn || standing.shown) continue;
    removeAt(item, field, i);
    out = true;
  }
  return out;
}

bool Pruner::lessenField(ProtoMessage& item, const ProtoField& field, const std::string& path) {
  const auto standing = takenBack(path);
  if (!standing.any_withdrawn || (standing.shown && standing.shown->value == claimText(item, field))) return false;
  item.GetReflection()->ClearField(&item, &field);
  // Another source's word takes its place where the ledger holds all of it; of a code or a time it holds only the gist.
  const auto shape = model::shapeOf(field);
  const bool all = shape == model::Shape::String || shape == model::Shape::Bool || shape == model::Shape::Integer;
  if (standing.shown && all && !field.is_repeated())
    (void)model::setText(item, field, standing.shown->value);  // a value of the ledger was written in this form
  return true;
}

}  // namespace causeway::care
