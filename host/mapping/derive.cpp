#include "host/mapping/derive.hpp"

#include "host/model/case.pb.h"
#include "host/model/reflection_of.hpp"

#include <google/protobuf/message.h>

#include <bit>

namespace causeway::mapping {
namespace {

using google::protobuf::Message;

// Where the "value" of a composite goes.
std::string_view mainPart(model::Shape shape) {
  switch (shape) {
    case model::Shape::Code: return "code";
    case model::Shape::Text: return "text";
    case model::Shape::Identifier:
    case model::Shape::Term: return "value";
    default: return "value";
  }
}

// A value type has a handful of fields: looking through them is quicker than their table of names.
Result<void> setPart(Message& composite, const model::FieldFacts& leaf, const NamedText& part) {
  const auto name = isSameText(part.name, "value") ? mainPart(leaf.shape) : part.name;
  for (const auto* field : leaf.parts)
    if (isSameText(field->field->name(), name)) return model::setText(composite, *field, part.value);
  return fail(ErrorKind::Broken,
              "the converter gives '" + std::string(part.name) + "', which the target does not have");
}

bool listHolds(Message& parent, const model::FieldFacts& leaf, std::string_view code) {
  if (!leaf.field->is_repeated()) return false;
  const int size = leaf.count(parent);
  std::string scratch;
  for (int i = 0; i < size; ++i)
    if (model::viewOf(parent, leaf, i, scratch) == code) return true;
  return false;
}

// `known`: what the table makes of `raw`.
Result<void> putCode(Message& parent, const model::FieldFacts& leaf, std::optional<std::string_view> known,
                     std::string_view raw) {
  if (leaf.shape != model::Shape::Code) return known ? model::setText(parent, leaf, *known) : Result<void>();
  auto& code = static_cast<canonical::Code&>(leaf.fill(parent));
  const std::string_view normal = known.value_or(raw);
  assignText(*code.mutable_code(), normal);
  if (!known) code.set_unmapped(true);
  if (normal != raw) assignText(*code.mutable_raw(), raw);
  return {};
}

}  // namespace

Result<void> setParts(Message& parent, const model::FieldPath& target, const Outputs& outputs,
                      std::vector<Finding>& findings, const std::string& path) {
  const auto& leaf = target.access();
  const auto shape = leaf.shape;
  // A text alone, as nearly all converters give it.
  if (outputs.size() == 1 && shape != model::Shape::Group && shape != model::Shape::Term &&
      isSameText(outputs[0].name, "value"))
    return outputs[0].value.empty() ? Result<void>() : model::setText(parent, leaf, outputs[0].value);
  const bool scalar = !leaf.fill;
  const bool whole =
      scalar || (shape == model::Shape::Money) || (shape == model::Shape::LocalTime && !outputs.get("value").empty());
  Message* composite = nullptr;
  for (size_t i = 0; i < outputs.size(); ++i) {
    const auto [name, value] = outputs[i];
    if (isSameText(name, "finding")) {
      findings.push_back({std::string(value), path, std::string(outputs.get("finding.text"))});
    } else if (value.empty() || isSameText(name, "finding.text")) {
      continue;
    } else if (whole && isSameText(name, "value")) {
      CW_CHECK_OK(model::setText(parent, leaf, value));
    } else if (!scalar) {
      if (!composite) composite = &leaf.fill(parent);
      CW_CHECK_OK(setPart(*composite, leaf, outputs[i]));
    }
  }
  return {};
}

void setCoded(Message& parent, const model::FieldFacts& leaf, const CodeTable& table, std::string_view raw,
              std::chrono::year_month_day day, std::vector<Finding>& findings, const std::string& path) {
  const auto known = table.read(raw, day);
  if (!known) findings.push_back({"unmapped_code", path, "a code that table '" + table.name() + "' does not know"});
  if (auto done = putCode(parent, leaf, known, raw); !done) findings.push_back({"bad_value", path, done.error().what});
}

void Deriver::run(const ScopePlan& scope, Message& element, std::chrono::year_month_day day,
                  std::vector<Finding>& findings) {
  day_ = day;
  known_ = present_ = 0;
  for (size_t i = 0; i < scope.derive.size(); ++i) {
    const auto& needs = scope.derive_needs[i];
    if (!worthTrying(needs, scope, element)) continue;
    if (!run(scope.derive[i], element, findings)) continue;
    known_ &= ~needs.fills;
    present_ &= ~needs.fills;
  }
}

bool Deriver::worthTrying(const ScopePlan::Needs& needs, const ScopePlan& scope, const Message& element) {
  const auto ruledOut = [&] { return (needs.there & known_ & ~present_) != 0 || (needs.absent & present_) != 0; };
  auto open = (needs.there | needs.absent) & ~known_;
  for (; !ruledOut(); open &= open - 1) {
    if (open == 0) return true;
    const auto at = static_cast<size_t>(std::countr_zero(open));
    known_ |= std::uint64_t{1} << at;
    if (scope.looked_at[at].leadsSomewhere(element)) present_ |= std::uint64_t{1} << at;
  }
  return false;
}

bool Deriver::run(const DerivePlan& plan, Message& root, std::vector<Finding>& findings) {
  if (plan.in.path.empty()) return runOn(plan, {root, root}, findings);
  if (!plan.given.holds(root)) return false;
  bool held = false;
  const auto& facts = plan.in.path.access();
  plan.in.path.visit(root, [&](const Message& parent, const model::ProtoField&, int index) {
    // The visitor walks a tree that we own and may change below the element it stands at.
    auto& holder = const_cast<Message&>(parent);
    if (facts.change) held |= runOn(plan, {root, facts.change(holder, index)}, findings);
    return true;
  });
  return held;
}

bool Deriver::runOn(const DerivePlan& plan, const Place& place, std::vector<Finding>& findings) {
  Message& element = place.element;
  if (!plan.when.holds(element)) return false;
  for (const auto& [path, text] : plan.set) {
    Message* parent = path.reach(element);
    if (auto done = model::setText(*parent, path.access(), text); !done)
      findings.push_back({"bad_value", path.text(), done.error().what});
  }
  if (plan.to.empty()) return true;
  gather(plan, place);
  if (sources_.empty()) return true;
  if (plan.table) code(plan, element, findings);
  else convert(plan, element, findings);
  return true;
}

void Deriver::gather(const DerivePlan& plan, const Place& place) {
  sources_.clear();
  std::string scratch;
  for (const auto& source : plan.with)
    source.path.path.visit(source.path.from_message ? place.root : place.element,
                           [&](const Message& parent, const model::ProtoField& field, int index) {
                             sources_.set(source.name, model::viewOf(parent, field, index, scratch));
                             return true;
                           });
}

// A derived code is an addition: a code that the table does not know adds nothing and is no news.
void Deriver::code(const DerivePlan& plan, Message& element, std::vector<Finding>& findings) {
  for (size_t i = 0; i < sources_.size(); ++i) {
    const auto known = plan.table->read(sources_[i].value, day_);
    if (!known) continue;
    Message* parent = plan.to.reach(element);
    if (listHolds(*parent, plan.to.access(), *known)) continue;
    if (auto done = putCode(*parent, plan.to.access(), known, sources_[i].value); !done)
      findings.push_back({"bad_value", plan.to.text(), done.error().what});
  }
}

void Deriver::convert(const DerivePlan& plan, Message& element, std::vector<Finding>& findings) {
  const std::string& path = plan.to.text();
  inputs_.clear();
  for (size_t i = 0; i < sources_.size(); ++i) inputs_.push_back(sources_[i]);
  outputs_.clear();
  if (plan.converter) {
    if (auto done = (*plan.converter)(inputs_, outputs_); !done) {
      findings.push_back({"bad_value", path, done.error().what});
      return;
    }
  } else {
    outputs_.set("value", inputs_.front().value);
  }
  if (outputs_.empty()) return;
  if (auto done = setParts(*plan.to.reach(element), plan.to, outputs_, findings, path); !done)
    findings.push_back({"bad_value", path, done.error().what});
}

}  // namespace causeway::mapping
