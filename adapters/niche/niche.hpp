#pragma once

#include "causeway/sdk.hpp"
#include "occurrence_pattern.hpp"

#include <string>
#include <string_view>

namespace niche {

namespace sdk = causeway::sdk;

/// Records systems of the police: our niche-style XML, and a second dialect in JSON that differs in mappings and tables only.
class Niche {
 public:
  static constexpr std::string_view kName = "niche";
  static constexpr std::string_view kVersion = "1.0.0";
  static constexpr std::string_view kMappings = "mappings";
  static constexpr std::string_view kMessageTypes[] = {"case.registered",
                                                       "case.updated",
                                                       "needs.assessed",
                                                       "consent.changed",
                                                       "safe_contact.changed",
                                                       "availability.recorded",
                                                       "vps.recorded",
                                                       "contact.made",
                                                       "witness.engagement_changed",
                                                       "witness.in_custody",
                                                       "referral.requested",
                                                       "safeguarding_plan.recorded",
                                                       "background_check.requested",
                                                       "background_check.answered",
                                                       "attendance.answered",
                                                       "action.answered",
                                                       "summons.served",
                                                       "task.completed",
                                                       "officer.changed",
                                                       "party.moved_area",
                                                       "expenses.recorded",
                                                       "complaint.received",
                                                       "victim_information.requested",
                                                       "task.raised",
                                                       "task.cancelled",
                                                       "log_entry.added",
                                                       "officer.notified",
                                                       "duty.change_requested",
                                                       "record.change_proposed",
                                                       "discrepancy.raised",
                                                       "background_check.asked",
                                                       "background_check.summarised"};
  static constexpr sdk::Setting kSettings[] = {
      {.name = "occurrence_pattern",
       .description =
           "How occurrence numbers look, by force: 52=5226999999,34=AA/9999/9999999 (9 a digit, A a letter)."},
      {.name = "busy_retry_seconds",
       .description = "How long to wait when the records system says that it is busy or a record is locked.",
       .type = sdk::Setting::Type::Number,
       .fallback = "120"},
  };

  explicit Niche(const sdk::Settings& settings);

  /// niche.occurrence: `value` is the number, `force` the force. Answers an identifier of type "occurrence": graded warn, with the
  /// finding odd_occurrence, when the number does not look as the setting says.
  void occurrence(const sdk::Inputs& in, sdk::Outputs& out);
  /// niche.safe_times: "weekdays 10-14" becomes days, from and to. What is not understood gives no safe time, and a finding.
  void safeTimes(const sdk::Inputs& in, sdk::Outputs& out);
  /// A receipt says in a field whether it stored what it was sent; the status of the transport only matters without one.
  sdk::Verdict classifyReply(const sdk::Inputs& in);

  static constexpr sdk::Converter<Niche> kConverters[] = {{"niche.occurrence", &Niche::occurrence},
                                                          {"niche.safe_times", &Niche::safeTimes}};

 private:
  OccurrencePatterns patterns_;
  int busy_retry_seconds_;
};

}  // namespace niche
