#include "host/pipeline/hold_text.hpp"

#include <array>
#include <utility>

namespace causeway::pipeline {
namespace {

constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};

std::string twoDigits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string moment(Instant at) {
  const auto london = toLondon(at);
  return std::to_string(static_cast<unsigned>(london.date.day())) + " " +
         kMonths.at(static_cast<unsigned>(london.date.month()) - 1) + " " +
         std::to_string(static_cast<int>(london.date.year())) + " at " + twoDigits(london.hour) + ":" +
         twoDigits(london.minute);
}

std::string tries(const DeliveryRow& row) {
  return row.attempts == 1 ? "once" : std::to_string(row.attempts) + " times";
}

constexpr std::string_view kOrClose = ", or close this one when it is no longer wanted.";

// Codes of holds whose cause lies with us or with the law, and what removes it.
constexpr std::pair<std::string_view, std::string_view> kAdvice[] = {
    {"bail_p", "Find out from the court which is meant and have it sent or recorded; then close this one."},
    {"rule_hold", "The rule wants a person to look first: release this one when it may go, or close it."},
    {"person_erased",
     "Ask the sender why it still sends this person, and close this one; or have the erasure looked at again."},
    {"restriction",
     "Processing of this case or person is restricted: find out whether the restriction still stands ('causeway "
     "restrictions CASE'); once it is lifted release this one, or close it."},
    {"correction_unconfirmed",
     "Ask the recipient whether it has put its records right and tell it to confirm what it is sent; then close this "
     "one."},
    {"correction_unclear",
     "Find out what the recipient holds ('causeway disclosures CASE'), tell it what is right, and close this one."},
    {"tell_by_hand",
     "Tell the recipient yourself what its message says ('causeway trace' with the number of the message), have it do "
     "the same and confirm it; then close this one."},
    {"tell_unclear",
     "Find out what the recipient holds ('causeway disclosures CASE'), tell it if it holds the person, and close this "
     "one."},
    {"basis_missing",
     "Have whoever decided record the condition, the reason and who they are; then release this one, or close it."},
    {"request_incomplete",
     "Have whoever asks complete the request in the records system and send it again; then close this one."},
    {"presumption_stands",
     "Leave counselling information alone and close this one; or have it recorded why it is of substantial probative "
     "value and why the presumption does not hold, and sent again."},
    {"no_notice",
     "Have the victim told, or the exception recorded, and the request sent again; then close this one. Use only a way "
     "of contact that is marked safe."},
    {"consent_missing", "Record the consent in the records system and release this one, or close it."},
    {"restricted",
     "If the recipient may see the case, have the list of the case changed; else close this one. In an emergency: "
     "'causeway break-glass open CASE --recipient ID'."},
    {"contact_hours_unknown",
     "Have it recorded at which hours the person may be reached this way, then release this one; or reach them another "
     "way and close it."},
    {"party_conflict",
     "Ask the recipient for somebody who has nothing to do with the defendant, and have the records say so; or close "
     "this one and tell another service."},
    {"no_agreement", "Renew the agreement in the partner's file and start the host again; then release this one."},
    {"not_agreed",
     "Add the purpose or the type to the agreement, if it covers it, and start again; then release this one."},
    {"no_gateway",
     "Add a gateway with its statute to the legal part, if there is one, and start again; then release this one."},
    {"no_law", "Name the law under 'statute' of the gateway, if there is one, and start again; else close this one."},
    {"no_purpose", "Declare the purpose in the legal part and start again; then release this one."},
    {"third_country",
     "Record the ground for the transfer in the partner's file, if there is one, and start again; else close this "
     "one."},
    {"no_policy_document",
     "Renew the appropriate policy document and its dates in the legal part and start again; then release this one."},
    {"accuracy_contested",
     "Have it settled which is right and the records corrected; then release this one, or close it."},
    {"marking",
     "Have the originator lower the marking, or take it to the recipient by other means and close this one."},
    {"marking_lost",
     "Agree with the recipient that it reads the marking of a delivery, set 'marking_header' in its file and start "
     "again; or take it there by other means and close this one."},
    {"stale", "Have the records system send the case again; then release this one, or close it."},
    {"no_key", "Have the key for pseudonyms put in place and start again; then release this one."},
    {"no_grant", "Let a policy grant what the recipient may have and start again; then release this one."},
    {"no_partner", "Add the partner's file and start again; then release this one."},
    {"no_endpoint", "Add an endpoint to the partner's file and start again; then release this one."},
    {"no_mapping", "Name a mapping under 'writes' in the partner's file and start again; then release this one."},
    {"test_mix", "Nothing is to be sent: close this one."},
    {"no_role", "Record the part that the person plays in the case, in the records system; then release this one."},
    {"no_join", "Ask the sender for a case number; once the mapping reads it, release this one, or close it."},
    {"many_cases", "Find out which case is meant and have the numbers corrected; then release this one, or close it."},
    {"join_restricted",
     "Have the records say who may see each of the two cases; when they are the same people, and no restriction holds "
     "on the one that is to be joined ('causeway restrictions CASE'), release this one. Else close it."},
    {"join_identity",
     "Find out whether the people of one name are one person, and have their numbers or dates of birth recorded in "
     "both cases; then release this one, or close it."},
    {"join_both_sides",
     "Find out whether the accused in one case is the victim or witness in the other, and have dates of birth "
     "recorded; "
     "if they are, the cases stay apart: close this one."},
    {"join_finished", "Join them by hand in the records system if they must be one, and close this one."},
    {"join_erased", "The cases stay apart, so that nobody who was erased comes back: close this one."},
    {"join_under_way",
     "Let what is under way for the case that is to be joined go out, and release or close what is held for it; then "
     "release this one."},
    {"join_unreadable", "If the case was erased, close this one; if not, restore its key and release this one."},
    {"join_divided",
     "The case to be joined was split off, and a whole list of witnesses was divided. Have the prosecutor send the "
     "list "
     "again under the number of the lead case, join the two by hand in the records system, and close this one."},
    {"split_unclear",
     "Nobody was moved. Find out which defendants go (by arrest summons, PNC or Common Platform number) and have the "
     "numbers corrected; then release this one, or close it."},
    {"split_offences",
     "Nobody was moved. Find out whether all offences of the defendant go, and have those of the case completed by "
     "its records system; then release this one, or close it and move them by hand."},
    {"split_everybody", "Nobody was moved. If the case has a new number, have the records say so; close this one."},
    {"split_people",
     "Nobody was moved. Have the records say to which offences the victim or witness belongs; then release this one."},
    {"split_joined",
     "Nobody was moved. Take what is joined out of the case first ('causeway part CASE'); then release this one."},
    {"split_restricted",
     "Nobody was moved. When the restriction is lifted ('causeway restrictions CASE'), release this one; else close "
     "it."},
    {"split_erased", "Nobody was moved, so that nobody who was erased comes back: close this one, and split by hand."},
    {"split_under_way",
     "Nobody was moved. Let what is under way for the case go out, and release or close what is held for it; then "
     "release this one."},
    {"split_unreadable", "If a case was erased, close this one; if not, restore its key and release this one."},
    {"not_placed", "Have the case corrected or completed by its records system; then release this one, or close it."},
    {"bad_value",
     "Mend the mapping or its code table and start again, or have the sender correct it; then release this one."},
    {"missing_part", "Mend the mapping and start again, or have the sender complete it; then release this one."},
    {"other_force", "Close this one and tell the sender; or add the force under 'forces', start again and release it."},
    {"force_unknown", "Have the sender state the force or send a full URN, and close this one."},
    {"case_unreadable", "If the case was erased, close this one; if not, restore its key and release this one."},
    {"message_unreadable", "If the message was erased, close this one; if not, restore its key and release it."},
    {"clock_untold",
     "See to the duty; have a rule tell a supervisor of it (config/routes/clocks.yaml); close this one."},
    {"clock_unknown", "See to the duty, put its clock back into the configuration, and close this one."},
    {"clock_failed", "See to the duty, tell whoever looks after the host, and close this one."},
    {"follow_up_other_host", "Tell the partner that the address it gave is none of its own, and close this one."},
    {"follow_up_bad_path", "Tell the partner that the address it gave cannot be used, and close this one."},
    {"follow_up_no_endpoint", "Add the endpoint to the partner's file, have it send again, and close this one."},
    {"stage_failed", "Tell whoever looks after the host, who finds the fault in its log; then release this one."},
};

}  // namespace

