#include "host/pipeline/break_glass.hpp"

#include <algorithm>
#include <array>

namespace causeway::pipeline {
namespace {

constexpr std::array<std::string_view, 3> kSuspectsSides{"defence", "suspect", "offender_management"};

bool isOpen(const DecisionRow& opening, Instant now) {
  return opening.at <= now && opening.next_at && now < *opening.next_at;
}

}  // namespace

bool opensTo(const std::vector<DecisionRow>& openings, std::string_view recipient, Instant now) {
  return std::ranges::any_of(openings, [&](const DecisionRow& one) {
    return !recipient.empty() && one.code == recipient && isOpen(one, now);
  });
}

void nameWhileOpen(canonical::CanonicalMessage& draft, const std::vector<DecisionRow>& openings,
                   std::string_view recipient, Instant now) {
  auto& whole = *draft.mutable_case_();
  if (whole.restricted_to().empty() || !opensTo(openings, recipient, now)) return;
  whole.add_restricted_to(std::string(recipient));
}

Result<DecisionRow> BreakGlass::open(const Ruling& ruling, const std::string& recipient, std::chrono::minutes time) {
  CW_CHECK_OK(parts_.holds.check(ruling, nullptr));
  if (time.count() < 1 || time > longest_)
    return fail(ErrorKind::Invalid, "say for how many minutes, from 1 to " + std::to_string(longest_.count()) +
                                        " (break_glass.longest of the main file)");
  const auto* partner = recipient.empty() ? nullptr : parts_.rulebook.partner(recipient);
  if (!recipient.empty() && !partner) return fail(ErrorKind::NotFound, "no partner has this id");
  if (partner && std::ranges::find(kSuspectsSides, partner->side) != kSuspectsSides.end())
    return fail(ErrorKind::Refused, "a restricted case is never opened to the side of the suspect");
  CW_TRY(const auto named, namedIn(ruling.about));
  if (named.empty())
    return fail(ErrorKind::Refused, "the case is not restricted to named people, so there is nothing to open");
  const auto now = parts_.clock.now();
  DecisionRow row{parts_.ids.timeOrdered(),
                  std::string(kBreakGlass),
                  ruling.about,
                  {},
                  recipient,
                  ruling.by,
                  ruling.because,
                  now,
                  now + time};
  CW_CHECK_OK(write(row, row.about, ruling.through));
  return row;
}

Result<DecisionRow> BreakGlass::review(const Ruling& ruling) {
  CW_CHECK_OK(parts_.holds.check(ruling, nullptr));
  CW_TRY(const auto all, list());
  const auto found =
      std::ranges::find_if(all, [&](const Opened& one) { return one.opening.decision_id == ruling.about; });
  if (found == all.end())
    return fail(ErrorKind::NotFound, "no opening has this number; 'causeway break-glass list' names them");
  if (found->review)
    return fail(ErrorKind::Conflict, "it was reviewed before, by " + found->review->by + "; nothing was done");
  if (found->opening.by == ruling.by)
    return fail(ErrorKind::Refused, "whoever opened a case does not review it: another person must");
  DecisionRow row{parts_.ids.timeOrdered(),
                  std::string(kBreakGlassReview),
                  ruling.about,
                  {},
                  {},
                  ruling.by,
                  ruling.because,
                  parts_.clock.now(),
                  {}};
  CW_CHECK_OK(write(row, found->opening.about, ruling.through));
  return row;
}

Result<std::vector<Opened>> BreakGlass::list() {
  CW_TRY(auto openings, parts_.store.decisionsAbout(kBreakGlass, ""));
  CW_TRY(const auto reviews, parts_.store.decisionsAbout(kBreakGlassReview, ""));
  std::vector<Opened> out;
  for (auto& opening : openings) {
    const auto review = std::ranges::find(reviews, opening.decision_id, &DecisionRow::about);
    out.push_back({std::move(opening), review == reviews.end() ? std::nullopt : std::optional(*review)});
  }
  return out;
}

Result<void> BreakGlass::mayLook(const std::string& case_id, std::string_view by) {
  if (case_id.empty()) return {};
  CW_TRY(const auto named, namedIn(case_id));
  if (named.empty() || std::ranges::find(named, by) != named.end()) return {};
  CW_TRY(const auto openings, parts_.store.decisionsAbout(kBreakGlass, case_id));
  const auto now = parts_.clock.now();
  if (std::ranges::any_of(openings, [&](const DecisionRow& one) { return one.by == by && isOpen(one, now); }))
    return {};
  return fail(ErrorKind::Refused,
              "the case may be seen by named people only. In an emergency open it first: causeway break-glass open "
              "CASE --by WHO --reason TEXT --minutes N, and give the same --by here");
}

// Those to whom the case is restricted; none when it is not. One that cannot be read shows nothing to anybody.
Result<std::vector<std::string>> BreakGlass::namedIn(const std::string& case_id) {
  CW_TRY(const auto stored, parts_.store.findCase(case_id));
  if (!stored) return fail(ErrorKind::NotFound, "no case has this number");
  const auto bytes = parts_.vault.open(case_id, "snapshot", stored->snapshot_sealed);
  canonical::CaseRecord record;
  if (!bytes || !record.ParseFromString(*bytes))
    return fail(ErrorKind::Refused, "the case cannot be read: it was erased, or its bytes were changed");
  const auto& named = record.case_().restricted_to();
  return std::vector<std::string>(named.begin(), named.end());
}

Result<void> BreakGlass::write(const DecisionRow& row, const std::string& case_id, const std::string& through) {
  AuditEvent event{
      .op = row.kind, .at = row.at, .actor = row.by, .case_id = case_id, .recipient = row.code, .rule = "RESTRICTED"};
  const bool opening = row.kind == kBreakGlass;
  event.details = {{"number", opening ? row.decision_id : row.about}, {"because", row.because}, {"through", through}};
  if (row.next_at) event.details.emplace_back("until", formatInstant(*row.next_at));
  const bool stored = parts_.writer.perform([&](Transaction& tx) -> Result<void> {
    CW_CHECK_OK(tx.insert(row));
    return parts_.audit.append(tx, event);
  });
  if (!stored)
    return fail(ErrorKind::Unavailable, "the store cannot take the decision now; nothing was done, try again");
  return {};
}

}  // namespace causeway::pipeline
