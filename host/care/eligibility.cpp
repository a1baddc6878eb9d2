#include "host/care/eligibility.hpp"

#include <algorithm>
#include <string_view>

namespace causeway::care {
namespace {

/// Reasons in the order in which they were found, each once; one "no" decides, one doubt keeps the rest from being certain.
class Grounds {
 public:
  void note(Answer answer, std::string_view reason) {
    answer_ = std::min(answer_, answer);
    if (std::ranges::none_of(*out_.mutable_reasons(), [&](const auto& one) { return one.code() == reason; }))
      out_.add_reasons()->set_code(std::string(reason));
  }
  canonical::Eligibility result() {
    out_.mutable_finding()->set_code(answer_ == Answer::Yes  ? "likely"
                                     : answer_ == Answer::No ? "unlikely"
                                                             : "undetermined");
    return std::move(out_);
  }

 private:
  canonical::Eligibility out_;
  Answer answer_ = Answer::Yes;
};

void judgeLength(const Sentenced& sentence, const SchemeRule& rule, Grounds& out) {
  const auto from = sentence.day.value_or(
      std::chrono::year_month_day(std::chrono::year(2000), std::chrono::January, std::chrono::day(1)));
  const Length& limit = rule.at_least ? *rule.at_least : *rule.under;
  const bool above = sentence.at_least.reaches(limit, from);
  const bool below = !sentence.at_most.reaches(limit, from) && !sentence.unknown_length;
  if (!above && !below) return out.note(Answer::Doubt, sentence.unknown_length ? "length_unknown" : "total_uncertain");
  const bool takes = above == rule.at_least.has_value();
  out.note(takes ? Answer::Yes : Answer::No, above ? "custody_reaches_limit" : "custody_under_limit");
}

void judgeSentence(const Sentenced& sentence, const SchemeRule& rule, Grounds& out) {
  const auto& shown = sentence.shown;
  if (shown.life()) return out.note(rule.life ? Answer::Yes : Answer::No, "life_sentence");
  if (shown.hospital_order()) return out.note(rule.hospital_order ? Answer::Yes : Answer::No, "hospital_order");
  if (!shown.custodial()) return out.note(Answer::No, "suspended");
  judgeLength(sentence, rule, out);
}

bool isConvicted(const canonical::Offence& offence) {
  return offence.has_convicted_on() || offence.verdict().code().starts_with("guilty") ||
         offence.plea().code().starts_with("guilty");
}

void judgeOffences(const EligibilityQuestion& asked, const OffenceList& list, Grounds& out) {
  constexpr std::string_view kNone = "no_offence_against_victim";
  Answer best = Answer::No;
  std::string_view why = kNone;
  const auto take = [&](Answer answer, std::string_view reason) {
    if (answer <= best && why != kNone) return;
    best = answer;
    why = reason;
  };
  for (const auto& offence : asked.offender.offences()) {
    const bool own = asked.sentence.by_offence.contains(offence.id());
    const bool shared = asked.sentence.at_defendant && isConvicted(offence);
    const Answer against = isAgainst(asked.whole, asked.victim, offence);
    if ((!own && !shared) || against == Answer::No) continue;
    const Answer listed = isListed(list, offence.code().code());
    const std::string_view reason = listed == Answer::Yes     ? "offence_listed"
                                    : listed == Answer::Doubt ? "offence_in_doubt"
                                                              : "offence_not_listed";
    // A sentence on the defendant as a whole may be for another of the offences.
    const bool sure = against == Answer::Yes && (own || asked.offender.offences_size() == 1);
    if (listed == Answer::Yes && !sure)
      take(Answer::Doubt, against == Answer::Yes ? "sentence_not_linked" : "victim_not_linked");
    else take(listed, reason);
  }
  out.note(best, why);
}

}  // namespace

canonical::Eligibility findEligibility(const EligibilityQuestion& asked, const SchemeRule& rule,
                                       const OffenceList& list) {
  Grounds out;
  if (asked.offender.has_organisation() && !asked.offender.has_person()) out.note(Answer::No, "offender_no_person");
  if (!asked.sentence.day) out.note(Answer::Doubt, "day_of_sentence_unknown");
  judgeSentence(asked.sentence, rule, out);
  judgeOffences(asked, list, out);
  auto finding = out.result();
  for (const auto& refused : asked.victim.opted_out_of())
    if (std::ranges::find(rule.opted_out_by, refused.code()) != rule.opted_out_by.end()) {
      finding.add_reasons()->set_code("opted_out");
      break;
    }
  finding.mutable_scheme()->set_code(rule.scheme);
  finding.set_defendant_id(asked.offender.id());
  finding.set_rule_version(rule.name);
  return finding;
}

}  // namespace causeway::care
