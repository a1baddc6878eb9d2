#include "host/mapping/read_run.hpp"

#include "host/base/text.hpp"

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
  remembered_.resize(std::max(remembered_.size(), static_cast<size_t>(plan.memories)));
  for (auto& item : remembered_) item.answered = false;
  open_.clear();
  made_ = 0;
  split_parts_.clear();
  if (!covers_.empty()) covers_.clear();  // as much work as the largest document ever made it, else
  links_.clear();
  identified_.clear();
  outer_instance_.clear();
  finding_owner_.clear();
  elsewhere_.clear();
  unexplained_.clear();
  active_.assign(plan.scopes.size(), {});
  reading_ = {};
  arena_.reset();  // first, so that the memory of a document that failed is there for this one
  arena_.emplace();
  base_ = arena_->message();
  frames_seen_ = 0;
  asked_of_envelope_.clear();
}

void ReadRun::open(std::string_view name, std::string_view, NamedTexts attributes) {
  enter(name, attributes);
  for (const auto& item : attributes) attribute(item.name, item.value);
}

void ReadRun::enter(std::string_view name, NamedTexts attributes) {
  const SourceNode* node = &plan_->nodes.front();
  bool ignored = false;
  if (!frames_.empty()) {
    Frame& parent = frames_.back();
    parent.children = true;
    ignored = parent.ignored;
    node = ignored || !parent.node ? nullptr : plan_->below(*parent.node, name);
  }
  Frame& frame = frames_.emplace_back();
  frame.node = node;
  frame.name = name;
  frame.number = ++frames_seen_;
  frame.unexplained_before = unexplained_.size();
  frame.text_offset = text_.size();
  frame.ignored = ignored;
  if (node) {
    frame.wanted = !node->captures.empty();
    frame.ignored |= node->ignored;
  }
  if (frames_.size() == 1) openScope(0, frame);
  if (frame.ignored) return;
  if (!node) {
    if (restIgnored(frames_[frames_.size() - 2])) {
      frame.ignored = true;
    } else if (!plan_->deep_ignores.empty()) {
      std::vector<std::string_view> names;
      for (size_t i = 1; i < frames_.size(); ++i) names.push_back(frames_[i].name);
      frame.ignored = plan_->ignoredDeep(names);
    }
    return;
  }
  for (const int scope : node->opens)
    if (mayOpen(scope, frame, attributes)) openScope(scope, frame);
}

void ReadRun::attribute(std::string_view name, std::string_view value) {
  const Frame& frame = frames_.back();
  if (frame.ignored) return;
  key_.assign(1, '@').append(name);
  const auto* child = frame.node ? plan_->below(*frame.node, key_) : nullptr;
  if (!child) {
    if (!restIgnored(frame)) unexplained(key_);
    return;
  }
  captureAll(*child, trim(value));
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
      if (!value.empty()) captureAll(*frame.node, value);
    } else if (!frame.node && !frame.children) {
      unexplained("");
    }
    // Text that nobody wants is reported as "text()" and may be ignored under that name.
    if (frame.stray && frame.node && !restIgnored(frame) && !plan_->below(*frame.node, "text()")) unexplained("text()");
    while (frame.scopes > 0) closeScope(frame);
    if (frame.tested > 0 && frame.passed == 0 && !frame.untested) unexplained("(no 'where' fits)");
  }
  if (frame.wanted) text_.resize(frame.text_offset);
  frames_.pop_back();
}

// What most of a JSON document is: a value that rules take and no scope begins at. It needs no frame, since it ends where it begins.
void ReadRun::leaf(std::string_view name, std::string_view whole) {
  Frame& parent = frames_.back();
  const auto* node = parent.ignored || !parent.node ? nullptr : plan_->below(*parent.node, name);
  if (!node || node->ignored || !node->opens.empty() || node->captures.empty())
    return DocumentHandler::leaf(name, whole);
  parent.children = true;
  ++frames_seen_;
  const auto value = trim(whole);
  if (!value.empty()) captureAll(*node, value);
}

std::string_view ReadRun::first(const Instance& instance, int slot) const {
  const int index = slot < 0 ? -1 : slots_[instance.slots + static_cast<size_t>(slot)].first;
  return index < 0 ? std::string_view() : textOf(values_[static_cast<size_t>(index)]);
}

bool ReadRun::has(const Instance& instance, int slot) const {
  return slot >= 0 && slots_[instance.slots + static_cast<size_t>(slot)].first >= 0;
}

// For every scope that wants it and is open; the text is kept once.
void ReadRun::captureAll(const SourceNode& node, std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  std::uint32_t offset = 0;
  bool kept = false;
  for (const auto& [scope, slot] : node.captures) {
    const Active& target = active_[static_cast<size_t>(scope)];
    if (target.at < 0) continue;
    if (!kept) offset = static_cast<std::uint32_t>(pool_.add(text));
    kept = true;
    capture(target.slots + static_cast<size_t>(slot), offset, size);
  }
}

void ReadRun::capture(size_t slot, std::uint32_t offset, std::uint32_t size) {
  const int index = static_cast<int>(values_.size());
  values_.push_back({offset, size, -1});
  Slot& target = slots_[slot];
  if (target.first < 0) target.first = index;
  else values_[static_cast<size_t>(target.last)].next = index;
  target.last = index;
}

void ReadRun::fill(Instance& instance, const ScopePlan& plan) {
  if (plan.kind == ScopePlan::Kind::Ignore) return;
  if (plan.kind == ScopePlan::Kind::Group) {
    const Active& around = active_[static_cast<size_t>(plan.parent)];
    if (around.at < 0) return;
    for (const auto& [own, outer] : plan.promotes)
      for (int at = slots_[instance.slots + static_cast<size_t>(own)].first; at >= 0;
           at = values_[static_cast<size_t>(at)].next)
        capture(around.slots + static_cast<size_t>(outer), values_[static_cast<size_t>(at)].offset,
                values_[static_cast<size_t>(at)].size);
    return;
  }
  reached_ = {};
  for (size_t i = 0; i < plan.values.size(); ++i)
    if (plan.only_slot[i] < 0) write(instance, plan.values[i]);
    else if (has(instance, plan.only_slot[i])) writeLeaf(instance, plan.values[i], plan.only_slot[i]);
  if (instance.scope == 0) {
    marks(instance);
    for (const auto& [name, slot] : plan_->identify)
      if (has(instance, slot)) identified_.push_back({name, first(instance, slot)});
  }
  for (const auto& [name, slot] : plan.by)
    if (has(instance, slot))
      links_.add(ElementLinks::Join{instance.number, instance.element, keptOf(instance), name,
                                    std::string(first(instance, slot))});
  const bool whole = plan.by.empty() && plan.one_per_slot < 0;
  if (!whole && !plan.derive.empty()) links_.add(ElementLinks::Waiting{instance.number, instance.element, &plan});
  if (whole && instance.scope != 0) deriver_.run(plan, *instance.element, context_->day, reading_.findings);
  for (const auto& [field, what] : plan.link) {
    Message* enclosing = active(plan.parent).element;
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
