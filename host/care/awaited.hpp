#pragma once

#include "host/care/case_fold.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::care {

/// Not over and not called off, as far as the message can know: not before the day on which it was received or said.
bool isToCome(const canonical::Hearing& hearing, const canonical::CanonicalMessage& message);

/// Not called off or cracked, and, where it is a trial, with something left to try: an offence that is neither admitted nor over.
bool isNeeded(const canonical::Case& whole, const canonical::Hearing& hearing);

/// The prosecutor wants this person in court, or by link, at this hearing, and it is to come and is needed.
bool isWantedAt(const canonical::Case& whole, const canonical::CanonicalMessage& message, std::string_view party,
                std::string_view hearing);

/// Who is to come to court and was not before (`warning.due`), and who was and is not any more (`stand_down.due`): told of each person and
/// hearing, once. Somebody is awaited when the prosecutor wants them in court, or by link, at a hearing that is to come and is needed. A
/// trial is not needed when it is called off or has cracked, or when every offence of its defendants is admitted or over. What is known of
/// the case decides, and not which message came last: an old warning that arrives after a stand-down warns nobody. `joined`: hearings that
/// are gone, with the one that each has become; whoever was awaited at one is awaited at the other and need not be warned again.
std::vector<Event> attendanceEvents(const canonical::Case& before, const canonical::Case& after,
                                    const canonical::CanonicalMessage& message,
                                    const std::map<std::string, std::string>& joined);

/// Refuses a new trial in a case in which everything was over before: a person asks whether something is tried again. One that was fixed
/// before the end and comes late is no new trial.
Result<void> checkTrial(const canonical::Case& before, const canonical::Case& after,
                        const canonical::CanonicalMessage& message);

/// Refuses a stand-down that stands nobody down because the hearing it names has moved since, while people it means are awaited on the new
/// day: which day is meant is for a person to ask. `after`: the case with the message in it.
Result<void> checkStandDown(const canonical::Case& after, const canonical::CanonicalMessage& message,
                            const std::vector<Event>& events);

}  // namespace causeway::care
