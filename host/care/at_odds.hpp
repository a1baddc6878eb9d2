#pragma once

#include "host/care/case_fold.hpp"
#include "host/care/sources.hpp"

#include <set>
#include <string>
#include <vector>

/// A trial of which the prosecutor or the records name another day, court or hour than the court that fixed it. Nobody is told of theirs and
/// nobody is warned for it until they agree, the court moves to it, or a person lets the held warning go: a witness would be sent to the
/// wrong court. It is no disagreement when they spoke before the court fixed any, when the court itself lists both, or of other defendants.
namespace causeway::care {

/// Whose word of a trial fixes it: the court's, and that of a person who decided at a console.
inline bool fixesTrials(std::string_view family) { return family == "courts" || family == "console"; }

/// Two hearings as they are shown: the court's trial, and the one that somebody else put in its place since.
struct OtherTrial {
  std::string courts, theirs;
};
/// As the record stands on the day of its last message.
std::vector<OtherTrial> otherTrials(const canonical::CaseRecord& record);

/// The hearings, as they are shown, of which nobody is told for this reason.
std::set<std::string> hearingsAtOdds(const canonical::CaseRecord& record);

/// Turns each `warning.due` for such a hearing into `warning.at_odds`, and keeps as a fact of the fixture (`h-2`, `unwarned`, "p-1") who waits
/// for it. Adds `warning.due` for those who waited and may be warned now, under the hearing that theirs has become. Who waited and is not
/// wanted any more is not stood down (`warning.taken_back` in place of `stand_down.due`): they were told of nothing, unless a person let the
/// warning go.
void holdWarnings(const canonical::CaseRecord& before, canonical::CaseRecord& after,
                  const canonical::CanonicalMessage& message, std::vector<Event>& events);

/// Such a mark, and not something that a source said.
bool isUnwarnedMark(const canonical::Fact& fact);

}  // namespace causeway::care
