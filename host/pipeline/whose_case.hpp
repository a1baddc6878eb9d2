#pragma once

#include "host/pipeline/rulebook.hpp"

#include <optional>

namespace causeway::pipeline {

/// One installation answers for the cases of its own force, or forces. These look at what a message says of whose case it is,
/// before it touches any; a hold names what is wrong and never a number of the case.

/// Held when the message states a force that is not ours. A message that states none speaks of whatever case it joins.
std::optional<protection::Hold> statesOtherForce(const Rulebook& rulebook, const canonical::CanonicalMessage& message);

/// For a message that would open a case: held too when it states no force and its URN begins with the code of another one, or
/// when nothing in it tells whose case it is. The case of a known URN is ours wherever that URN was given.
std::optional<protection::Hold> opensOtherForce(const Rulebook& rulebook, const canonical::CanonicalMessage& message);

}  // namespace causeway::pipeline
