#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace niche {

/// When somebody may be reached without danger.
struct SafeTime {
  std::string days;  ///< "MO TU WE TH FR"
  std::string from;  ///< "10:00", local
  std::string to;    ///< "14:00", local; after `from`
};

/// Reads what records systems write: days, then hours.
///   weekdays 10-14 · weekends 9:30-12 · daily 08:00-20:00 · mon wed 10-12 · MO-FR 10:00-14:00
/// Nothing when any of it is not understood: a safe time that was guessed is not safe.
std::optional<SafeTime> parseSafeTime(std::string_view text);

}  // namespace niche
