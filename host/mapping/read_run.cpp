#include "host/mapping/read_run.hpp"

#include "host/base/text.hpp"
#include "host/model/reflection_of.hpp"

#include <google/protobuf/message.h>

#include <algorithm>

namespace causeway::mapping {

using google::protobuf::Message;

void ReadRun::begin(const ReadPlan& plan, const ReadContext& context) {
  plan_ = &plan;
  context_ = &context;
  text_.clear();
  pool_.clear();
  frames_.clear();
  values_.clear();
  slots_.clear();
  open_.clear();
  split_parts_.clear();
  links_.clear();
  identified_.clear();
  outer_instance_.clear();
  finding_owner_.clear();
  elsewhere_.clear();
  unexplained_.clear();
  active_.assign(plan.scopes.size(), -1);
  reading_ = {};
  arena_.reset();  // first, so that the memory of a document that failed is there for this one
  arena_.emplace();
  base_ = arena_->message();
  frames_seen_ = 0;
  missed_envelope_ = false;
}

void ReadRun::open(std::string_view name, std::string_view, NamedTexts attributes) {
  enter(name);
  for (const auto& item : attributes) attribute(item.name, item.value);
}

void ReadRun::enter(std::string_view name) {
  int node = 0;
  bool ignored = false;
  if (!frames_.empty()) {
    Frame& parent = frames_.back();
    parent.children = true;
    ignored = parent.ignored;
    node = ignored || parent.node < 0 ? -1 : plan_->child(parent.node, name);
  }
  Frame& frame = frames_.emplace_back();
  frame.node = node;
  frame.name = name;
  frame.number = ++frames_seen_;
  frame.unexplained_before = unexplained_.size();
  frame.text_offset = text_.size();
  frame.ignored = ignored;
  if (node >= 0) {
    const auto& known = plan_->nodes[static_cast<size_t>(node)];
    frame.wanted = !known.captures.empty();
    frame.ignored |= known.ignored;
  }
  if (frames_.size() == 1) openScope(0, frame);
  if (frame.ignored) return;
  if (frame.node < 0) {
    if (restIgnored(frames_[frames_.size() - 2])) {
      frame.ignored = true;
    } else if (!plan_->deep_ignores.empty()) {
      std::vector<std::string_view> names;
      for (size_t i = 1; i < frames_.size(); ++i) names.push_back(frames_[i].name);
      frame.ignored = plan_->ignoredDeep(names);
    }
    return;
  }
  for (const int scope : plan_->nodes[static_cast<size_t>(frame.node)].opens) openScope(scope, frame);
}

void ReadRun::attribute(std::string_view name, std::string_view value) {
  const Frame& frame = frames_.back();
  if (frame.ignored) return;
  key_.assign(1, '@').append(name);
  const int child = frame.node < 0 ? -1 : plan_->child(frame.node, key_);
  if (child < 0) {
    if (!restIgnored(frame)) unexplained(key_);
    return;
  }
  for (const auto& [scope, slot] : plan_->nodes[static_cast<size_t>(child)].captures) capture(scope, slot, trim(value));
}

void ReadRun::text(std::string_view piece) {
  Frame& frame = frames_.back();
  if (frame.ignored) return;
  if (frame.wanted) text_ += piece;
  else if (!frame.stray)
    frame.stray = std::ranges::any_of(piece, [](char c) { return c != ' ' && c != '\t' && c != '\n' && c != '\r'; });
}

void ReadRun::close() {
  Frame& frame = frames_.back();
  if (!frame.ignored) {
    if (frame.wanted) {
      const auto value = trim(std::string_view(text_).substr(frame.text_offset));
      if (!value.empty())
        for (const auto& [scope, slot] : plan_->nodes[static_cast<size_t>(frame.node)].captures)
          capture(scope, slot, value);
    } else if (frame.node < 0 && !frame.children) {
      unexplained("");
    }
    // Text that nobody wants is reported as "text()" and may be ignored under that name.
    if (frame.stray && frame.node >= 0 && !restIgnored(frame) && plan_->child(frame.node, "text()") < 0)
      unexplained("text()");
    while (frame.scopes > 0) closeScope(frame);
    if (frame.tested > 0 && frame.passed == 0 && !frame.untested) unexplained("(no 'where' fits)");
  }
  if (frame.wanted) text_.resize(frame.text_offset);
  frames_.pop_back();
}

std::string_view ReadRun::first(const Instance& instance, int slot) const {
  const int index = slot < 0 ? -1 : slots_[instance.slots + static_cast<size_t>(slot)].first;
  return index < 0 ? std::string_view() : textOf(values_[static_cast<size_t>(index)]);
}

bool ReadRun::has(const Instance& instance, int slot) const {
  return slot >= 0 && slots_[instance.slots + static_cast<size_t>(slot)].first >= 0;
}

void ReadRun::capture(int scope, int slot, std::string_view text) {
  const int at = active_[static_cast<size_t>(scope)];
  if (at < 0) return;
  const int index = static_cast<int>(values_.size());
  values_.push_back({static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(text.size()), -1});
  pool_ += text;
  Slot& target = slots_[open_[static_cast<size_t>(at)].slots + static_cast<size_t>(slot)];
  if (target.first < 0) target.first = index;
  else values_[static_cast<size_t>(target.last)].next = index;
  target.last = index;
}

void ReadRun::openScope(int scope, Frame& frame) {
  const auto& plan = plan_->scopes[static_cast<size_t>(scope)];
  Instance instance;
  instance.scope = scope;
  instance.slots = slots_.size();
  instance.findings_before = reading_.findings.size();
  instance.links_before = links_.mark();
  instance.number = static_cast<int>(outer_instance_.size());
  outer_instance_.push_back(
      plan.parent < 0 ? -1 : open_[static_cast<size_t>(active_[static_cast<size_t>(plan.parent)])].number);
  instance.depth = frames_.size();
  slots_.resize(slots_.size() + static_cast<size_t>(plan.slots));
  if (scope == 0) {
    instance.element = base_;
  } else {
    const Instance& outer = open_[static_cast<size_t>(active_[static_cast<size_t>(plan.parent)])];
    Message* parent = outer.element;
    if (plan.split) {
      instance.element = arena_->message();
    } else if (plan.prototype) {
      instance.element = arena_->make(*plan.prototype);
    } else if (plan.has_target) {
      Message& root = plan.target.from_message ? message(outer) : *parent;
      instance.holder = plan.target.path.reach(root);
      instance.element = &model::factsOf(plan.target.path.leaf()).fill(*instance.holder);
      if (plan.target.from_message)
        elsewhere_.push_back({instance.number, instance.holder, &plan.target.path.leaf(), instance.element});
    } else {
      instance.element = parent;
    }
  }
  active_[static_cast<size_t>(scope)] = static_cast<int>(open_.size());
  open_.push_back(instance);
  ++frame.scopes;
}

void ReadRun::closeScope(Frame& frame) {
  Instance instance = open_.back();
  const auto& plan = plan_->scopes[static_cast<size_t>(instance.scope)];
  const bool passed = testsPass(plan.tests, instance);
  // A scope inside another one of the same element does not decide whether that element is explained.
  const bool inner =
      plan.parent >= 0 && open_[static_cast<size_t>(active_[static_cast<size_t>(plan.parent)])].depth == instance.depth;
  if (!inner && plan.tests.empty()) frame.untested = true;
  if (!inner && !plan.tests.empty()) ++frame.tested;
  // An ignored element is ignored with everything in it.
  if (passed && plan.kind == ScopePlan::Kind::Ignore) unexplained_.resize(frame.unexplained_before);
  if (passed) {
    if (!inner && !plan.tests.empty()) ++frame.passed;
    fill(instance, plan);
    finding_owner_.resize(reading_.findings.size(), instance.number);
  } else {
    discard(instance, plan);
  }
  active_[static_cast<size_t>(instance.scope)] = -1;
  slots_.resize(instance.slots);
  open_.pop_back();
  --frame.scopes;
  if (!plan.split || !passed) return;
  for (size_t i = instance.findings_before; i < reading_.findings.size(); ++i)
    reading_.findings[i].part = static_cast<int>(split_parts_.size());
  split_parts_.push_back(static_cast<canonical::CanonicalMessage*>(instance.element));
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

void ReadRun::fill(Instance& instance, const ScopePlan& plan) {
  if (plan.kind == ScopePlan::Kind::Ignore) return;
  if (plan.kind == ScopePlan::Kind::Group) {
    for (const auto& [own, outer] : plan.promotes)
      for (int at = slots_[instance.slots + static_cast<size_t>(own)].first; at >= 0;
           at = values_[static_cast<size_t>(at)].next)
        capture(plan.parent, outer, std::string(textOf(values_[static_cast<size_t>(at)])));
    return;
  }
  for (size_t i = 0; i < plan.values.size(); ++i)
    if (plan.only_slot[i] < 0) write(instance, plan.values[i]);
    else if (has(instance, plan.only_slot[i])) writeLeaf(instance, plan.values[i], plan.only_slot[i]);
  if (instance.scope == 0) {
    marks(instance);
    for (const auto& [name, slot] : plan_->identify)
      if (has(instance, slot)) identified_.insert_or_assign(name, std::string(first(instance, slot)));
  }
  for (const auto& [name, slot] : plan.by)
    if (has(instance, slot))
      links_.add(ElementLinks::Join{instance.number, instance.element, keptOf(instance), name,
                                    std::string(first(instance, slot))});
  const bool whole = plan.by.empty() && plan.one_per_slot < 0;
  if (!whole && !plan.derive.empty()) links_.add(ElementLinks::Waiting{instance.number, instance.element, &plan});
  if (whole && instance.scope != 0) deriver_.run(plan, *instance.element, context_->day, reading_.findings);
  for (const auto& [field, what] : plan.link) {
    Message* enclosing = open_[static_cast<size_t>(active_[static_cast<size_t>(plan.parent)])].element;
    links_.add(ElementLinks::Link{instance.number, enclosing, &field, instance.element});
  }
  keepOrShare(instance, plan);
}

void ReadRun::note(std::string code, const std::string& path, std::string text) {
  reading_.findings.push_back({std::move(code), path, std::move(text)});
}

std::string ReadRun::path() const {
  std::string out;
  for (size_t i = 1; i < frames_.size(); ++i) out += (out.empty() ? "" : "/") + std::string(frames_[i].name);
  return out;
}

void ReadRun::unexplained(std::string_view suffix) {
  std::string where = path();
  if (!suffix.empty()) where += (where.empty() ? "" : "/") + std::string(suffix);
  unexplained_.push_back(std::move(where));
}

}  // namespace causeway::mapping
