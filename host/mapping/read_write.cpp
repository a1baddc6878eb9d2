#include "host/base/text.hpp"
#include "host/mapping/derive.hpp"
#include "host/mapping/read_run.hpp"
#include "host/model/reflection_of.hpp"

#include <google/protobuf/message.h>

#include <algorithm>

// How a scope's captured values become fields of the canonical message, and how elements find each other.
namespace causeway::mapping {

using google::protobuf::Message;

namespace {

// Whether what was written just now is a fact, an assessment or somebody's wording.
void setBasis(Message& parent, const ValuePlan& plan) {
  if (plan.basis.empty() || plan.shape != model::Shape::Text) return;
  const auto& facts = plan.target.path.access();
  const int values = facts.count(parent);
  if (values > 0) static_cast<canonical::Text&>(facts.change(parent, values - 1)).set_basis(plan.basis);
}

bool isSame(const Outputs& question, Inputs inputs) {
  if (question.size() != inputs.size()) return false;
  for (size_t i = 0; i < inputs.size(); ++i)
    if (!isSameText(question[i].name, inputs[i].name) || !isSameText(question[i].value, inputs[i].value)) return false;
  return true;
}

}  // namespace

// Most lines of a scope write into the same message as the line before.
Message* ReadRun::reach(Message& root, const TargetPlan& target) {
  if (target.holder < 0) return target.path.reach(root);
  if (target.holder != reached_.holder || &root != reached_.root)
    reached_ = {target.holder, &root, target.path.reach(root)};
  return reached_.parent;
}

// The inputs of a converter in the order the rule names them: every value of a leaf that repeats, none of one that is absent. The
// converter is asked when the document says something, or when nothing that it is asked about stands in the document.
bool ReadRun::gather(const Instance& instance, const ValuePlan& plan) {
  inputs_.clear();
  bool asked = false, any = false;
  for (const auto& item : plan.inputs) {
    if (item.kind == InputPlan::Kind::Slot) {
      asked = true;
      const int first_value = item.slot < 0 ? -1 : slots_[instance.slots + static_cast<size_t>(item.slot)].first;
      for (int at = first_value; at >= 0; at = values_[static_cast<size_t>(at)].next) {
        const auto text = textOf(values_[static_cast<size_t>(at)]);
        any |= !text.empty();
        if (!text.empty()) inputs_.push_back({item.name, text});
      }
      continue;
    }
    const auto value = textOf(item);
    if (!value.empty()) inputs_.push_back({item.name, value});
  }
  return asked ? any : !inputs_.empty();
}

// Of a constant, or of a field of the envelope.
std::string_view ReadRun::textOf(const InputPlan& item) {
  return item.kind == InputPlan::Kind::Constant ? std::string_view(item.text) : envelope(item.text);
}

std::string_view ReadRun::envelope(const std::string& name) {
  const auto own = std::ranges::find(plan_->identify, name, &std::pair<std::string, int>::first);
  if (own != plan_->identify.end() && has(open_.front(), own->second)) return first(open_.front(), own->second);
  asked_of_envelope_.push_back(&name);
  const auto found = context_->envelope->find(name);
  return found == context_->envelope->end() ? std::string_view() : std::string_view(found->second);
}

void ReadRun::write(const Instance& instance, const ValuePlan& plan) {
  Message& root = plan.target.from_message ? message(instance) : *instance.element;
  const auto& item = plan.inputs.front();
  const bool one_leaf = plan.inputs.size() == 1 && item.kind == InputPlan::Kind::Slot;
  if (plan.paper) {
    if (gather(instance, plan)) writePaper(root, plan);
    return;
  }
  if (plan.converter && !one_leaf) {
    const auto text = plan.unchanged ? textOf(item) : std::string_view();
    if (plan.unchanged && plan.unchanged(text)) return writePart(root, plan, text);
    if (gather(instance, plan)) writeConverted(root, plan);
    else if (plan.fallback) writeOne(root, plan, *plan.fallback);
    return;
  }
  if (!one_leaf) {
    const auto text = textOf(item);
    if (!text.empty()) writeOne(root, plan, text);
    else if (plan.fallback) writeOne(root, plan, *plan.fallback);
    return;
  }
  if (has(instance, item.slot)) writeAll(root, plan, slots_[instance.slots + static_cast<size_t>(item.slot)].first);
  else if (plan.fallback) writeOne(root, plan, *plan.fallback);
}

// What nearly all rules are: one leaf that stands once, to one place.
void ReadRun::writeLeaf(const Instance& instance, const ValuePlan& plan, int slot) {
  const Value value = values_[static_cast<size_t>(slots_[instance.slots + static_cast<size_t>(slot)].first)];
  if (!plan.simple || value.next >= 0) return write(instance, plan);
  Message& root = plan.target.from_message ? message(instance) : *instance.element;
  const bool as_it_is = !plan.converter || (plan.unchanged && plan.unchanged(textOf(value)));
  if (as_it_is) return writePart(root, plan, textOf(value));
  inputs_.assign(1, {"value", textOf(value)});
  writeConverted(root, plan);
}

// One leaf may repeat: a list takes every value, a single field the first.
void ReadRun::writeAll(Message& root, const ValuePlan& plan, int first_value) {
  const auto isList = [](const model::FieldPath::Step& step) {
    return step.pick == model::FieldPath::Step::Pick::Every;
  };
  const bool several = values_[static_cast<size_t>(first_value)].next >= 0;
  const bool list = several && std::ranges::any_of(plan.target.path.steps(), isList);
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
    writeEachConverted(root, plan, text);
  }
}

