#include "host/care/enhanced_rights.hpp"

#include "host/base/text.hpp"
#include "host/care/sources.hpp"

#include <algorithm>
#include <string_view>

namespace causeway::care {
namespace {

using Day = std::chrono::year_month_day;

/// The first day on which somebody born on this day is that old. Born on 29 February: the first of March, where there is no such day.
Day birthday(Day born, int years) {
  const Day out(born.year() + std::chrono::years(years), born.month(), born.day());
  return out.ok() ? out : Day(out.year(), std::chrono::March, std::chrono::day(1));
}

Answer isYoungNow(Day born, int years, Day today) { return today < birthday(born, years) ? Answer::Yes : Answer::No; }

/// An offence "between" two days may have been on the days after the birthday alone.
Answer wasYoungAt(const canonical::Offence& offence, Day born, int years) {
  const auto first = parseDate(offence.starts_on());
  if (!first) return Answer::No;
  const auto last = parseDate(offence.ends_on()).value_or(*first);
  const auto grown = birthday(born, years);
  return last < grown ? Answer::Yes : *first < grown ? Answer::Doubt : Answer::No;
}

/// A victim with what is known of the case.
struct Asked {
  const canonical::Case& whole;
  const canonical::Party& victim;
  Day today;
};

Answer judgeAge(const EnhancedCriterion& criterion, const Asked& of) {
  const auto born = parseDate(of.victim.person().born_on());
  if (!born) return Answer::No;
  auto best = isYoungNow(*born, criterion.under_age, of.today);
  for (const auto& defendant : of.whole.defendants())
    for (const auto& offence : defendant.offences())
      best = std::max(
          best, std::min(isAgainst(of.whole, of.victim, offence), wasYoungAt(offence, *born, criterion.under_age)));
  return best;
}

Answer judgeOffences(const OffenceList& list, const Asked& of) {
  auto best = Answer::No;
  for (const auto& defendant : of.whole.defendants())
    for (const auto& offence : defendant.offences())
      best = std::max(best, std::min(isAgainst(of.whole, of.victim, offence), isListed(list, offence.code().code())));
  return best;
}

Answer judgeCase(const EnhancedCriterion& criterion, const Asked& of) {
  if (!criterion.of_case.holds(of.whole)) return Answer::No;
  return std::ranges::count_if(of.whole.parties(), isVictim) > 1 ? Answer::Doubt : Answer::Yes;
}

/// What a person said last at a console, when that was "not entitled": when they said it, else nothing.
std::string_view loweredAt(const canonical::CaseRecord& record, const std::string& party) {
  std::string_view when;
  bool lowered = false;
  for (const auto& fact : record.facts()) {
    if (fact.element() != party || fact.field() != "enhanced.entitled") continue;
    const auto claim = claimOf(record, fact);
    if (claim.family != "console" || claim.when < when) continue;
    when = claim.when;
    lowered = claim.value != "true";
  }
  return lowered ? when : std::string_view();
}

/// One person in one assessment: what was found before, and what is found now.
class Entitlement {
 public:
  Entitlement(const canonical::CaseRecord& record, canonical::Party& victim, std::string now)
      : victim_(victim), now_(std::move(now)), lowered_at_(loweredAt(record, victim.id())) {
    said_ = std::ranges::any_of(record.facts(), [&](const auto& fact) {
      return fact.element() == victim.id() && fact.field() == "enhanced.entitled" && fact.state().empty() &&
             fact.value() == "true";  // without a state: it is the one shown
    });
    was_raised_ = isRaised();
    was_unclear_ = isUnclear();
    setAside();
  }

  void found(const EnhancedCriterion& criterion, Answer answer) {
    auto* known = reasonOf(criterion.name);
    if (answer == Answer::No) return gone(known);
    const std::string_view state = answer == Answer::Yes ? "holds" : "in_doubt";
    if (known == nullptr) {
      known = victim_.mutable_enhanced()->add_reasons();
      known->set_criterion(criterion.name);
      known->set_since(now_);
    } else if (known->state() == "overruled" || known->state() == state || known->state() == "holds") {
      return;
    } else if (known->state() == "no_longer" && answer == Answer::Doubt) {
      return;
    }
    known->set_rule(criterion.rule);
    known->mutable_ground()->set_code(criterion.ground);
    known->set_state(std::string(state));
    known->clear_until();
  }

