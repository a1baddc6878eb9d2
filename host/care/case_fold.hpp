#pragma once

#include "host/base/clock.hpp"
#include "host/base/result.hpp"
#include "host/model/case.pb.h"

#include <string>
#include <string_view>
#include <vector>

/// The case as a pure fold over its messages: no clock, no store, no ids from outside. The same messages in any order give
/// the same facts; the shown value of a field is chosen by precedence and by when it was said, never by arrival.
namespace causeway::care {

/// A way to find the case that a message speaks of, strongest first (canonical-model: case join).
struct JoinKey {
  std::string kind;   ///< urn, occurrence, cp_case
  std::string value;  ///< normal form; occurrence is "force/number"
};
std::vector<JoinKey> joinKeys(const canonical::CanonicalMessage& message);
/// By which a case is found where a message names none, only one of its hearings by the court's own number (kind "hearing").
std::vector<JoinKey> hearingKeys(const canonical::Case& whole);

/// What the message is about, for "newest fact of its source": type and business key (for a result: URN, ASN, hearing house and
/// date). Two messages with the same subject and the same content say the same thing.
std::string subjectOf(const canonical::CanonicalMessage& message);

/// Something that happened in the case, to be routed. `about` lists ids of the elements concerned: defendants (d-), offences
/// (o-), results (r-), hearings (h-), parties (p-), orders.
struct Event {
  std::string
      type;  ///< case.registered, case.updated, hearing.resulted, hearing.listed, bail.changed, order.made, case.finalised, ...
  std::vector<std::string> about;
};

/// Something a person should know or decide; no personal value in it.
struct Finding {
  std::string code;     ///< bail_p, unknown_plea, time_conflict, offence_added, hearing_moved, ... (all in README.md)
  std::string element;  ///< id of the element concerned, empty for the case
  std::string text;     ///< plain English
};

struct Folded {
  canonical::CaseRecord record;
  std::vector<Event> events;
  std::vector<Finding> findings;
};

/// Folds one message into a case (an empty record is a new case; the caller sets case_id). Deterministic. Invalid when the
/// message cannot be placed without guessing (an ASN that fits no or several defendants), or has no number of its own: the
/// caller holds it. A message number that the record already holds changes nothing and tells nothing.
Result<Folded> apply(const canonical::CaseRecord& before, const canonical::CanonicalMessage& message);

/// The part of the case that an event speaks of, as a message: the focused defendants with the focused offences and results, the
/// focused hearings, and all parties; of a message about single people those whom the event names, with their supporters and the
/// officer in the case, and of their referrals and plans those that the message names. What routing conditions read and deliveries
/// are made from.
canonical::CanonicalMessage focus(const canonical::Case& whole, const Event& event,
                                  const canonical::CanonicalMessage& cause);

}  // namespace causeway::care
