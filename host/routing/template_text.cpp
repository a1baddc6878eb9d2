#include "host/routing/template_text.hpp"

#include "host/base/text.hpp"
#include "host/routing/plain_words.hpp"

#include <algorithm>

namespace causeway::routing {
namespace {

using canonical::Category;

bool harmless(Category category) {
  return category == Category::ADMINISTRATIVE || category == Category::OFFICER || category == Category::OFFENCE ||
         category == Category::CRIMINAL_RECORD;
}

void addOnce(std::vector<std::string>& list, std::string text) {
  if (!text.empty() && std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
}

// The court time that a place leads to or is a part of; null when it is none.
const canonical::LocalTime* timeAt(const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
  const auto* type = canonical::LocalTime::descriptor();
  if (field.containing_type() == type) return static_cast<const canonical::LocalTime*>(&parent);
  if (field.message_type() != type) return nullptr;
  const auto& reflection = *parent.GetReflection();
  return static_cast<const canonical::LocalTime*>(index < 0 ? &reflection.GetMessage(parent, &field)
                                                            : &reflection.GetRepeatedMessage(parent, &field, index));
}

}  // namespace

bool TemplateText::mayStand(const model::FieldPath& path, std::string& why_not) {
  const auto shape = path.shape();
  if (shape == model::Shape::Group) why_not = "has fields of its own; name one of them";
  else if (shape == model::Shape::Text) why_not = "is free text";
  else if (shape == model::Shape::Identifier) why_not = "identifies somebody";
  else if (model::listOf(path.leaf()) == "bail-status")
    why_not = "is a bail status, which may mean two opposite things";
  for (const auto& step : path.steps()) {
    const auto& meaning = step.field->options().GetExtension(canonical::is);
    if (meaning.category() == Category::NARRATIVE) why_not = "is free text";
    else if (meaning.locates() != canonical::NOBODY) why_not = "locates somebody";
    else if (meaning.sensitive()) why_not = "is sensitive";
  }
  const auto category = path.leaf().options().GetExtension(canonical::is).category();
  if (why_not.empty() && !harmless(category)) why_not = "tells of a person";
  return why_not.empty();
}

void TemplateText::addPlace(std::string_view name, const Location& at, Problems& problems) {
  auto path = model::FieldPath::parse(name, *canonical::CanonicalMessage::descriptor());
  if (!path || path->empty()) {
    problems.error(at, "the place {" + std::string(name) + "}: " + (path ? "name a field" : path.error().what));
    return;
  }
  std::string why_not;
  if (!mayStand(*path, why_not)) {
    problems.error(at, "the place {" + std::string(name) + "} may not stand in a text: the field " + why_not +
                           "; send it as a field that a policy grants");
    return;
  }
  parts_.push_back({{}, *std::move(path)});
}

TemplateText TemplateText::load(const Node& node, Problems& problems) {
  TemplateText out;
  if (!node.isScalar() || node.scalar.empty()) {
    problems.error(node.at, "a template is a text");
    return out;
  }
  std::string_view rest = node.scalar;
  while (!rest.empty()) {
    const size_t open = rest.find('{');
    const size_t close = open == std::string_view::npos ? open : rest.find('}', open);
    if (open != std::string_view::npos && close == std::string_view::npos)
      problems.error(node.at, "a template has a { without its }");
    const auto literal = rest.substr(0, open);
    if (!literal.empty()) out.parts_.push_back({std::string(literal), {}});
    if (close == std::string_view::npos) break;
    out.addPlace(rest.substr(open + 1, close - open - 1), node.at, problems);
    rest = rest.substr(close + 1);
  }
  return out;
}

std::string TemplateText::forPeople(const canonical::CanonicalMessage& message) const {
  std::string out;
  std::vector<std::string> doubts;
  for (const auto& part : parts_) {
    out += part.literal;
    if (part.path.empty()) continue;
    std::vector<std::string> values;
    part.path.visit(message, [&](const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
      addOnce(values, inPlainWords(parent, field, index));
      if (const auto* time = timeAt(parent, field, index)) addOnce(doubts, doubtOf(*time));
      return true;
    });
    out += values.empty() ? "(not known)" : join(values, ", ");
  }
  for (const auto& doubt : doubts) out += " " + doubt;
  return out;
}

std::string TemplateText::asKey(const canonical::CanonicalMessage& message) const {
  std::string out;
  for (const auto& part : parts_) {
    out += part.literal;
    if (!part.path.empty()) out += join(part.path.read(message), ",");
  }
  return out;
}

}  // namespace causeway::routing
