#pragma once

#include "causeway/sdk.hpp"

#include <array>
#include <string>
#include <string_view>

namespace referral {

namespace sdk = causeway::sdk;

/// Services that support victims and witnesses, through the partner referral profile (our own; no public schema exists), and GOV.UK
/// Notify-shaped messages to the people themselves.
class Referral {
 public:
  static constexpr std::string_view kName = "referral";
  static constexpr std::string_view kVersion = "1.0.0";
  static constexpr std::string_view kMappings = "mappings";
  static constexpr std::string_view kMessageTypes[] = {
      "referral.sent",       "referral.updated",        "referral.withdrawn",       "correction.issued",
      "referral.progressed", "contact.reported_unsafe", "notice.confirmed",         "safeguarding_plan.decided",
      "hearing.resulted",    "notification.requested",  "notification.settled",     "victim_information.requested",
      "witness.warned",      "witness.dewarned",        "special_measures.decided", "processing.restricted",
      "processing.resumed",  "erasure.requested"};
  static constexpr sdk::Setting kSettings[] = {
      {.name = "referrer_organisation", .description = "Who refers, as the partner shows it: the name of the unit."},
      {.name = "referrer_name",
       .description = "The name that a partner asks for on the telephone: a person or a desk of the unit."},
      {.name = "referrer_email", .description = "Shared mailbox of the unit; answers and questions go there."},
      {.name = "referrer_phone", .description = "Telephone of the unit, in E.164 form."},
      {.name = "call_back_number", .description = "The number that a text or letter to a victim asks to ring."},
      {.name = "sms_parts",
       .description = "The most parts that one text may take: a text that needs more is not sent.",
       .type = sdk::Setting::Type::Number,
       .fallback = "3"},
      {.name = "busy_retry_seconds",
       .description = "How long to wait when a partner says that it is busy and not for how long.",
       .type = sdk::Setting::Type::Number,
       .fallback = "300"},
  };

  explicit Referral(const sdk::Settings& settings);

  /// referral.referrer: `part` is organisation, name, email, phone or call_back; answers the setting.
  void referrer(const sdk::Inputs& in, sdk::Outputs& out);
  /// referral.reference: `id` (a UUID), `service` and, where there is one, `given`. Answers `given`, else two letters, four figures
  /// and two letters for the service, made of the id: short enough to say on the telephone.
  void reference(const sdk::Inputs& in, sdk::Outputs& out);
  /// referral.due: `value` is a date; answers 17:00 London time of that day as an instant.
  void due(const sdk::Inputs& in, sdk::Outputs& out);
  /// referral.day: `value` is a moment; answers the day in London.
  void day(const sdk::Inputs& in, sdk::Outputs& out);
  /// referral.full_name: `given` (may repeat) and `family`; answers them in one line.
  void fullName(const sdk::Inputs& in, sdk::Outputs& out);
  /// referral.wait: `until` (a day) or `weeks`; answers how long the partner's list is.
  void wait(const sdk::Inputs& in, sdk::Outputs& out);
  /// referral.free_text: `value` is text of a person (several are put together), `limit` the most characters. Refused when it is longer or holds what looks like
  /// a telephone number or an e-mail address: those belong in the contact block, where safety is judged.
  void freeText(const sdk::Inputs& in, sdk::Outputs& out);
  /// referral.sms: `value` is an approved text, with {number} for the number to ring. Refused when it needs more parts than allowed.
  void sms(const sdk::Inputs& in, sdk::Outputs& out);
  /// referral.post: the lines of an address, as `line`, `premises`, `town`, `county`, `postcode`; answers one text, a line each.
  void post(const sdk::Inputs& in, sdk::Outputs& out);
  /// referral.letter_line: as referral.post, with `given` and `family` above and `n`: answers line n of the seven that a letter has. The
  /// postcode comes last.
  void letterLine(const sdk::Inputs& in, sdk::Outputs& out);
  /// 201 and 202 are receipts; 409 "duplicate" is one too. A refusal names its code, never the words.
  sdk::Verdict classifyReply(const sdk::Inputs& in);

  static constexpr sdk::Converter<Referral> kConverters[] = {{"referral.referrer", &Referral::referrer},
                                                             {"referral.reference", &Referral::reference},
                                                             {"referral.due", &Referral::due},
                                                             {"referral.day", &Referral::day},
                                                             {"referral.full_name", &Referral::fullName},
                                                             {"referral.wait", &Referral::wait},
                                                             {"referral.free_text", &Referral::freeText},
                                                             {"referral.sms", &Referral::sms},
                                                             {"referral.post", &Referral::post},
                                                             {"referral.letter_line", &Referral::letterLine}};

 private:
  std::string organisation_, name_, email_, phone_, call_back_;
  int sms_parts_, busy_retry_seconds_;
};

}  // namespace referral
