#pragma once

#include "causeway/sdk.hpp"
#include "listed_time.hpp"
#include "local_time.hpp"
#include "platform_time.hpp"

#include <string_view>

namespace courts {

/// The courts of England and Wales: results from Libra and Common Platform, as they come through the exchange of the criminal justice
/// system. Its documents are read by the mappings beside it; here is what files cannot say.
class Courts {
 public:
  static constexpr std::string_view kName = "courts";
  static constexpr std::string_view kVersion = "1.0.0";
  static constexpr std::string_view kMappings = "mappings";
  static constexpr std::string_view kMessageTypes[] = {"hearing.resulted",       "hearing.listed",
                                                       "hearing.cancelled",      "trial.vacated",
                                                       "trial.outcome_recorded", "plea.recorded",
                                                       "verdict.recorded",       "application.decided",
                                                       "case.updated",           "special_measures.requested",
                                                       "summons.requested",      "readiness.answered",
                                                       "summons.served",         "document.notified"};
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
  /// courts.platform_time: see platform_time.hpp.
  void platformTime(const sdk::Inputs& in, sdk::Outputs& out) { courts::platformTime(in, out); }
  /// courts.full_name: the parts of a Name of the name in `value`, as a clerk typed it into one box; the finding `name_unsure` when it
  /// is more or less than one person's name.
  void fullName(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.witness_in_text: the same of the witness whom the result text in `value` names.
  void witnessInText(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.presence: how a defendant took part, from every `value` IN_PERSON, BY_VIDEO or NOT_PRESENT of a hearing's days.
  void presence(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.outcome_reason: `kind`, `code` and `jurisdiction` of a trial's outcome as one key: "Vacated L CROWN".
  void outcomeReason(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.application_state: granted, refused or withdrawn, when a result text in one of the `value` begins by saying so.
  void applicationState(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.first_amount: pounds and pence of the first `value`; "£320.10" gives "320.10".
  void firstAmount(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.instant: an instant as Common Platform's servers write it, also "2026-06-02T10:00:00.123Z[UTC]" and "...+00:00".
  void instant(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.first_of: `value`, or `other` when that is missing.
  void firstOf(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.listed_time, courts.clock, courts.published: see listed_time.hpp.
  void listed(const sdk::Inputs& in, sdk::Outputs& out) { listedTime(in, out); }
  void clock(const sdk::Inputs& in, sdk::Outputs& out) { clockOfSitting(in, out); }
  void published(const sdk::Inputs& in, sdk::Outputs& out) { publishedAt(in, out); }
  /// courts.list_version: the version of a published list in `value`. A draft is refused: nobody is told anything from it.
  void listVersion(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.list_file: the organisation unit of a court in the name of the file of its list, such as 5_02062026_2992_B10JQ00_ADULT.
  void listFile(const sdk::Inputs& in, sdk::Outputs& out);
  /// courts.day_in_london: the day that it is in London at the instant in `value`.
  void dayInLondon(const sdk::Inputs& in, sdk::Outputs& out) { dayInLondonAt(in, out); }
  /// courts.joined: every input, with "; " between them.
  void joined(const sdk::Inputs& in, sdk::Outputs& out);

  /// What the prosecutor API answered to a form: taken in under the number of a submission, refused with the court's code, or neither.
  sdk::Verdict classifyReply(const sdk::Inputs& in);

  static constexpr sdk::Converter<Courts> kConverters[] = {
      {"courts.local_time", &Courts::time},
      {"courts.next_hearing_from_text", &Courts::nextHearingFromText},
      {"courts.short_code", &Courts::shortCode},
      {"courts.taken_into_consideration", &Courts::takenIntoConsideration},
      {"courts.postcode", &Courts::postcode},
      {"courts.premises", &Courts::premises},
      {"courts.platform_time", &Courts::platformTime},
      {"courts.full_name", &Courts::fullName},
      {"courts.witness_in_text", &Courts::witnessInText},
      {"courts.presence", &Courts::presence},
      {"courts.outcome_reason", &Courts::outcomeReason},
      {"courts.application_state", &Courts::applicationState},
      {"courts.first_amount", &Courts::firstAmount},
      {"courts.first_of", &Courts::firstOf},
      {"courts.instant", &Courts::instant},
      {"courts.listed_time", &Courts::listed},
      {"courts.clock", &Courts::clock},
      {"courts.published", &Courts::published},
      {"courts.list_version", &Courts::listVersion},
      {"courts.list_file", &Courts::listFile},
      {"courts.joined", &Courts::joined},
      {"courts.day_in_london", &Courts::dayInLondon},
  };

 private:
  Unmarked unmarked_;
};

}  // namespace courts
