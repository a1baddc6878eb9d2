#pragma once

#include "host/model/case.pb.h"

#include <nlohmann/json.hpp>

#include <string>

namespace causeway::courts {

/// What both the police's interface and Common Platform's own JSON can say of one defendant at one hearing, as the documented conversion of
/// one into the other keeps it:
///   - offences without results are left out;
///   - no plea and "no plea taken" are the same; an indicated guilty plea is told to the police as a guilty plea;
///   - a next hearing without an exact day and time, or without a court, is left out; bail from now on stands only beside one;
///   - a bail status that is missing is told as "not applicable";
///   - names are cut to 35 characters, qualifiers to four; the postcode moves into the lines of the address.
/// Ids, people other than the defendant and what only one of them can say are not in it.
nlohmann::json commonPart(const canonical::CanonicalMessage& message);

/// Where two of them differ: paths, never values.
std::string differences(const nlohmann::json& one, const nlohmann::json& other);

}  // namespace causeway::courts
