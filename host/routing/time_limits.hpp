#pragma once

#include "host/base/clock.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::routing {

/// The clocks that a rule may name (`due: { clock: outcome-told }`), as routing must know them: their law is dated data of config/clocks.
class TimeLimits {
 public:
  virtual ~TimeLimits() = default;
  /// Ids, for checks and "did you mean".
  virtual std::vector<std::string> names() const = 0;
  /// The limit of this clock differs for people who are entitled to enhanced rights.
  virtual bool dependsOnPerson(std::string_view clock) const = 0;
  /// When a duty received then is due; nothing when no law holds then or the calendar does not reach so far.
  virtual std::optional<Instant> due(std::string_view clock, Instant received, bool enhanced) const = 0;
  /// When it is due if its law, as of a receipt then, is counted back from a day; nothing when no law holds then.
  virtual std::optional<Instant> before(std::string_view clock, Instant received,
                                        std::chrono::year_month_day day) const = 0;
};

}  // namespace causeway::routing
