#include "host/pipeline/rule_trial_tally.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <tuple>

namespace causeway::pipeline {
namespace {

constexpr size_t kExamples = 3;

using Kind = RuleTrial::Kind;

bool leaves(const TriedDelivery* one) { return one && one->live && one->hold.empty(); }
bool isHeld(const TriedDelivery* one) { return one && one->live && !one->hold.empty(); }

// Two rules that tell the same recipient the same about the same are one delivery seen twice.
auto keyOf(const TriedDelivery& one) { return std::tie(one.recipient, one.type, one.purpose, one.about); }

std::vector<std::string> differences(const TriedDelivery& before, const TriedDelivery& after) {
  std::vector<std::string> out;
  if (before.due_at != after.due_at) out.emplace_back("due");
  if (before.priority != after.priority) out.emplace_back("priority");
  if (before.text != after.text) out.emplace_back("text");
  const auto has = [](const TriedDelivery& one, const std::string& field) {
    return std::ranges::find(one.fields, field) != one.fields.end();
  };
  for (const auto& field : after.fields)
    if (!has(before, field)) out.push_back("+" + field);
  for (const auto& field : before.fields)
    if (!has(after, field)) out.push_back("-" + field);
  return out;
}

std::optional<Kind> kindOf(const TriedDelivery* before, const TriedDelivery* after) {
  if (leaves(after) && !leaves(before)) return isHeld(before) ? Kind::NoLongerHeld : Kind::NewlyTold;
  if (isHeld(after) && (!isHeld(before) || before->hold != after->hold)) return Kind::NewlyHeld;
  if ((leaves(before) || isHeld(before)) && !leaves(after) && !isHeld(after)) return Kind::NoLongerTold;
  if (leaves(before) && leaves(after) && !differences(*before, *after).empty()) return Kind::Changed;
  return std::nullopt;
}

int weight(const RuleTrial::Change& change) { return change.statutory ? -1 : static_cast<int>(change.kind); }

}  // namespace

std::string_view nameOf(RuleTrial::Kind kind) {
  switch (kind) {
    case Kind::NewlyTold: return "newly_told";
    case Kind::NoLongerTold: return "no_longer_told";
    case Kind::NewlyHeld: return "newly_held";
    case Kind::NoLongerHeld: return "no_longer_held";
    case Kind::Changed: return "changed";
  }
  return "unknown";
}

bool RuleTrial::losesStatutory() const {
  return std::ranges::any_of(changes, &Change::statutory) ||
         std::ranges::any_of(taken, [](const Taken& one) { return one.what.isLost(); });
}

void TrialTally::add(Instant received) {
  const std::scoped_lock lock(mutex_);
  ++trial_.messages;
  if (!first_ || received < *first_) first_ = received;
  if (!last_ || received > *last_) last_ = received;
  days_.insert(formatDate(toLondon(received).date));
}

void TrialTally::addCase() {
  const std::scoped_lock lock(mutex_);
  ++trial_.cases;
}

void TrialTally::skip(const std::string& why, int messages) {
  const std::scoped_lock lock(mutex_);
  trial_.skipped[why] += messages;
}

void TrialTally::compare(const std::vector<TriedDelivery>& before, const std::vector<TriedDelivery>& after,
                         const StillTold& still_told) {
  std::vector<const TriedDelivery*> left;
  for (const auto& one : after) left.push_back(&one);
  for (const auto& was : before) {
    const auto same = std::ranges::find_if(left, [&](const auto* is) { return keyOf(*is) == keyOf(was); });
    const auto* is = same == left.end() ? nullptr : *same;
    if (is) left.erase(same);
    const bool gone = was.live && (!is || !is->live);
    pair(&was, is, gone && was.statutory && !still_told(was));
  }
  for (const auto* is : left) pair(nullptr, is, false);
}

void TrialTally::pair(const TriedDelivery* before, const TriedDelivery* after, bool lost) {
  const auto& one = after ? *after : *before;
  const auto kind = kindOf(before, after);
  const std::scoped_lock lock(mutex_);
  if (each_) each_(before, after);
  if (before && before->live) ++told_[before->rule];
  if (!kind) return;
  RuleTrial::Change change;
  change.kind = *kind;
  change.recipient = one.recipient;
  change.type = one.type;
  change.purpose = one.purpose;
  if (before) change.rule_before = before->rule;
  if (after) change.rule_after = after->rule;
  if (*kind == Kind::NewlyHeld) change.hold = after->hold;
  if (*kind == Kind::NoLongerHeld) change.hold = before->hold;
  if (*kind == Kind::Changed) change.what = differences(*before, *after);
  change.statutory = lost;
  count(std::move(change), one.message_id);
}

void TrialTally::count(RuleTrial::Change change, const std::string& message_id) {
  const auto same = std::ranges::find_if(trial_.changes, [&](const RuleTrial::Change& one) {
    return std::tie(one.kind, one.recipient, one.type, one.purpose, one.rule_before, one.rule_after, one.hold, one.what,
                    one.statutory) == std::tie(change.kind, change.recipient, change.type, change.purpose,
                                               change.rule_before, change.rule_after, change.hold, change.what,
                                               change.statutory);
  });
  auto& counted = same == trial_.changes.end() ? trial_.changes.emplace_back(std::move(change)) : *same;
  ++counted.deliveries;
  counted.examples.push_back(message_id);
  // The same ones whichever thread was first.
  std::ranges::sort(counted.examples);
  counted.examples.erase(std::ranges::unique(counted.examples).begin(), counted.examples.end());
  if (counted.examples.size() > kExamples) counted.examples.pop_back();
}

RuleTrial TrialTally::finish(std::vector<routing::RuleLoss> taken) {
  for (auto& one : taken) {
    const auto told = told_.find(one.rule_before);
    trial_.taken.push_back({std::move(one), told == told_.end() ? 0 : told->second});
  }
  trial_.days = {days_.begin(), days_.end()};
  if (first_) trial_.first_at = formatInstant(*first_);
  if (last_) trial_.last_at = formatInstant(*last_);
  std::ranges::sort(trial_.changes, [](const RuleTrial::Change& a, const RuleTrial::Change& b) {
    const int of_a = weight(a), of_b = weight(b);
    return std::tie(of_a, a.recipient, a.type, a.rule_before, a.rule_after, a.purpose, a.hold, a.what) <
           std::tie(of_b, b.recipient, b.type, b.rule_before, b.rule_after, b.purpose, b.hold, b.what);
  });
  return std::move(trial_);
}

}  // namespace causeway::pipeline
