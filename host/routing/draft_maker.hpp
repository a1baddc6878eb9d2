#pragma once

#include "host/routing/routes.hpp"
#include "host/routing/rule.hpp"

#include <vector>

namespace causeway::routing {

/// Makes the drafts of one rule for one event.
class DraftMaker {
 public:
  DraftMaker(const canonical::CanonicalMessage& event, Instant received, const WorkingDays& calendar)
      : event_(event), received_(received), calendar_(calendar) {}

  void make(const Rule& rule, std::vector<Draft>& out) const;

 private:
  struct Place {
    const Rule& rule;
    const Tell& tell;
    size_t number;  ///< of the tell in its rule
  };
  std::vector<int> elementsFor(const Tell& tell) const;
  bool keepElement(const Tell& tell, int element, canonical::CanonicalMessage& message) const;
  bool keepPerson(const Tell& tell, canonical::CanonicalMessage& message) const;
  Draft finish(const Place& place, canonical::CanonicalMessage message, const std::string& element) const;
  std::optional<Instant> dueOf(const Tell& tell, const canonical::CanonicalMessage& message) const;
  void addPiece(const Place& place, const std::string& element, std::optional<Instant> due,
                canonical::CanonicalMessage& message) const;

  const canonical::CanonicalMessage& event_;
  Instant received_;
  const WorkingDays& calendar_;
};

}  // namespace causeway::routing
