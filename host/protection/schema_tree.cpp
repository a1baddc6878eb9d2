#include "host/protection/schema_tree.hpp"

#include <algorithm>

namespace causeway::protection {

const SchemaTree& SchemaTree::instance() {
  static const SchemaTree tree;
  return tree;
}

SchemaTree::SchemaTree() {
  nodes_.emplace_back();
  std::vector<const model::ProtoType*> above;
  addChildren(0, *canonical::CanonicalMessage::descriptor(), above);
}

int SchemaTree::child(int place, const model::ProtoField& field) const {
  return at(place).children[static_cast<size_t>(field.index())];
}

int SchemaTree::add(int parent, const model::ProtoField& field) {
  const auto& meaning = field.options().GetExtension(canonical::is);
  const auto& above = at(parent);
  const auto shape = model::shapeOf(field);
  SchemaNode node;
  node.field = &field;
  node.access = &model::factsOf(field);
  node.path = above.path.empty() ? field.name() : above.path + "." + field.name();
  node.parent = parent;
  node.locates = above.locates != canonical::NOBODY ? above.locates : meaning.locates();
  node.category = meaning.category() != canonical::CATEGORY_UNSPECIFIED ? meaning.category() : above.category;
  node.sensitive = above.sensitive || meaning.sensitive();
  node.value = field.message_type() && shape != model::Shape::Group;
  node.label_as_sent = field.containing_type() == canonical::Code::descriptor() && field.name() == "text";
  node.narrative = field.message_type() == canonical::Text::descriptor();
  node.special_measure = above.special_measure || field.message_type() == canonical::SpecialMeasure::descriptor();
  node.bail_status = meaning.list() == "bail-status";
  nodes_.push_back(std::move(node));
  return static_cast<int>(nodes_.size()) - 1;
}

// A type within itself is not entered again: such a field has no place of its own and can never be granted.
void SchemaTree::addChildren(int place, const model::ProtoType& type, std::vector<const model::ProtoType*>& above) {
  if (std::ranges::find(above, &type) != above.end()) return;
  above.push_back(&type);
  std::vector<const model::ProtoField*> fields;
  for (int i = 0; i < type.field_count(); ++i) fields.push_back(type.field(i));
  std::ranges::sort(fields, {}, [](const auto* field) -> const std::string& { return field->name(); });
  std::vector<int> children(fields.size(), -1);
  for (const auto* field : fields) {
    const int child = add(place, *field);
    children[static_cast<size_t>(field->index())] = child;
    if (field->message_type()) addChildren(child, *field->message_type(), above);
  }
  auto in_order = children;
  std::ranges::sort(in_order, {}, [this](int child) { return at(child).field->number(); });
  nodes_[static_cast<size_t>(place)].children = std::move(children);
  nodes_[static_cast<size_t>(place)].in_order = std::move(in_order);
  above.pop_back();
}

}  // namespace causeway::protection
