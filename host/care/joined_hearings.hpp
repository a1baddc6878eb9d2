#pragma once

#include "host/model/case.pb.h"

#include <map>
#include <string>
#include <string_view>

/// Hearings that were told of as two and turn out to be one.
namespace causeway::care {

/// The fixtures that are gone, with the one that each has become: the one of which now holds when they were to start.
std::map<std::string, std::string> joinedFixtures(const canonical::CaseRecord& before,
                                                  const canonical::CaseRecord& after);

/// The same for hearings as they are shown, of these fixtures.
std::map<std::string, std::string> joinedHearings(const std::map<std::string, std::string>& fixtures,
                                                  const canonical::CaseRecord& before,
                                                  const canonical::CaseRecord& after);

/// Every hearing that was shown and is not any more, with the one in which it is shown now; empty text: in none.
std::map<std::string, std::string> hearingsGone(const canonical::CaseRecord& before,
                                                const canonical::CaseRecord& after);

/// When the start that the fixture is shown with was first received, RFC 3339; empty when nobody said it.
std::string_view startHeardAt(const canonical::CaseRecord& record, const canonical::Hearing& fixture);

}  // namespace causeway::care
