#include "host/base/text.hpp"
#include "host/mapping/read_run.hpp"
#include "host/model/reflection_of.hpp"

#include <google/protobuf/message.h>

#include <algorithm>

// How scopes begin and end: the elements of the document that fill an element of the message each.
namespace causeway::mapping {

using google::protobuf::Message;

namespace {

// As when the values are captured: of attributes with the same local name any may pass.
bool passes(const SourceTest& test, NamedTexts attributes) {
  const auto name = std::string_view(test.path).substr(1);
  bool there = false;
  for (const auto& item : attributes) {
    if (item.name != name) continue;
    if (test.passes(trim(item.value), true)) return true;
    there = true;
  }
  return !there && test.passes({}, false);
}

}  // namespace

// What a scope asks of the attributes of its element is known before anything is noted for it. Nor is a scope inside one that was
// refused so of any use.
bool ReadRun::mayOpen(int scope, Frame& frame, NamedTexts attributes) const {
  const auto& plan = plan_->scopes[static_cast<size_t>(scope)];
  const int outer = active_[static_cast<size_t>(plan.parent)].at;
  const auto fits = [&](const TestPlan& test) {
    return !test.test.path.starts_with('@') || passes(test.test, attributes);
  };
  if (outer >= 0 && std::ranges::all_of(plan.tests, fits)) return true;
  const bool inner = outer >= 0 && open_[static_cast<size_t>(outer)].depth == frames_.size();
  if (!inner && !plan.tests.empty()) ++frame.tested;
  return false;
}

void ReadRun::openScope(int scope, Frame& frame) {
  const auto& plan = plan_->scopes[static_cast<size_t>(scope)];
  Instance& instance = open_.emplace_back();
  instance.plan = &plan;
  instance.scope = scope;
  instance.slots = static_cast<std::uint32_t>(slots_.size());
  instance.findings_before = reading_.findings.size();
  instance.links_before = links_.mark();
  instance.parts_before = split_parts_.size();
  instance.number = static_cast<int>(outer_instance_.size());
  outer_instance_.push_back(plan.parent < 0 ? -1 : active(plan.parent).number);
  instance.depth = frames_.size();
  slots_.resize(slots_.size() + static_cast<size_t>(plan.slots));
  if (scope == 0) instance.element = base_;
  active_[static_cast<size_t>(scope)] = {static_cast<int>(open_.size()) - 1, instance.slots};
  ++frame.scopes;
}

// What a scope fills is made when it is known to be wanted: most of those that are opened on trial, for their tests, fail. Those that
// were opened before it and go on are made first, so that the elements of a list stand in the order of the document.
void ReadRun::makeElements() {
  for (; made_ < open_.size(); ++made_) {
    Instance& instance = open_[made_];
    if (!instance.element) makeElement(instance, *instance.plan);
  }
}

void ReadRun::makeElement(Instance& instance, const ScopePlan& plan) {
  const Instance& outer = active(plan.parent);
  if (plan.split || plan.cover) {
    instance.element = arena_->message();
  } else if (plan.prototype) {
    instance.element = arena_->make(*plan.prototype);
  } else if (plan.has_target) {
    Message& root = plan.target.from_message ? message(outer) : *outer.element;
    instance.holder = plan.target.path.reach(root);
    instance.element = &plan.target.path.access().fill(*instance.holder);
    if (plan.target.from_message)
      elsewhere_.push_back({instance.number, instance.holder, &plan.target.path.leaf(), instance.element});
  } else {
    instance.element = outer.element;
  }
}

// A scope opened by the same element as one around it ends before that one does, but all that either is tested by has been read.
bool ReadRun::isRefused(const Instance& instance) const {
  for (const Instance* at = &instance;;) {
    const auto& plan = *at->plan;
    const bool known = at == &instance || !plan.tested_late;
    if (known && !testsPass(plan.tests, *at)) return true;
    if (plan.parent < 0) return false;
    at = &active(plan.parent);
    if (at->depth != instance.depth) return false;
  }
}

void ReadRun::closeScope(Frame& frame) {
  const auto& plan = *open_.back().plan;
  const bool passed = !isRefused(open_.back());
  if (passed && plan.kind == ScopePlan::Kind::Each) makeElements();
  Instance instance = open_.back();
  // A scope inside another one of the same element does not decide whether that element is explained.
  const bool inner = plan.parent >= 0 && active(plan.parent).depth == instance.depth;
  if (!inner && plan.tests.empty()) frame.untested = true;
  if (!inner && !plan.tests.empty()) ++frame.tested;
  // An ignored element is ignored with everything in it.
  if (passed && plan.kind == ScopePlan::Kind::Ignore) unexplained_.resize(frame.unexplained_before);
  if (passed) {
    if (!inner && !plan.tests.empty()) ++frame.passed;
    if (plan.whole)
      for (size_t i = frame.unexplained_before; i < unexplained_.size(); ++i)
        note("bad_value", unexplained_[i],
             "nobody has said what '" + unexplained_[i] + "' means, and the rest must not be taken without it");
    fill(instance, plan);
    finding_owner_.resize(reading_.findings.size(), instance.number);
  } else {
    discard(instance, plan);
    std::erase_if(split_parts_, [&](const Part& part) { return isInside(part.number, instance.number); });
  }
  active_[static_cast<size_t>(instance.scope)] = {};
  slots_.resize(instance.slots);
  open_.pop_back();
  made_ = std::min(made_, open_.size());
  --frame.scopes;
  if (passed && (plan.split || plan.cover)) closePart(instance, plan);
}

// A leaf that repeats passes when any of its values does.
bool ReadRun::testsPass(const std::vector<TestPlan>& tests, const Instance& instance) const {
  for (const auto& test : tests) {
    int at = test.slot < 0 ? -1 : slots_[instance.slots + static_cast<size_t>(test.slot)].first;
    bool passed = at < 0 && test.test.passes({}, false);
    for (; at >= 0 && !passed; at = values_[static_cast<size_t>(at)].next)
      passed = test.test.passes(textOf(values_[static_cast<size_t>(at)]), true);
    if (!passed) return false;
  }
  return true;
}

bool ReadRun::isInside(int instance, int outer) const {
  while (instance > outer) instance = outer_instance_[static_cast<size_t>(instance)];
  return instance == outer;
}

// What its inner scopes noted goes with it; other scopes of the same element may have noted things in between.
void ReadRun::discard(Instance& instance, const ScopePlan& plan) {
  links_.forget(instance.links_before, [&](int owner) { return isInside(owner, instance.number); });
  size_t kept = instance.findings_before;
  for (size_t i = kept; i < reading_.findings.size(); ++i) {
    if (isInside(finding_owner_[i], instance.number)) continue;
    if (i != kept) reading_.findings[kept] = std::move(reading_.findings[i]);
    finding_owner_[kept++] = finding_owner_[i];
  }
  reading_.findings.resize(kept);
  finding_owner_.resize(kept);
  // So do elements that it put beside itself, into a list of the message.
  std::erase_if(elsewhere_, [&](const Elsewhere& item) {
    if (item.owner == instance.number || !isInside(item.owner, instance.number)) return false;
    removeFrom(*item.holder, *item.list, item.element);
    return true;
  });
  if (instance.holder) removeFrom(*instance.holder, plan.target.path.leaf(), instance.element);
}

}  // namespace causeway::mapping
