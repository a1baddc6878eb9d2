#include "host/routing/rule_loss.hpp"

#include "host/routing/analysis.hpp"

#include <algorithm>

namespace causeway::routing {
namespace {

using Day = std::chrono::sys_days;
using Why = RuleLoss::Why;

constexpr Day kNever{std::chrono::year{9999} / 12 / 31};

/// A recipient of a rule.
struct One {
  const Rule* rule = nullptr;
  const Tell* tell = nullptr;
};

struct Days {
  Day from, to;
};

Days daysOf(const Rule& rule) {
  return {rule.valid_from ? Day(*rule.valid_from) : Day{}, rule.valid_to ? Day(*rule.valid_to) : kNever};
}

std::string kindOf(const Tell& tell) { return tell.piece ? tell.piece->kind : ""; }

bool tellsTheSame(const Tell& a, const Tell& b) {
  return a.recipient == b.recipient && a.type == b.type && a.purpose == b.purpose && kindOf(a) == kindOf(b);
}

bool asksNoMore(const model::Condition& after, const model::Condition& before) {
  std::vector<model::Need> needs_after, needs_before;
  after.collectNeeds(needs_after);
  before.collectNeeds(needs_before);
  return after.isAllNeeds() && implies(needs_before, needs_after);
}

// As far as can be seen; what cannot be is narrower.
bool isAsWide(const One& after, const One& before) {
  const Rule &is = *after.rule, &was = *before.rule;
  const bool when =
      is.asks == was.asks || (std::ranges::includes(is.types, was.types) && asksNoMore(is.when, was.when));
  const bool past = !is.not_past || (was.not_past && was.not_past->text() == is.not_past->text());
  const bool each =
      after.tell->each_asks == before.tell->each_asks || asksNoMore(after.tell->each_when, before.tell->each_when);
  return when && past && each && after.tell->whom == before.tell->whom;
}

bool isLater(const Due& after, const Due& before) {
  if (before.kind == Due::Kind::None || before.kind == Due::Kind::Clock || after.kind == Due::Kind::Clock) return false;
  return after.kind == Due::Kind::None || after.standard > before.standard || after.enhanced > before.enhanced;
}

/// What each tell of a rule became in the rule of the same id: first those that tell the same to the same people, then in order. Each is
/// taken once, so that of two tells one cannot go unseen. Null: it is gone.
std::vector<const Tell*> pairUp(const Rule& before, const Rule* after) {
  std::vector<const Tell*> out(before.tells.size(), nullptr), left;
  if (!after) return out;
  for (const auto& tell : after->tells) left.push_back(&tell);
  for (const bool exactly : {true, false})
    for (size_t i = 0; i < out.size(); ++i) {
      if (out[i]) continue;
      const auto& was = before.tells[i];
      const auto found = std::ranges::find_if(left, [&](const Tell* one) {
        return tellsTheSame(*one, was) && (!exactly || (one->whom == was.whom && one->each_asks == was.each_asks));
      });
      if (found == left.end()) continue;
      out[i] = *found;
      left.erase(found);
    }
  return out;
}

/// Compares one recipient of a rule with what the other set tells.
class Search {
 public:
  /// `same`: what became of it in the rule of the same id; null where that tells it no more.
  Search(const One& was, const One& same, Day today) : was_(was), same_(same), today_(today) {}

  /// A tell of another rule.
  void consider(const One& one) {
    if (tellsTheSame(*one.tell, *was_.tell) && isAsWide(one, was_) && !takesAway(one))
      others_.push_back(daysOf(*one.rule));
  }

  std::vector<RuleLoss> losses() {
    std::vector<RuleLoss> out;
    if (const auto lost = uncovered()) out.push_back(*lost);
    if (!same_.tell) return out;
    if (out.empty() && !isAsWide(same_, was_) && !covered_by_others_) out.push_back(loss(Why::Narrower));
    if (out.empty() && isLater(same_.tell->due, was_.tell->due)) out.push_back(loss(Why::DueLater));
    return out;
  }

