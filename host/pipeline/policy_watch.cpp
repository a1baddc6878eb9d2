#include "host/pipeline/policy_watch.hpp"

#include <algorithm>

namespace causeway::pipeline {

std::optional<int> PolicyWatch::begin() {
  const std::lock_guard lock(mutex_);
  const auto now = clock_->now();
  if (now < rests_until_) return std::nullopt;
  under_way_.emplace(++next_, now);
  return next_;
}

bool PolicyWatch::inTime(int decision) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = under_way_.find(decision);
    const auto now = clock_->now();
    const bool late = found == under_way_.end() || now - found->second > limit_;
    if (found != under_way_.end()) under_way_.erase(found);
    if (!late) return true;
    rests_until_ = now + kRest;
  }
  if (told_) told_();
  return false;
}

bool PolicyWatch::hangs() const {
  const std::lock_guard lock(mutex_);
  const auto now = clock_->now();
  return std::ranges::any_of(under_way_, [&](const auto& one) { return now - one.second > limit_; });
}

bool PolicyWatch::rests() const {
  const std::lock_guard lock(mutex_);
  return clock_->now() < rests_until_;
}

}  // namespace causeway::pipeline
