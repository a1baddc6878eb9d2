#pragma once

#include "host/care/fold.hpp"

namespace causeway::care {

/// What happened in the case, from how it was and how it is. Nothing when nothing shown changed.
std::vector<Event> eventsOf(const canonical::CaseRecord& before, const canonical::CaseRecord& after, const Fold& fold,
                            const canonical::CanonicalMessage& message);

}  // namespace causeway::care
