#pragma once

#include "host/base/clock.hpp"

#include <optional>
#include <string>

namespace causeway::pipeline {

/// What a person decided about a case, a person, a delivery or an incident, or what Causeway must come back to, kept as it was said and never
/// changed: a later decision is a row of its own. No personal value.
struct DecisionRow {
  std::string decision_id;  ///< UUIDv7
  std::string
      kind;  ///< restriction, retain, break_glass, break_glass_review, erasure_of_person, incident, incident_note
  std::string about;   ///< case or incident
  std::string person;  ///< number in the case; empty: the whole of it
  std::string
      code;  ///< what exactly: evidence, accuracy, erasure; a category of retention; a part of an incident; to whom
  std::string by;       ///< account or collar number
  std::string because;  ///< in words
  Instant at{};
  std::optional<Instant> next_at;  ///< when it must be looked at again, or is due
};

}  // namespace causeway::pipeline
