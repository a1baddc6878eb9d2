#pragma once

#include "host/care/case_fold.hpp"

#include <vector>

/// Whose last telling was of the day of a hearing. The record keeps it as facts of its own beside what others say: one of a fixture and a
/// person (`h-1`, `told`, `p-2`) from the event that tells them the day until one that tells them that it is off. Two fixtures or people that
/// turn out to be one have the marks of both, whoever is erased has none. What was loaded from before the first day counts as told: others did.
namespace causeway::care {

/// A mark, and not something that a source said.
bool isToldMark(const canonical::Fact& fact);

/// A record of an older version has no marks: everybody in its case counts as told of every hearing that is still to be held.
void beginMarks(canonical::CaseRecord& record);

/// `hearing.called_off`, once for each hearing that is vacated or cancelled, before its day is over: about it, its defendants and the people
/// whose last telling was of its day. Not those whom `events` stand down from it, nor those for whom another hearing stays on that day
/// at the same court. What is known decides: a hearing that was vacated before anybody was told of it calls nobody.
std::vector<Event> calledOffEvents(const canonical::CaseRecord& after, const canonical::CanonicalMessage& message,
                                   const std::vector<Event>& events);

/// Marks whom these events tell of a day, and takes back the marks of those whom they tell that it is off. Who is stood down alone is told
/// not to come, and hears nothing more of that day; a victim does, whose case it is all the same.
void markTold(canonical::CaseRecord& record, const canonical::CanonicalMessage& message,
              const std::vector<Event>& events);

}  // namespace causeway::care
