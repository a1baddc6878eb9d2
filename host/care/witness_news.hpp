#pragma once

#include "host/care/case_fold.hpp"

#include <vector>

namespace causeway::care {

/// What a message says of single witnesses beside what it is about. A court's result: `special_measures.decided`, `summons.issued`,
/// `summons.withdrawn`, as when the prosecutor or the court says so by a message of its own. Records of a witness in prison:
/// `production.requested` for each request that somebody has authorised, and `production.cancelled`. The first word on a case that had not been
/// registered: all of these. About the people of whom it is news, and the hearing for which it holds: the one that is named, else that of the
/// day, else the next one at which the person is awaited, else the next of the case; none where nothing is to come. The same said again, by
/// another source or under another number, is no news.
std::vector<Event> witnessNews(const canonical::Case& before, const canonical::Case& after,
                               const canonical::CanonicalMessage& message);

/// A result that only directs how or whether people whom it names give evidence. It is news of theirs, and no outcome to be told to others:
/// its words name them.
bool isWitnessDirection(const canonical::Result& result);

}  // namespace causeway::care
