#pragma once

#include "host/routing/routes.hpp"
#include "host/routing/rule.hpp"

#include <vector>

namespace causeway::routing {

/// Makes the drafts of one rule for one event.
class DraftMaker {
 public:
  /// `at` must have the calendar; `limits` is nullptr where no rule names a clock.
  DraftMaker(const canonical::CanonicalMessage& event, Instant received, const model::Circumstances& at,
             const TimeLimits* limits)
      : event_(event), received_(received), at_(at), limits_(limits) {}

  void make(const Rule& rule, std::vector<Draft>& out) const;

 private:
  struct Place {
    const Rule& rule;
    const Tell& tell;
    size_t number;  ///< of the tell in its rule
  };
  /// What a draft is for: an element of `for_each`, and an item of `each_of` in it; empty where there is none.
  struct Whose {
    std::string element, item;
  };
  std::vector<int> elementsFor(const Tell& tell) const;
  bool keepElement(const Tell& tell, int element, canonical::CanonicalMessage& message) const;
  bool keepPerson(const Tell& tell, canonical::CanonicalMessage& message) const;
  /// One draft for each item of the list that the condition holds for, with that item only.
  void makeEachOf(const Place& place, const canonical::CanonicalMessage& message, const std::string& element,
                  std::vector<Draft>& out) const;
  Draft finish(const Place& place, canonical::CanonicalMessage message, const Whose& whose) const;
  std::optional<Instant> dueOf(const Tell& tell, const canonical::CanonicalMessage& message) const;
  std::optional<Instant> dueByDay(const Due& due, const canonical::CanonicalMessage& message) const;
  void addPiece(const Place& place, const Whose& whose, std::optional<Instant> due,
                canonical::CanonicalMessage& message) const;

  const canonical::CanonicalMessage& event_;
  Instant received_;
  const model::Circumstances& at_;
  const TimeLimits* limits_;
};

}  // namespace causeway::routing
