#pragma once

#include "host/care/ledger.hpp"

#include <map>
#include <set>
#include <string>

/// One hearing of two defendants is known from two messages that say the same, and may be known better tomorrow: then it was
/// two all along. So the record keeps a fixture for each defendant, to which facts and results belong, and the hearings that
/// are shown are put together from those that say the same, anew with every message. Nothing is lost when they part again.
namespace causeway::care {

/// For the length of a fold `case.hearings` holds the fixtures, and results and attendances refer to them.
void openFixtures(canonical::CaseRecord& record);

/// Puts the fixtures away and shows the hearings that they make. Answers the id of the hearing that each fixture is part of.
/// Warnings and other things that are not of one defendant belong to the hearing that is shown, in the ledger too.
std::map<std::string, std::string> closeFixtures(canonical::CaseRecord& record, Ledger& ledger);

/// The id of the hearing that each of these fixtures is part of.
std::map<std::string, std::string> hearingsOfFixtures(
    const google::protobuf::RepeatedPtrField<canonical::Hearing>& fixtures);

/// The fixtures of a stored record, also of one that an older version wrote.
const google::protobuf::RepeatedPtrField<canonical::Hearing>& fixturesOf(const canonical::CaseRecord& record);

/// Ids of the fixtures that are part of one shown hearing, by its id.
std::map<std::string, std::set<std::string>> fixturesByHearing(const canonical::CaseRecord& record);

}  // namespace causeway::care