 private:
  std::optional<Why> takesAway(const One& one) const {
    if (!one.rule->live) return Why::Shadow;
    if (was_.tell->hold.empty() && !one.tell->hold.empty()) return Why::Held;
    const auto& clock = was_.tell->due.clock;
    if (!clock.empty() && one.tell->due.clock != clock) return Why::ClockGone;
    return std::nullopt;
  }

  // The first day on which nobody tells it that was told before; kNever: there is none.
  static Day firstUntold(std::vector<Days> by, const Days& wanted) {
    std::ranges::sort(by, {}, &Days::from);
    Day next = wanted.from;
    for (const auto& days : by) {
      if (days.from > next) break;
      if (days.to >= wanted.to) return kNever;
      next = std::max(next, days.to + std::chrono::days(1));
    }
    return next;
  }

  std::optional<RuleLoss> uncovered() {
    auto wanted = daysOf(*was_.rule);
    wanted.from = std::max(wanted.from, today_);
    if (wanted.to < wanted.from) return std::nullopt;  // it had ended
    covered_by_others_ = firstUntold(others_, wanted) == kNever;
    if (covered_by_others_) return std::nullopt;
    if (!same_.tell) return loss(Why::Gone);
    if (const auto why = takesAway(same_)) return loss(*why);
    auto all = others_;
    all.push_back(daysOf(*same_.rule));
    const auto untold = firstUntold(all, wanted);
    if (untold == kNever) return std::nullopt;
    const auto days = daysOf(*same_.rule);
    auto out = loss(days.from > untold ? Why::StartsLater : Why::Ends);
    out.day = std::chrono::year_month_day(days.from > untold ? days.from : days.to);
    return out;
  }

  RuleLoss loss(Why why) const {
    RuleLoss out;
    out.why = why;
    out.rule_before = was_.rule->name;
    if (same_.tell) out.rule_after = same_.rule->name;
    out.recipient = was_.tell->recipient;
    out.type = was_.tell->type;
    out.purpose = was_.tell->purpose;
    out.at = same_.tell ? same_.tell->at : was_.tell->at;
    if (why == Why::Gone && same_.rule) out.at = same_.rule->at;
    const bool of_rule = why == Why::Shadow || why == Why::Ends || why == Why::StartsLater || why == Why::Narrower;
    if (of_rule && same_.tell) out.at = same_.rule->at;
    return out;
  }

  One was_, same_;
  Day today_;
  std::vector<Days> others_;
  bool covered_by_others_ = false;
};

}  // namespace

std::string_view nameOf(RuleLoss::Why why) {
  switch (why) {
    case Why::Gone: return "gone";
    case Why::Shadow: return "shadow";
    case Why::Ends: return "ends";
    case Why::StartsLater: return "starts_later";
    case Why::Held: return "held";
    case Why::ClockGone: return "clock_gone";
    case Why::DueLater: return "due_later";
    case Why::Narrower: return "narrower";
  }
  return "unknown";
}

std::vector<RuleLoss> lossesOf(const std::vector<Rule>& before, const std::vector<Rule>& after,
                               std::chrono::year_month_day today) {
  std::vector<RuleLoss> out;
  for (const auto& rule : before) {
    const auto found = std::ranges::find(after, rule.id, &Rule::id);
    const Rule* same = found == after.end() ? nullptr : &*found;
    if (!rule.live || !rule.statutory || (same && same->content == rule.content)) continue;
    const auto became = pairUp(rule, same);
    for (size_t i = 0; i < rule.tells.size(); ++i) {
      Search search({&rule, &rule.tells[i]}, {same, became[i]}, Day(today));
      for (const auto& other : after) {
        if (&other == same) continue;
        for (const auto& tell : other.tells) search.consider({&other, &tell});
      }
      for (auto& loss : search.losses()) out.push_back(std::move(loss));
    }
  }
  return out;
}

}  // namespace causeway::routing
