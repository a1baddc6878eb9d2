#pragma once

#include "host/model/case.pb.h"
#include "host/model/values.hpp"

#include <set>

namespace causeway::mapping {

/// Lists of which a mapping names the elements by number alone: `hearings[0]` of the base and of the part is one hearing.
using NumberedLists = std::set<const model::ProtoField*>;

/// Adds what `base` says to what `part` says, as if the part had been merged into a copy of the base: a single value of the part
/// stands before that of the base, the elements of a list come after those of the base, those of a numbered list are joined one by one. The base is the smaller of the two in
/// every document, so this way round is the quicker one.
void mergeBelow(const canonical::CanonicalMessage& base, canonical::CanonicalMessage& part,
                const NumberedLists& numbered);

/// The same where the base is not needed afterwards: what the part does not have is taken over and not copied. Both lie in the same
/// memory.
void takeBelow(canonical::CanonicalMessage& base, canonical::CanonicalMessage& part, const NumberedLists& numbered);

}  // namespace causeway::mapping
