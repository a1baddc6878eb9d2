#pragma once

#include "host/base/clock.hpp"
#include "host/base/node.hpp"

#include <atomic>
#include <optional>
#include <string>
#include <vector>

namespace causeway::app {

/// One step of a performance: a document that a partner sends, or time that passes.
struct Step {
  std::string sender, file;        ///< both empty: nothing is sent, it only becomes later
  std::string say;                 ///< what happens, in words
  std::vector<std::string> about;  ///< whom it concerns, as the story calls them
  std::optional<Instant> at;       ///< when it happens; nothing: as soon as the step before it is over
};

/// The steps of FOLDER/story.yaml, in order. Each has `say`; `as` (a partner) with `file` (beside story.yaml) when something is sent; `about` (names), where whoever tells the story
/// sorts it by person; `at` as London's clocks show it ("2026-06-02 08:10"), never before the step above. A step that sends nothing says `at`.
std::vector<Step> loadSteps(const std::string& folder, Problems& problems);

/// The time of a performance: the machine's until it is set, and from then on that much before or after it.
class StoryClock final : public Clock {
 public:
  Instant now() const override { return machine_.now() + ahead_.load(); }
  void set(Instant at) { ahead_ = at - machine_.now(); }

 private:
  SystemClock machine_;
  std::atomic<Instant::duration> ahead_{Instant::duration::zero()};
};

}  // namespace causeway::app
