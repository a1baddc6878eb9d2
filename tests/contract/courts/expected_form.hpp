#pragma once

#include "host/model/case.pb.h"

#include <nlohmann/json.hpp>

namespace causeway::courts {

/// A canonical message in the form in which the public samples state what a correct extraction holds: the conventions of the national
/// results system, which differ from ours. Its codes instead of our words; the plea, verdict and mode of trial of an offence repeated
/// on each of its results; an offence entered in error left out; the conviction date that it fills in when a case is adjourned without
/// a date. Nothing here looks at the sample: only at the canonical message.
nlohmann::json expectedForm(const canonical::CanonicalMessage& message);

}  // namespace causeway::courts
