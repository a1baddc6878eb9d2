#pragma once

#include "causeway/sdk.hpp"
#include "local_time.hpp"

#include <string_view>

namespace courts {

/// The courts of England and Wales: results from Libra and Common Platform, as they come through the exchange of the criminal justice
/// system. Its documents are read by the mappings beside it; here is what files cannot say.
class Courts {
 public:
  static constexpr std::string_view kName = "courts";
  static constexpr std::string_view kVersion = "1.0.0";
  static constexpr std::string_view kMappings = "mappings";
  static constexpr std::string_view kMessageTypes[] = {"hearing.resulted"};
  static constexpr sdk::Setting kSettings[] = {
      {.name = "unmarked_times",
       .description = "How to read a time when neither the sender nor the text tells whether it is local or UTC.",
       .type = sdk::Setting::Type::Choice,
       .fallback = "unknown",
       .choices = "unknown|libra_local|cp_utc"},
  };

  explicit Courts(const sdk::Settings& settings) : unmarked_(unmarkedFrom(settings["unmarked_times"])) {}

  /// courts.local_time: see local_time.hpp.
  void time(const sdk::Inputs& in, sdk::Outputs& out) { localTime(in, out, unmarked_); }
  /// courts.next_hearing_from_text: `text` of a result that sends somebody to the Crown Court and has no next hearing. Answers parts of
  /// a NextHearing: court_name, starts_at (the day only), confidence low. Nothing when the text names no court.
  void nextHearingFromText(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.short_code: the short code with which Common Platform begins a result text, in `value`.
  void shortCode(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.taken_into_consideration: how many other offences the text in `value` says were admitted.
  void takenIntoConsideration(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.postcode: the last line of an address in `value` when it is a postcode; Common Platform writes it there.
  void postcode(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.premises: one text of the `part` of a building and the `building`: "Flat 2, 17".
  void premises(const sdk::Inputs& in, sdk::Outputs& out);

  static constexpr sdk::Converter<Courts> kConverters[] = {
      {"courts.local_time", &Courts::time},      {"courts.next_hearing_from_text", &Courts::nextHearingFromText},
      {"courts.short_code", &Courts::shortCode}, {"courts.taken_into_consideration", &Courts::takenIntoConsideration},
      {"courts.postcode", &Courts::postcode},    {"courts.premises", &Courts::premises},
  };

 private:
  Unmarked unmarked_;
};

}  // namespace courts
