#include "host/model/field_path.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/model/reflection_of.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <charconv>
#include <span>

namespace causeway::model {
namespace {

std::vector<std::string> namesOf(const ProtoType& type) {
  std::vector<std::string> out;
  for (int i = 0; i < type.field_count(); ++i) out.push_back(type.field(i)->name());
  return out;
}

// Splits at dots that are not inside brackets.
std::vector<std::string_view> segments(std::string_view text) {
  std::vector<std::string_view> out;
  size_t start = 0;
  int depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[') ++depth;
    if (text[i] == ']') --depth;
    if (text[i] != '.' || depth != 0) continue;
    out.push_back(text.substr(start, i - start));
    start = i + 1;
  }
  out.push_back(text.substr(start));
  return out;
}

// `role` of a party is said for short where it stands at roles[].role.
std::string fullWhere(const ProtoType& element, std::string_view name) {
  if (element.FindFieldByName(std::string(split(name, '.').front()))) return std::string(name);
  const std::string in_list = std::string(name) + "s";
  return element.FindFieldByName(in_list) ? in_list + "[]." + std::string(name) : std::string(name);
}

Result<void> readPick(std::string_view bracket, FieldPath::Step& step) {
  using Pick = FieldPath::Step::Pick;
  if (!step.field->is_repeated()) return fail(ErrorKind::Invalid, "'" + step.field->name() + "' is not a list");
  if (bracket.empty()) {
    step.pick = Pick::Every;
    return {};
  }
  const size_t equals = bracket.find('=');
  if (equals == std::string_view::npos) {
    step.pick = Pick::Index;
    const auto [end, code] = std::from_chars(bracket.data(), bracket.data() + bracket.size(), step.index);
    if (code != std::errc() || end != bracket.data() + bracket.size() || step.index < 0 || step.index > 9999)
      return fail(ErrorKind::Invalid,
                  "'[" + std::string(bracket) + "]' must be a place in the list, [] or [field=value]");
    return {};
  }
  if (!step.field->message_type())
    return fail(ErrorKind::Invalid, "'" + step.field->name() + "' has no fields to test");
  step.pick = Pick::Where;
  step.where = fullWhere(*step.field->message_type(), bracket.substr(0, equals));
  step.equals = std::string(bracket.substr(equals + 1));
  CW_TRY(auto where, FieldPath::parse(step.where, *step.field->message_type()));
  step.tested = std::make_shared<const FieldPath>(std::move(where));
  return {};
}

bool matches(const ProtoMessage& element, const FieldPath::Step& step) {
  bool found = false;
  std::string scratch;
  step.tested->visit(element, [&](const ProtoMessage& parent, const ProtoField& field, int index) {
    found = viewOf(parent, field, index, scratch) == step.equals;
    return !found;
  });
  return found;
}

bool visitFrom(const ProtoMessage& parent, std::span<const FieldPath::Step> steps, const FieldVisitor& visit) {
  using Pick = FieldPath::Step::Pick;
  const auto& step = steps.front();
  const bool last = steps.size() == 1;
  const auto& access = *step.access;
  const int size = access.count(parent);
  if (step.pick == Pick::One) {
    if (size == 0) return true;
    return last ? visit(parent, *step.field, -1) : visitFrom(access.group(parent, -1), steps.subspan(1), visit);
  }
  for (int i = step.pick == Pick::Index ? step.index : 0; i < size; ++i) {
    if (step.pick == Pick::Where && !matches(access.group(parent, i), step)) continue;
    const bool go_on =
        last ? visit(parent, *step.field, i) : visitFrom(access.group(parent, i), steps.subspan(1), visit);
    if (!go_on) return false;
    if (step.pick == Pick::Index) break;
  }
  return true;
}

}  // namespace

Result<FieldPath> FieldPath::parse(std::string_view text, const ProtoType& root) {
  FieldPath path;
  path.text_ = std::string(text);
  if (text.empty()) return path;
  const ProtoType* type = &root;
  for (const auto segment : segments(text)) {
    const size_t bracket = segment.find('[');
    const std::string name(segment.substr(0, bracket));
    if (!type)
      return fail(ErrorKind::Invalid, "'" + path.steps_.back().field->name() + "' has no field '" + name + "'");
    Step step;
    step.field = type->FindFieldByName(name);
    if (!step.field)
      return fail(ErrorKind::Invalid, "no field '" + name + "' in " + type->name() + didYouMean(name, namesOf(*type)));
    step.access = &factsOf(*step.field);
    if (bracket != std::string_view::npos) {
      if (!segment.ends_with(']')) return fail(ErrorKind::Invalid, "'" + std::string(segment) + "' lacks its ]");
      CW_CHECK_OK(readPick(segment.substr(bracket + 1, segment.size() - bracket - 2), step));
    } else if (step.field->is_repeated()) {
      step.pick = Step::Pick::Every;
    }
    type = step.field->message_type();
    path.steps_.push_back(std::move(step));
  }
  path.shape_ = shapeOf(path.leaf());
  return path;
}

const ProtoType* FieldPath::type() const { return empty() ? nullptr : leaf().message_type(); }

std::string FieldPath::names() const {
  std::string out;
  for (const auto& step : steps_) out += (out.empty() ? "" : ".") + step.field->name();
  return out;
}

bool FieldPath::visit(const ProtoMessage& root, const FieldVisitor& visit) const {
  return steps_.empty() || visitFrom(root, steps_, visit);
}

bool FieldPath::leadsSomewhere(const ProtoMessage& root) const {
  const ProtoMessage* at = &root;
  for (size_t i = 0; i < steps_.size(); ++i) {
    const auto& step = steps_[i];
    const int size = step.access->count(*at);
    const bool choice = step.pick == Step::Pick::Where || (step.pick == Step::Pick::Every && i + 1 < steps_.size());
    if (choice && size > 0)
      return !visitFrom(*at, std::span(steps_).subspan(i),
                        [](const ProtoMessage&, const ProtoField&, int) { return false; });
    const int index = step.pick == Step::Pick::Index ? step.index : 0;
    if (index >= size) return false;
    if (i + 1 < steps_.size()) at = &step.access->group(*at, index);
  }
  return !steps_.empty();
}

std::vector<std::string> FieldPath::read(const ProtoMessage& root) const {
  std::vector<std::string> out;
  visit(root, [&](const ProtoMessage& parent, const ProtoField& field, int index) {
    out.push_back(textOf(parent, field, index));
    return true;
  });
  return out;
}

ProtoMessage* FieldPath::reach(ProtoMessage& root) const {
  ProtoMessage* at = &root;
  for (size_t i = 0; i + 1 < steps_.size(); ++i) {
    const auto& step = steps_[i];
    const auto& access = *step.access;
    if (step.pick != Step::Pick::Index) {
      at = &access.fill(*at);
      continue;
    }
    for (int size = access.count(*at); size <= step.index; ++size) access.fill(*at);
    at = &access.change(*at, step.index);
  }
  return at;
}

}  // namespace causeway::model