  /// What follows from all of it. The core raises, whatever a system says after it; it lowers nothing.
  void conclude() {
    if (!isRaised()) return;
    auto& shown = *victim_.mutable_enhanced();
    if (!said_) {
      shown.set_entitled(true);
      const auto& first = *std::ranges::find_if(shown.reasons(), counts);
      shown.set_decided_by("rule:" + first.rule());
      shown.set_decided_at(first.since());
    }
    for (const auto& reason : shown.reasons()) {
      const auto same = [&](const auto& ground) { return ground.code() == reason.ground().code(); };
      if (counts(reason) && std::ranges::none_of(shown.grounds(), same)) *shown.add_grounds() = reason.ground();
    }
  }

  bool raisedNow() const { return isRaised() && !was_raised_ && !said_; }
  bool unclearNow() const { return isUnclear() && !was_unclear_; }
  bool lapsedNow() const { return lapsed_; }

 private:
  static bool counts(const canonical::EnhancedReason& reason) {
    return reason.state() == "holds" || reason.state() == "no_longer";
  }
  bool isRaised() const { return std::ranges::any_of(victim_.enhanced().reasons(), counts); }
  bool isUnclear() const {
    return !said_ && !isRaised() &&
           std::ranges::any_of(victim_.enhanced().reasons(), [](const auto& one) { return one.state() == "in_doubt"; });
  }

  canonical::EnhancedReason* reasonOf(const std::string& criterion) {
    if (!victim_.has_enhanced()) return nullptr;
    auto& all = *victim_.mutable_enhanced()->mutable_reasons();
    const auto found = std::ranges::find(all, criterion, [](const auto& one) { return one.criterion(); });
    return found == all.end() ? nullptr : &*found;
  }

  // A person has looked at what was found until then.
  void setAside() {
    if (lowered_at_.empty() || !victim_.has_enhanced()) return;
    for (auto& reason : *victim_.mutable_enhanced()->mutable_reasons())
      if (reason.since() <= std::string(lowered_at_) + "Z") reason.set_state("overruled");
  }

  void gone(canonical::EnhancedReason* known) {
    if (known == nullptr || known->state() == "no_longer") return;
    if (known->state() == "holds") {
      known->set_state("no_longer");
      known->set_until(now_);
      lapsed_ = true;
      return;
    }
    auto& all = *victim_.mutable_enhanced()->mutable_reasons();
    all.erase(std::ranges::find(all, known->criterion(), [](const auto& one) { return one.criterion(); }));
  }

  canonical::Party& victim_;
  std::string now_;
  std::string_view lowered_at_;
  bool said_ = false;  ///< some source says that the person is entitled
  bool was_raised_ = false, was_unclear_ = false, lapsed_ = false;
};

bool isLaw(const EnhancedCriterion& criterion, Day day) {
  return criterion.valid_from <= day && (!criterion.valid_to || day <= *criterion.valid_to);
}

}  // namespace

void EnhancedRights::assess(const Assessed& at) const {
  const auto today = toLondon(at.received).date;
  auto& record = at.folded.record;
  std::vector<std::string> raised, unclear, lapsed;
  for (auto& victim : *record.mutable_case_()->mutable_parties()) {
    if (!isVictim(victim) || (victim.has_organisation() && !victim.has_person())) continue;
    Entitlement entitlement(record, victim, formatInstant(at.received));
    const Asked asked{record.case_(), victim, today};
    for (const auto& criterion : criteria_) {
      if (!isLaw(criterion, today)) continue;
      auto answer = criterion.of_person.holds(victim) ? Answer::Yes : Answer::No;
      if (criterion.under_age > 0) answer = std::min(answer, judgeAge(criterion, asked));
      if (!criterion.offences.empty()) answer = std::min(answer, judgeOffences(lists_.at(criterion.offences), asked));
      if (!criterion.of_case.always()) answer = std::min(answer, judgeCase(criterion, asked));
      if (criterion.asks) answer = std::min(answer, Answer::Doubt);
      entitlement.found(criterion, answer);
    }
    entitlement.conclude();
    if (entitlement.raisedNow()) raised.push_back(victim.id());
    if (entitlement.unclearNow()) unclear.push_back(victim.id());
    if (entitlement.lapsedNow()) lapsed.push_back(victim.id());
  }
  for (auto& [type, about] : {std::pair("entitlement.raised", &raised), std::pair("entitlement.unclear", &unclear),
                              std::pair("entitlement.lapsed", &lapsed)})
    if (!about->empty()) at.folded.events.push_back({type, std::move(*about)});
}

}  // namespace causeway::care
