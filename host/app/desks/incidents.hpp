#pragma once

#include "host/app/desks/rights_desk.hpp"

#include <string>

namespace causeway::app {

/// Personal-data breaches as they are recorded (DPA 2018 s.67, s.68; UK GDPR Art 33, 34). The Commissioner is told within 72 hours of
/// becoming aware: hours of the clock, not of offices, so a change to summer time moves the hour on the wall. Rows are added, never changed.
class Incidents {
 public:
  explicit Incidents(const RightsParts& parts) : parts_(parts) {}

  /// A new incident. `aware_at` is RFC 3339; empty: now. The answer holds its number and when the Commissioner must have been told.
  Result<std::string> open(const pipeline::Ruling& ruling, const std::string& aware_at);
  /// Adds to an incident: `part` is facts, effects, remedy, subjects, encrypted (s.68(3)(a): why nobody can read what was lost), notified
  /// (the Commissioner was told), late_reason, or closed. Refused for `notified` after the time while no reason for the delay is on record.
  Result<std::string> update(const pipeline::Ruling& ruling, const std::string& part);
  /// One incident as a whole, as JSON.
  Result<std::string> show(const std::string& id);
  /// All of them, newest last.
  Result<std::string> list();

 private:
  Result<pipeline::DecisionRow> find(const std::string& id);
  Result<void> write(const pipeline::DecisionRow& row, const std::string& through);

  const RightsParts& parts_;
};

/// An incident, as `show` gives it, as Markdown.
std::string incidentAsMarkdown(const std::string& json);

}  // namespace causeway::app
