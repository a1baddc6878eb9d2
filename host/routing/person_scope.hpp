#pragma once

#include "host/model/case.pb.h"

#include <string>

namespace causeway::routing {

/// Takes out of a case what concerns other victims: offences that name others and not this person, conditions and orders
/// that do not protect this person, and defendants of whom nothing is left; then the numbers of others wherever they are
/// linked. Answers false when the case spoke of offences and none concerns this person: then there is nothing to tell.
bool keepOnlyWhatConcerns(const canonical::Party& person, canonical::Case& whole);

/// Takes the numbers of people other than those in the case's own list of parties out of every link.
void dropLinksToOthers(canonical::Case& whole);

/// Takes out everybody but this one: whoever is asked about one person is told of no other.
void keepOnlySubject(const std::string& id, canonical::Case& whole);

}  // namespace causeway::routing
