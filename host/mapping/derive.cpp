#include "host/mapping/derive.hpp"

#include <google/protobuf/message.h>

namespace causeway::mapping {
namespace {

using google::protobuf::Message;

Message& group(Message& parent, const model::ProtoField& leaf) {
  const auto& reflection = *parent.GetReflection();
  return leaf.is_repeated() ? *reflection.AddMessage(&parent, &leaf) : *reflection.MutableMessage(&parent, &leaf);
}

// Where the "value" of a composite goes.
const char* mainPart(model::Shape shape) {
  switch (shape) {
    case model::Shape::Code: return "code";
    case model::Shape::Text: return "text";
    case model::Shape::Identifier:
    case model::Shape::Term: return "value";
    default: return nullptr;
  }
}

Result<void> setPart(Message& composite, model::Shape shape, const std::string& name, const std::string& value) {
  const char* main = name == "value" ? mainPart(shape) : nullptr;
  const auto* field = composite.GetDescriptor()->FindFieldByName(main ? main : name);
  if (!field) return fail(ErrorKind::Broken, "the converter gives '" + name + "', which the target does not have");
  return model::setText(composite, *field, model::shapeOf(*field), value);
}

bool listHolds(Message& parent, const model::ProtoField& leaf, std::string_view code) {
  if (!leaf.is_repeated()) return false;
  const auto& reflection = *parent.GetReflection();
  for (int i = 0; i < reflection.FieldSize(parent, &leaf); ++i)
    if (model::textOf(parent, leaf, i) == code) return true;
  return false;
}

// What a derivation looks at: its element, and the whole for values that stand elsewhere.
struct Place {
  Message& root;
  Message& element;
};

void deriveOn(const DerivePlan& plan, const Place& place, std::chrono::year_month_day day, std::vector<Finding>& findings) {
  Message& element = place.element;
  if (!plan.when.holds(element)) return;
  for (const auto& [path, text] : plan.set) {
    Message* parent = path.reach(element);
    if (auto done = model::setText(*parent, path.leaf(), path.shape(), text); !done)
      findings.push_back({"bad_value", path.text(), done.error().what});
  }
  if (plan.to.empty()) return;
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& source : plan.with)
    for (auto& text : source.path.path.read(source.path.from_message ? place.root : element)) texts.emplace_back(source.name, std::move(text));
  if (texts.empty()) return;
  const std::string path = plan.to.text();
  if (plan.table) {
    for (const auto& [name, text] : texts) {
      // A derived code is an addition: a code that the table does not know adds nothing and is no news.
      const auto known = plan.table->read(text, day);
      if (!known) continue;
      Message* parent = plan.to.reach(element);
      if (listHolds(*parent, plan.to.leaf(), *known)) continue;
      setCoded(*parent, plan.to.leaf(), plan.to.shape(), *plan.table, text, day, findings, path);
    }
    return;
  }
  Outputs outputs;
  std::vector<NamedText> inputs;
  for (const auto& [name, text] : texts) inputs.push_back({name, text});
  if (plan.converter)
    if (auto done = (*plan.converter)(inputs, outputs); !done) {
      findings.push_back({"bad_value", path, done.error().what});
      return;
    }
  if (!plan.converter) outputs.set("value", texts.front().second);
  if (outputs.items().empty()) return;
  if (auto done = setParts(*plan.to.reach(element), plan.to.leaf(), outputs, findings, path); !done)
    findings.push_back({"bad_value", path, done.error().what});
}

}  // namespace

Result<void> setParts(Message& parent, const model::ProtoField& leaf, const Outputs& outputs, std::vector<Finding>& findings,
                      const std::string& path) {
  const auto shape = model::shapeOf(leaf);
  const bool scalar = leaf.cpp_type() != model::ProtoField::CPPTYPE_MESSAGE;
  const bool whole = scalar || (shape == model::Shape::Money) || (shape == model::Shape::LocalTime && !outputs.get("value").empty());
  Message* composite = nullptr;
  for (const auto& [name, value] : outputs.items()) {
    if (name == "finding") {
      findings.push_back({value, path, std::string(outputs.get("finding.text"))});
    } else if (name == "finding.text" || value.empty()) {
      continue;
    } else if (whole && name == "value") {
      CW_CHECK_OK(model::setText(parent, leaf, shape, value));
    } else if (!scalar) {
      if (!composite) composite = &group(parent, leaf);
      CW_CHECK_OK(setPart(*composite, shape, name, value));
    }
  }
  return {};
}

void setCoded(Message& parent, const model::ProtoField& leaf, model::Shape shape, const CodeTable& table, std::string_view raw,
              std::chrono::year_month_day day, std::vector<Finding>& findings, const std::string& path) {
  const auto known = table.read(raw, day);
  if (!known) findings.push_back({"unmapped_code", path, "a code that table '" + table.name() + "' does not know"});
  if (shape != model::Shape::Code) {
    if (!known) return;
    if (auto done = model::setText(parent, leaf, shape, *known); !done) findings.push_back({"bad_value", path, done.error().what});
    return;
  }
  auto& code = static_cast<canonical::Code&>(group(parent, leaf));
  code.set_code(std::string(known.value_or(raw)));
  if (!known) code.set_unmapped(true);
  if (code.code() != raw) code.set_raw(std::string(raw));
}

void derive(const DerivePlan& plan, Message& root, std::chrono::year_month_day day, std::vector<Finding>& findings) {
  if (plan.in.path.empty()) {
    deriveOn(plan, {root, root}, day, findings);
    return;
  }
  if (!plan.given.holds(root)) return;
  plan.in.path.visit(root, [&](const Message& parent, const model::ProtoField& field, int index) {
    // The visitor walks a tree that we own and may change below the element it stands at.
    auto& holder = const_cast<Message&>(parent);
    const auto& reflection = *holder.GetReflection();
    if (field.message_type())
      deriveOn(plan, {root, index < 0 ? *reflection.MutableMessage(&holder, &field) : *reflection.MutableRepeatedMessage(&holder, &field, index)},
               day, findings);
    return true;
  });
}

}  // namespace causeway::mapping