std::string textOf(Setback setback, const DeliveryRow& row, Instant now) {
  const std::string& to = row.recipient;
  const std::string span = " between " + moment(row.created_at) + " and " + moment(now);
  const std::string at = " on " + moment(now);
  const std::string code = row.reason.empty() ? "" : " (" + row.reason + ")";
  switch (setback) {
    case Setback::Unreachable:
      return to + " could not be reached" + span + "; tried " + tries(row) +
             ". Ask whether its system and the line to it work, then release this one to try again" +
             std::string(kOrClose);
    case Setback::PutOff:
      return to + " asked to be sent this again later" + code + span + "; tried " + tries(row) +
             ". Ask when it can take it, then release this one" + std::string(kOrClose);
    case Setback::Rejected:
      return to + " refused this message" + code + at +
             ". Ask what it objects to; release this one when it will take it as it is" + std::string(kOrClose);
    case Setback::OddAnswer:
      return to + " gave an answer that speaks of the connection and not of the message" + code + at +
             ". Check its address, our certificate and our permission there, then release this one" +
             std::string(kOrClose);
    case Setback::AdapterFailed:
      return to + " answered" + code + at +
             ", but its adapter failed to say what the answer means. Ask whether the message arrived: close this one "
             "if "
             "it did, release it if not.";
    case Setback::CannotSend:
      return "No connection to " + to + " can be made" + at +
             ": its endpoint or a certificate is not accepted. Mend it, then release this one" + std::string(kOrClose);
    case Setback::CannotAddress:
      return "The request to " + to + " could not be made up" + code + at +
             ". Look at 'requests' in the partner's file and at what the recipient said of the message before, then "
             "release this one" +
             std::string(kOrClose);
    case Setback::NoReference:
      return to + " took the message" + at +
             ", but gave no number for it, and later messages about it cannot be addressed without. Ask for the "
             "number; "
             "do not send it again: close this one.";
    case Setback::LookUpRefused:
      return to + " would not say" + at +
             " whether an earlier try of this message arrived. Ask: close this one if it did, release it if not.";
    case Setback::PartMissing:
      return "The message for " + to + " needs something that is not on record, or that it may not have" + at +
             ". Have it recorded (a way of contact must be marked safe, and since when), then release this one" +
             std::string(kOrClose);
    case Setback::CannotWrite:
      return "The message for " + to + " could not be written in its format" + at +
             ". Mend the mapping under 'writes' and start again, then release this one" + std::string(kOrClose);
    case Setback::TextHoldsContact:
      return "The words for " + to + " hold a telephone number or an e-mail address" + at +
             ", and one that stands in words says nothing of whether it is safe. Have them written without it in the "
             "records, have the number recorded as a way of contact that is marked safe, and have the case sent again; "
             "then close this one.";
    case Setback::TextTooLong:
      return "The words for " + to + " are longer than its format takes" + at +
             ". Have them written shorter in the records and the case sent again; then close this one.";
    case Setback::CannotRecord:
      return "What would leave for " + to + " could not be written into the disclosure register" + at +
             ", so nothing left. If the case was erased, close this one; if not, release it to try again.";
    case Setback::PolicyFailed:
      return "The policy could not decide whether this may go to " + to + span +
             ". Have whoever looks after the host mend the policy, then release this one" + std::string(kOrClose);
    case Setback::CannotRead:
      return "What was to be sent to " + to + " cannot be read back" + at +
             ": it was erased, or its bytes were changed. If the case was erased, close this one; if not, restore its "
             "key and release it.";
  }
  return "The delivery to " + to + " could not be completed" + at + ".";
}

std::string_view adviceFor(std::string_view code) {
  for (const auto& [known, advice] : kAdvice)
    if (known == code) return advice;
  if (code.starts_with("follow_up_"))
    return "Ask the partner whether it can answer now; then release this one to ask again, or close it.";
  return {};
}

}  // namespace causeway::pipeline
