#pragma once

#include "london_time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Reads what court staff and court systems write into free text. Only what has a fixed form is taken; nothing is guessed.
namespace courts {

/// Times of day that the text gives for a day: "on 13/09/2024 at 14:00", "2024-09-13, 2:00 pm", "at 14:00 on 13/09/2024". A time
/// belongs to the nearest date before it within a few words. Each different one once, in order.
std::vector<WallClock> timesOn(const WallClock& day, std::string_view text);

/// The short code with which Common Platform begins a result: "REMUB - Remand unconditional bail ..." gives "REMUB".
std::string_view shortCodeOf(std::string_view text);

/// "11 other offences admitted and taken into consideration" gives "11"; empty when the text does not say so.
std::string_view takenIntoConsideration(std::string_view text);

/// A hearing that the text alone tells of.
struct NextHearing {
  std::string court;             ///< "Snaresbrook Crown Court"
  std::optional<WallClock> day;  ///< of "on DD/MM/YYYY"
};

/// The Crown Court that somebody was sent, committed or remanded to; nothing when the text names none.
std::optional<NextHearing> crownCourtHearing(std::string_view text);

}  // namespace courts
