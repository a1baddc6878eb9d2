#include "host/care/references.hpp"

#include "host/care/field_kinds.hpp"

#include <algorithm>
#include <unordered_map>

namespace causeway::care {
namespace {

using model::ProtoField;
using model::ProtoMessage;
using model::ProtoType;

/// Where the references of a type are: its own, and the fields that lead to some.
struct Plan {
  std::vector<const ProtoField*> references, ways;
  bool empty() const { return references.empty() && ways.empty(); }
};

class Plans {
 public:
  Plans() { enter(*canonical::Case::descriptor()); }
  const Plan& of(const ProtoType& type) const {
    static const Plan none;
    const auto known = plans_.find(&type);
    return known == plans_.end() ? none : known->second;
  }

 private:
  const Plan& enter(const ProtoType& type) {
    const auto [known, fresh] = plans_.try_emplace(&type);
    if (!fresh) return known->second;
    Plan plan;
    for (int i = 0; i < type.field_count(); ++i) {
      const auto& field = *type.field(i);
      if (field.options().GetExtension(canonical::is).refers()) plan.references.push_back(&field);
      if (field.message_type() && !enter(*field.message_type()).empty()) plan.ways.push_back(&field);
    }
    return plans_[&type] = std::move(plan);
  }

  std::unordered_map<const ProtoType*, Plan> plans_;
};

const Plan& planOf(const ProtoMessage& message) {
  static const Plans plans;
  return plans.of(*message.GetDescriptor());
}

void changeField(ProtoMessage& holder, const ProtoField& field, const ChangeReference& change) {
  const auto& reflection = *holder.GetReflection();
  if (!field.is_repeated()) {
    const std::string before = reflection.GetString(holder, &field);
    std::string after = change(before);
    if (after.empty()) reflection.ClearField(&holder, &field);
    else if (after != before) reflection.SetString(&holder, &field, std::move(after));
    return;
  }
  std::vector<std::string> before, after;
  for (int i = 0; i < reflection.FieldSize(holder, &field); ++i)
    before.push_back(reflection.GetRepeatedString(holder, &field, i));
  for (const auto& id : before)
    if (std::string changed = change(id); !changed.empty()) after.push_back(std::move(changed));
  if (after == before) return;
  std::ranges::sort(after);
  after.erase(std::unique(after.begin(), after.end()), after.end());
  reflection.ClearField(&holder, &field);
  for (auto& id : after) reflection.AddString(&holder, &field, std::move(id));
}

/// The messages that the field holds: one, or those of a list.
void forEachIn(ProtoMessage& holder, const ProtoField& field, const std::function<void(ProtoMessage&)>& visit) {
  const auto& reflection = *holder.GetReflection();
  if (!field.is_repeated()) return visit(*reflection.MutableMessage(&holder, &field));
  for (int i = 0; i < reflection.FieldSize(holder, &field); ++i)
    visit(*reflection.MutableRepeatedMessage(&holder, &field, i));
}

const ProtoField* ownId(const ProtoField& list) {
  const bool group = list.message_type() && model::shapeOf(list) == model::Shape::Group;
  return group ? list.message_type()->FindFieldByName("id") : nullptr;
}

bool hasTemporaryId(const ProtoMessage& said, const ProtoField& list) {
  const auto* id = ownId(list);
  if (!id || !list.is_repeated()) return false;
  const auto& reflection = *said.GetReflection();
  for (int i = 0; i < reflection.FieldSize(said, &list); ++i)
    if (isTemporary(model::textOf(reflection.GetRepeatedMessage(said, &list, i), *id))) return true;
  return false;
}

bool refersToOthers(ProtoMessage& said, const ProtoField& field) {
  const auto& plan = planOf(said);
  if (std::ranges::find(plan.references, &field) != plan.references.end()) return true;
  if (std::ranges::find(plan.ways, &field) == plan.ways.end()) return false;
  bool found = false;
  forEachIn(said, field, [&](ProtoMessage& element) {
    changeReferences(element, [&](const std::string& id) {
      found = true;
      return id;
    });
  });
  return found;
}

}  // namespace

void changeReferences(ProtoMessage& element, const ChangeReference& change, bool whole) {
  const auto& plan = planOf(element);
  for (const auto* field : plan.references)
    if (model::isPresent(element, *field)) changeField(element, *field, change);
  for (const auto* field : plan.ways)
    if (model::isPresent(element, *field) && (whole || kindOf(*field) != FieldKind::Apart))
      forEachIn(element, *field, [&](ProtoMessage& part) { changeReferences(part, change, whole); });
}

bool isTemporary(std::string_view id) { return id.starts_with("new-"); }

void takeWaiting(ProtoMessage& said, ProtoMessage& waiting) {
  std::vector<const ProtoField*> fields, wait;
  said.GetReflection()->ListFields(said, &fields);
  for (const auto* field : fields)
    if (kindOf(*field) != FieldKind::Apart && (refersToOthers(said, *field) || hasTemporaryId(said, *field)))
      wait.push_back(field);
  said.GetReflection()->SwapFields(&said, &waiting, wait);
}

void giveLastingIds(ProtoMessage& waiting, const std::function<void(const std::string&, const std::string&)>& given) {
  std::vector<const ProtoField*> fields;
  const auto& reflection = *waiting.GetReflection();
  reflection.ListFields(waiting, &fields);
  for (const auto* field : fields) {
    const auto* id = ownId(*field);
    if (!id || !field->is_repeated()) continue;
    for (int i = 0; i < reflection.FieldSize(waiting, field); ++i) {
      auto& item = *reflection.MutableRepeatedMessage(&waiting, field, i);
      const std::string old = model::textOf(item, *id);
      if (!isTemporary(old)) continue;
      item.GetReflection()->ClearField(&item, id);
      const std::string lasting = idByContent(item);
      item.GetReflection()->SetString(&item, id, lasting);
      given(old, lasting);
    }
  }
}

void renameReferences(canonical::Case& whole, const std::string& from, const std::string& to) {
  changeReferences(whole, [&](const std::string& id) { return id == from ? to : id; }, true);
}

}  // namespace causeway::care
