#include "host/care/schemes.hpp"

#include "host/base/stable_id.hpp"
#include "host/base/text.hpp"
#include "host/care/eligibility.hpp"

#include <algorithm>
#include <string_view>

namespace causeway::care {
namespace {

/// A number for a referral that leaves the force: it tells nothing, and the same referral has the same number when it is made again.
std::string referralNumber(std::initializer_list<std::string_view> parts) {
  std::string out = stableId(parts);
  for (const size_t dash : {8u, 13u, 18u, 23u}) out.insert(dash, "-");
  return out;
}

/// Somebody said the sentence as such: then nothing is worked out from results.
bool isStated(const canonical::CaseRecord& record, const std::string& defendant) {
  return std::ranges::any_of(
      record.facts(), [&](const auto& fact) { return fact.element() == defendant && fact.field() == "sentence"; });
}

bool optedOut(const canonical::Eligibility& one) {
  return std::ranges::any_of(one.reasons(), [](const auto& why) { return why.code() == "opted_out"; });
}

/// To be referred, or to be looked at by a person.
bool isOpen(const canonical::Eligibility& one) {
  const auto& finding = one.finding().code();
  return (finding == "likely" || finding == "undetermined") && !optedOut(one);
}

canonical::Eligibility* findIn(canonical::Party& party, const std::string& scheme, const std::string& defendant) {
  for (auto& one : *party.mutable_eligibilities())
    if (one.scheme().code() == scheme && one.defendant_id() == defendant) return &one;
  return nullptr;
}

/// Findings made anew stand where the old ones stood; what people and answers added to those stays.
class Assessment {
 public:
  Assessment(Folded& folded, canonical::Defendant& offender) : folded_(folded), offender_(offender) {}

  void put(canonical::Party& victim, canonical::Eligibility found) {
    auto* known = findIn(victim, found.scheme().code(), offender_.id());
    if (known != nullptr && known->has_confirmed_by()) return;
    const bool was_open = known != nullptr && isOpen(*known);
    const std::string before = was_open ? known->finding().code() : std::string();
    if (known == nullptr) known = victim.add_eligibilities();
    *known->mutable_scheme() = found.scheme();
    known->set_defendant_id(found.defendant_id());
    *known->mutable_finding() = found.finding();
    *known->mutable_reasons() = found.reasons();
    known->set_rule_version(found.rule_version());
    if (found.has_due_on()) known->set_due_on(found.due_on());
    const bool is_open = isOpen(*known);
    if (is_open && !known->has_referral_id())
      known->set_referral_id(
          referralNumber({folded_.record.case_().case_id(), victim.id(), offender_.id(), found.scheme().code()}));
    if (was_open != is_open || (is_open && before != known->finding().code())) tell(victim.id());
  }

  /// The sentence is gone: on appeal, or because the court took a result back.
  void close() {
    for (auto& victim : *folded_.record.mutable_case_()->mutable_parties())
      for (auto& known : *victim.mutable_eligibilities()) {
        if (known.defendant_id() != offender_.id() || known.has_confirmed_by()) continue;
        const bool was_open = isOpen(known);
        known.mutable_finding()->set_code("unlikely");
        known.clear_reasons();
        known.add_reasons()->set_code("no_custody");
        if (was_open) tell(victim.id());
      }
  }

  void finish() {
    if (!about_.empty()) folded_.events.push_back({"sentence.passed", std::move(about_)});
  }

 private:
  void tell(const std::string& victim) {
    if (about_.empty()) about_.push_back(offender_.id());
    if (std::ranges::find(about_, victim) == about_.end()) about_.push_back(victim);
  }

  Folded& folded_;
  canonical::Defendant& offender_;
  std::vector<std::string> about_;
};

}  // namespace

const SchemeRule* Schemes::ruleOf(const std::string& scheme, std::chrono::year_month_day day) const {
  for (const auto& rule : rules_)
    if (rule.scheme == scheme && rule.valid_from <= day && (!rule.valid_to || day <= *rule.valid_to)) return &rule;
  return nullptr;
}

std::string Schemes::dueOn(const SchemeRule& rule, std::chrono::year_month_day day) const {
  if (!rule.due_in_working_days) return formatDate(std::chrono::sys_days(day) + std::chrono::days(rule.due_days));
  const auto due = calendar_.after(day, rule.due_days);
  return due ? formatDate(*due) : std::string();
}

void Schemes::assess(Folded& folded) const {
  auto& whole = *folded.record.mutable_case_();
  for (auto& offender : *whole.mutable_defendants()) {
    const auto sentence = sentenceOf(offender, life_);
    if (!isStated(folded.record, offender.id())) {
      if (sentence) *offender.mutable_sentence() = sentence->shown;
      else offender.clear_sentence();
    }
    Assessment assessment(folded, offender);
    if (!sentence) assessment.close();
    else
      for (const std::string scheme : {"vcs", "vns"}) {
        // Without its day a sentence is judged by the newest rule, and the finding is in doubt.
        const auto* rule = sentence->day ? ruleOf(scheme, *sentence->day) : newestOf(scheme);
        if (rule == nullptr) continue;
        for (auto& victim : *whole.mutable_parties()) {
          if (!isVictim(victim)) continue;
          auto found = findEligibility({whole, victim, offender, *sentence}, *rule, lists_.at(rule->offences));
          if (sentence->day) found.set_due_on(dueOn(*rule, *sentence->day));
          assessment.put(victim, std::move(found));
        }
      }
    assessment.finish();
  }
}

const SchemeRule* Schemes::newestOf(const std::string& scheme) const {
  const SchemeRule* out = nullptr;
  for (const auto& rule : rules_)
    if (rule.scheme == scheme && (out == nullptr || out->valid_from < rule.valid_from)) out = &rule;
  return out;
}

}  // namespace causeway::care