// Calls `take` for each part of a text that holds several values.
template <class Take>
void ReadRun::eachPart(const ValuePlan& plan, std::string_view text, Take take) {
  if (plan.split_on.empty()) return take(text);
  while (!text.empty()) {
    const size_t end = text.find(plan.split_on);
    const auto part = trim(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + plan.split_on.size());
    if (!part.empty()) take(part);
  }
}

void ReadRun::writeOne(Message& root, const ValuePlan& plan, std::string_view text) {
  eachPart(plan, text, [&](std::string_view part) { writePart(root, plan, part); });
}

void ReadRun::writeEachConverted(Message& root, const ValuePlan& plan, std::string_view text) {
  eachPart(plan, text, [&](std::string_view part) {
    inputs_.assign(1, {plan.inputs.front().name, part});
    writeConverted(root, plan);
  });
}

void ReadRun::writePart(Message& root, const ValuePlan& plan, std::string_view text) {
  Message* parent = reach(root, plan.target);
  if (!plan.refers.empty()) {
    links_.add(ElementLinks::Reference{open_.back().number, parent, partOf(open_.back()), &plan, std::string(text)});
    return;
  }
  if (plan.table) {
    setCoded(*parent, plan.target.path.access(), *plan.table, text, context_->day, reading_.findings, plan.source);
    return;
  }
  if (auto done = model::setText(*parent, plan.target.path.access(), text); !done) {
    note("bad_value", plan.source, done.error().what);
    return;
  }
  setBasis(*parent, plan);
}

// Asking an adapter takes as long as writing ten values, and the offences of a defendant mostly have the same next hearing and the
// same texts: the same question has the same answer, so it is asked once.
Result<const Outputs*> ReadRun::convert(const ValuePlan& plan) {
  if (plan.memory < 0) {
    outputs_.clear();
    CW_CHECK_OK((*plan.converter)(inputs_, outputs_));
    return &outputs_;
  }
  auto& last = remembered_[static_cast<size_t>(plan.memory)];
  if (last.answered && isSame(last.question, inputs_)) return &last.answer;
  last.answered = false;
  last.question.clear();
  last.answer.clear();
  for (const auto& item : inputs_) last.question.set(item.name, item.value);
  CW_CHECK_OK((*plan.converter)(inputs_, last.answer));
  last.answered = true;
  return &last.answer;
}

void ReadRun::writeConverted(Message& root, const ValuePlan& plan) {
  const std::string& path = plan.source.empty() ? plan.target.path.text() : plan.source;
  const auto answer = convert(plan);
  if (!answer) return note("bad_value", path, answer.error().what);
  const Outputs& outputs = **answer;
  if (outputs.empty()) return;
  if (!plan.split_on.empty() && plan.inputs.size() > 1) {
    const std::string text(outputs.get("value"));
    return writeOne(root, plan, text);
  }
  Message* parent = reach(root, plan.target);
  if (auto done = setParts(*parent, plan.target.path, outputs, reading_.findings, path); !done)
    note("bad_value", path, done.error().what);
  else setBasis(*parent, plan);
}

// A kept element waits for the one that asks for it; a shared one is filled by every element with the same key.
void ReadRun::keepOrShare(Instance& instance, const ScopePlan& plan) {
  if (!plan.keep.empty()) {
    links_.add(ElementLinks::Kept{instance.number, plan.keep, std::string(first(instance, plan.key_slot)),
                                  instance.element, frames_.back().number});
    return;
  }
  if (plan.one_per_slot < 0 || !has(instance, plan.one_per_slot) || !instance.holder) return;
  ElementLinks::Shared shared{instance.number,
                              instance.element,
                              instance.holder,
                              &plan.target.path.leaf(),
                              nullptr,
                              partOf(instance),
                              keptOf(instance),
                              plan.target.names,
                              std::string(first(instance, plan.one_per_slot)),
                              open_.size()};
  shared.parent = plan.target.from_message ? &message(instance) : active(plan.parent).element;
  links_.add(std::move(shared));
}

// The nearest scope around an instance, itself first, that fits; its element, or nothing.
template <class Fits>
Message* ReadRun::around(const Instance& instance, Fits fits) const {
  for (const Instance* at = &instance;; at = &active(at->plan->parent)) {
    if (fits(*at->plan)) return at->element;
    if (at->plan->parent < 0) return nullptr;
  }
}

// The message of the `split` that it stands in, or of the element around one; nullptr when it belongs to the whole document.
Message* ReadRun::partOf(const Instance& instance) const {
  return around(instance, [](const ScopePlan& plan) { return plan.split || plan.cover; });
}

// What `$message.` means there: inside a `split`, the message of that part.
Message& ReadRun::message(const Instance& instance) const {
  Message* part = partOf(instance);
  return part ? *part : *base_;
}

Message* ReadRun::keptOf(const Instance& instance) const {
  return around(instance, [](const ScopePlan& plan) { return plan.prototype != nullptr; });
}

void ReadRun::marks(const Instance& instance) {
  auto& message = *base_;
  for (const auto& mark : plan_->complete)
    if (testsPass(mark.tests, instance)) message.add_complete(mark.path);
  for (const auto& mark : plan_->clear)
    if (testsPass(mark.tests, instance)) message.add_cleared(mark.path);
}

}  // namespace causeway::mapping
