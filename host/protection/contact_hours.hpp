#pragma once

#include "host/base/clock.hpp"
#include "host/model/case.pb.h"

#include <optional>

namespace causeway::protection {

/// When somebody may be reached.
struct ContactMoment {
  enum class When : unsigned char { Now, Later, Unknown } when = When::Now;
  Instant later{};  ///< the first moment that is safe, where it is not now
};

/// By one way of contact: its safe times, in London ("MO TU WE TH FR", "09:00" to "17:00", the end not included). Times that are not on record,
/// or cannot be read, are not known, and what is not known is not safe.
ContactMoment contactMoment(const canonical::SafeContact& safe, Instant now);

/// By every way of contact that `told` gives away, judged by what `known` has on record of it. `told` may be a projection without the safe
/// times. Now when it gives none away, as with a letter. Unknown too when no moment of the next 14 days is safe for all of them.
ContactMoment contactMoment(const canonical::Case& told, const canonical::Case& known, Instant now);

}  // namespace causeway::protection
