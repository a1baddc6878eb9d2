#include "host/pipeline/policy_trial.hpp"

#include "host/pipeline/judge.hpp"
#include "host/pipeline/recheck.hpp"

#include <algorithm>
#include <iterator>

namespace causeway::pipeline {
namespace {

constexpr int kAtATime = 500;
constexpr std::size_t kExamples = 3;

std::vector<std::string> onlyIn(std::vector<std::string> these, std::vector<std::string> those) {
  std::ranges::sort(these);
  std::ranges::sort(those);
  std::vector<std::string> out;
  std::ranges::set_difference(these, those, std::back_inserter(out));
  return out;
}

PolicyTrial::Change differenceOf(const DeliveryRow& row, const protection::Decision& before,
                                 const protection::Decision& after) {
  PolicyTrial::Change out{row.recipient, row.type, row.purpose, {}, {}, {}, {}, 0, {}};
  if (before.hold) out.held_before = before.hold->code;
  if (after.hold) out.held_after = after.hold->code;
  out.newly_given = onlyIn(after.granted, before.granted);
  out.no_longer_given = onlyIn(before.granted, after.granted);
  return out;
}

bool isChange(const PolicyTrial::Change& change) {
  return change.held_before != change.held_after || !change.newly_given.empty() || !change.no_longer_given.empty();
}

void count(PolicyTrial& trial, PolicyTrial::Change change, const std::string& delivery_id) {
  const auto same = std::ranges::find_if(trial.changes, [&](const auto& one) {
    return one.recipient == change.recipient && one.type == change.type && one.purpose == change.purpose &&
           one.held_before == change.held_before && one.held_after == change.held_after &&
           one.newly_given == change.newly_given && one.no_longer_given == change.no_longer_given;
  });
  auto& counted = same == trial.changes.end() ? trial.changes.emplace_back(std::move(change)) : *same;
  ++counted.deliveries;
  if (counted.examples.size() < kExamples) counted.examples.push_back(delivery_id);
}

}  // namespace

Result<PolicyTrial> tryPolicy(const Rulebook& rulebook, const protection::Policy& changed, Store& store, Vault& vault,
                              Instant since, Instant now) {
  PolicyTrial out;
  for (std::int64_t after = 0;;) {
    CW_TRY(const auto rows, store.allDeliveries(after, kAtATime));
    if (rows.empty()) return out;
    after = rows.back().sequence;
    for (const auto& row : rows) {
      if (row.created_at < since) continue;
      const auto* partner = rulebook.partner(row.recipient);
      auto waiting = openDraft(store, vault, row);
      if (!partner || !waiting) {
        ++out.unreadable;
        continue;
      }
      bringUpToDate(waiting->draft, waiting->now.case_());
      const auto& whole = waiting->now.case_();
      const auto before = decide(rulebook, waiting->draft, row.recipient, row.purpose, now, &whole);
      auto then = changed.decide(waiting->draft, *partner, row.purpose, now);
      changed.screen(then, whole, *partner, row.purpose);
      if (out.compared++ == 0) out.first_at = formatInstant(row.created_at);
      out.last_at = formatInstant(row.created_at);
      if (auto change = differenceOf(row, before, then); isChange(change))
        count(out, std::move(change), row.delivery_id);
    }
  }
}

}  // namespace causeway::pipeline
