#pragma once

#include "answers.hpp"
#include "causeway/sdk.hpp"
#include "stated_time.hpp"

#include <string_view>

namespace cps {

/// The Crown Prosecution Service: our wcu-style JSON and twif-style XML (no public schema exists for either), the forms that it serves
/// on the court, and notices of material. Its documents are read and written by the mappings beside it; here is what files cannot say.
class Cps {
 public:
  static constexpr std::string_view kName = "cps";
  static constexpr std::string_view kVersion = "1.0.0";
  static constexpr std::string_view kMappings = "mappings";
  static constexpr std::string_view kMessageTypes[] = {
      "charging.decided",
      "case.discontinued",
      "case.identifiers_changed",
      "case.updated",
      "contact.made",
      "document.notified",
      "plea.recorded",
      "trial.vacated",
      "witnesses.required",
      "witness.warn_requested",
      "witness.dewarn_requested",
      "witness.absent",
      "special_measures.decided",
      "readiness.certified",
      "action.requested",
      "availability.requested",
      "vps.requested",
      "party.updated",
      "party.removal_requested",
      "hearing.listed",
      "availability.recorded",
      "needs.assessed",
      "special_measures.requested",
      "vps.recorded",
      "witness.engagement_changed",
      "witness.warned",
      "witness.dewarned",
      "attendance.answered",
      "action.answered",
      "summons.served",
  };
  static constexpr sdk::Setting kSettings[] = {
      {.name = "zoned_times",
       .description = "How to read a hearing time that carries a zone which is not London's on that day, such as "
                      "10:00Z in June: as UTC, as local with a wrong zone, or as a doubt for a person.",
       .type = sdk::Setting::Type::Choice,
       .fallback = "unknown",
       .choices = "unknown|utc|local"},
      {.name = "busy_retry_seconds",
       .description = "How long to wait when the CPS says that it is busy or that the case is locked by somebody.",
       .type = sdk::Setting::Type::Number,
       .fallback = "120"},
      {.name = "receipt_required",
       .description = "Whether an answer of success must hold a receipt. Only false where the gateway of the CPS "
                      "answers with an empty 202.",
       .type = sdk::Setting::Type::Flag,
       .fallback = "true"},
  };

  explicit Cps(const sdk::Settings& settings);

  /// cps.stated_time: see stated_time.hpp.
  void time(const sdk::Inputs& in, sdk::Outputs& out) { statedTime(in, out, zoned_); }
  /// cps.due_day and cps.due_time: a deadline, see stated_time.hpp.
  void dueDay(const sdk::Inputs& in, sdk::Outputs& out) { cps::dueDay(in, out, zoned_); }
  void dueTime(const sdk::Inputs& in, sdk::Outputs& out) { cps::dueTime(in, out, zoned_); }
  /// cps.only: a check that writes nothing. Refused when `value` is not among the words of `allowed` (parted by blanks): a message
  /// that stands a witness down must not say in the same breath that the witness is required.
  void only(const sdk::Inputs& in, sdk::Outputs& out);
  /// cps.indicators: the letters of a witness (`value`: "VLT", "V, L", or one value each) as "V,L,T", for `split_on: ","`. What is not
  /// one of the eleven letters is kept and gives the finding unknown_indicator; words are not taken for letters.
  void indicators(const sdk::Inputs& in, sdk::Outputs& out);
  /// cps.yes_no: Y and N as yes and no; NA, "not applicable" and nothing as not said.
  void yesNo(const sdk::Inputs& in, sdk::Outputs& out);
  /// cps.under_18: "under_18" when `value` is an age below it.
  void under18(const sdk::Inputs& in, sdk::Outputs& out);
  /// cps.telephone: one number of `national`, `country` and `extension`. An extension cannot be rung by a machine: it is kept behind
  /// the number and gives the finding telephone_extension.
  void telephone(const sdk::Inputs& in, sdk::Outputs& out);
  /// cps.withdrawn: a mark of a witness that the sender takes back. It lowers nothing: the finding indicator_withdrawn asks a person.
  void withdrawn(const sdk::Inputs& in, sdk::Outputs& out);
  /// cps.any_date: 2026-06-02, 02/06/2026 or 02-06-2026, as the forms and notices write dates of birth.
  void anyDate(const sdk::Inputs& in, sdk::Outputs& out);
  /// cps.day_instant: a day as the instant at which it begins, for what is only known to the day.
  void dayInstant(const sdk::Inputs& in, sdk::Outputs& out);
  /// cps.remarks: several remarks of a form as one text, a line each, led by the name of its input: "summonses: ...".
  /// A bare N or NA is no remark.
  void remarks(const sdk::Inputs& in, sdk::Outputs& out);
  /// cps.urn: a case number of its parts (`force`, `unit`, `number`, `year`, `split`).
  void urn(const sdk::Inputs& in, sdk::Outputs& out);
  /// cps.urn_force and its three sisters: one part of the case number in `value`. A number that has no such parts is refused.
  void urnForce(const sdk::Inputs& in, sdk::Outputs& out);
  void urnUnit(const sdk::Inputs& in, sdk::Outputs& out);
  void urnNumber(const sdk::Inputs& in, sdk::Outputs& out);
  void urnYear(const sdk::Inputs& in, sdk::Outputs& out);
  void urnSplit(const sdk::Inputs& in, sdk::Outputs& out);
  /// A receipt says in a field whether the message was taken; the status of the transport only matters without one.
  sdk::Verdict classifyReply(const sdk::Inputs& in) { return cps::classifyReply(in, answers_); }

  static constexpr sdk::Converter<Cps> kConverters[] = {
      {"cps.stated_time", &Cps::time},
      {"cps.indicators", &Cps::indicators},
      {"cps.yes_no", &Cps::yesNo},
      {"cps.under_18", &Cps::under18},
      {"cps.urn", &Cps::urn},
      {"cps.urn_force", &Cps::urnForce},
      {"cps.urn_unit", &Cps::urnUnit},
      {"cps.urn_number", &Cps::urnNumber},
      {"cps.urn_year", &Cps::urnYear},
      {"cps.urn_split", &Cps::urnSplit},
      {"cps.remarks", &Cps::remarks},
      {"cps.due_day", &Cps::dueDay},
      {"cps.due_time", &Cps::dueTime},
      {"cps.only", &Cps::only},
      {"cps.telephone", &Cps::telephone},
      {"cps.withdrawn", &Cps::withdrawn},
      {"cps.any_date", &Cps::anyDate},
      {"cps.day_instant", &Cps::dayInstant},
  };

 private:
  Zoned zoned_;
  AnswerSettings answers_;
};

}  // namespace cps
