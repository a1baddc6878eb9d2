#include "host/base/text.hpp"
#include "host/mapping/derive.hpp"
#include "host/mapping/read_run.hpp"

#include <google/protobuf/message.h>

// How a scope's captured values become fields of the canonical message, and how elements find each other.
namespace causeway::mapping {

using google::protobuf::Message;

// The inputs of a converter in the order the rule names them; absent ones are left out.
bool ReadRun::gather(const Instance& instance, const ValuePlan& plan) {
  inputs_.clear();
  bool any = false;
  for (const auto& item : plan.inputs) {
    std::string_view value;
    if (item.kind == InputPlan::Kind::Constant) value = item.text;
    else if (item.kind == InputPlan::Kind::Envelope) value = envelope(item.text);
    else value = first(instance, item.slot);
    any |= item.kind != InputPlan::Kind::Envelope && !value.empty();
    if (!value.empty()) inputs_.push_back({item.name, value});
  }
  return any;
}

std::string_view ReadRun::envelope(const std::string& name) {
  const auto found = context_->envelope.find(name);
  missed_envelope_ |= found == context_->envelope.end();
  return found == context_->envelope.end() ? std::string_view() : std::string_view(found->second);
}

void ReadRun::write(const Instance& instance, const ValuePlan& plan) {
  Message& root = plan.target.from_message ? *reading_.messages.front() : *instance.element;
  const auto& item = plan.inputs.front();
  const bool one_leaf = plan.inputs.size() == 1 && item.kind == InputPlan::Kind::Slot;
  if (plan.converter && !one_leaf) {
    if (gather(instance, plan)) writeConverted(root, plan);
    else if (plan.fallback) writeOne(root, plan, *plan.fallback);
    return;
  }
  if (!one_leaf) {
    const std::string_view text = item.kind == InputPlan::Kind::Constant ? std::string_view(item.text) : envelope(item.text);
    if (!text.empty()) writeOne(root, plan, text);
    else if (plan.fallback) writeOne(root, plan, *plan.fallback);
    return;
  }
  if (has(instance, item.slot)) writeAll(root, plan, slots_[instance.slots + static_cast<size_t>(item.slot)].first);
  else if (plan.fallback) writeOne(root, plan, *plan.fallback);
}

// One leaf may repeat: a list takes every value, a single field the first.
void ReadRun::writeAll(Message& root, const ValuePlan& plan, int first_value) {
  bool list = false;
  for (const auto& step : plan.target.path.steps()) list |= step.pick == model::FieldPath::Step::Pick::Every;
  for (int at = first_value; at >= 0; at = values_[static_cast<size_t>(at)].next) {
    if (at != first_value && !list) {
      note("repeated_value", plan.source, "stands more than once; the first is used");
      return;
    }
    const auto text = textOf(values_[static_cast<size_t>(at)]);
    if (!plan.converter) {
      writeOne(root, plan, text);
      continue;
    }
    inputs_.assign(1, {plan.inputs.front().name, text});
    writeConverted(root, plan);
  }
}

void ReadRun::writeOne(Message& root, const ValuePlan& plan, std::string_view text) {
  if (!plan.split_on.empty()) {
    std::string_view rest = text;
    while (!rest.empty()) {
      const size_t end = rest.find(plan.split_on);
      const auto part = trim(rest.substr(0, end));
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + plan.split_on.size());
      if (part.empty()) continue;
      Message* parent = plan.target.path.reach(root);
      (void)model::setText(*parent, plan.target.path.leaf(), plan.shape, part);
    }
    return;
  }
  Message* parent = plan.target.path.reach(root);
  if (!plan.refers.empty()) {
    references_.push_back({parent, &plan, std::string(text)});
    return;
  }
  if (plan.table) {
    setCoded(*parent, plan.target.path.leaf(), plan.shape, *plan.table, text, context_->day, reading_.findings, plan.source);
    return;
  }
  if (auto done = model::setText(*parent, plan.target.path.leaf(), plan.shape, text); !done) {
    note("bad_value", plan.source, done.error().what);
    return;
  }
  if (plan.basis.empty() || plan.shape != model::Shape::Text) return;
  const auto& reflection = *parent->GetReflection();
  const auto& leaf = plan.target.path.leaf();
  auto* filled = leaf.is_repeated() ? reflection.MutableRepeatedMessage(parent, &leaf, reflection.FieldSize(*parent, &leaf) - 1)
                                    : reflection.MutableMessage(parent, &leaf);
  static_cast<canonical::Text*>(filled)->set_basis(plan.basis);
}

void ReadRun::writeConverted(Message& root, const ValuePlan& plan) {
  outputs_.clear();
  if (auto done = (*plan.converter)(inputs_, outputs_); !done) {
    note("bad_value", plan.source.empty() ? plan.target.path.text() : plan.source, done.error().what);
    return;
  }
  if (outputs_.items().empty()) return;
  if (!plan.split_on.empty()) {
    const std::string text(outputs_.get("value"));
    return writeOne(root, plan, text);
  }
  Message* parent = plan.target.path.reach(root);
  if (auto done = setParts(*parent, plan.target.path.leaf(), outputs_, reading_.findings, plan.source); !done)
    note("bad_value", plan.source, done.error().what);
}

void ReadRun::join() {
  for (const auto& wanted : joins_) {
    const auto found = kept_.find({wanted.name, wanted.key});
    if (found == kept_.end()) note("not_found", wanted.name, "an element refers to a '" + wanted.name + "' that the document does not have");
    else wanted.element->MergeFrom(*found->second);
  }
  for (const auto& wanted : joins_)
    for (const auto& rule : plan_->scopes[static_cast<size_t>(wanted.scope)].derive)
      derive(rule, *wanted.element, context_->day, reading_.findings);
}

void ReadRun::resolveReferences() {
  for (const auto& reference : references_) {
    Message* element = nullptr;
    for (const auto& list : reference.plan->refers) {
      std::string names = list;
      for (size_t bracket; (bracket = names.find("[]")) != std::string::npos;) names.erase(bracket, 2);
      const auto found = shared_.find({names, reference.key});
      if (!element && found != shared_.end()) element = found->second;
    }
    if (!element) note("not_found", reference.plan->source, "refers to an element that the document does not have");
    else (void)model::setText(*reference.parent, reference.plan->target.path.leaf(), reference.plan->shape, idFor(*element));
  }
}

void ReadRun::marks(const Instance& instance) {
  auto& message = *reading_.messages.front();
  for (const auto& mark : plan_->complete)
    if (testsPass(mark.tests, instance)) message.add_complete(mark.path);
  for (const auto& mark : plan_->clear)
    if (testsPass(mark.tests, instance)) message.add_cleared(mark.path);
}

}  // namespace causeway::mapping
