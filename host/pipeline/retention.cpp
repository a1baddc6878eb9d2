#include "host/pipeline/retention.hpp"

#include <algorithm>

namespace causeway::pipeline {
namespace {

constexpr int kAtOnce = 200;  // contents a transaction: senders must not wait long for it

}  // namespace

Result<Purged> Retention::purge() {
  Purged out;
  CW_TRY(out.documents, purge(ShortLived::Documents, times_.documents, "documents"));
  CW_TRY(out.payloads, purge(ShortLived::Payloads, times_.payloads, "payloads"));
  CW_TRY(out.quarantined, purge(ShortLived::Quarantined, times_.quarantined, "quarantined"));
  return out;
}

Result<int> Retention::purge(ShortLived what, std::chrono::days after, const std::string& name) {
  if (after.count() <= 0) return 0;
  const auto before = clock_.now() - after;
  int all = 0;
  for (;;) {
    int some = 0;
    const bool stored = writer_.perform([&](Transaction& tx) -> Result<void> {
      CW_TRY(const auto items, tx.expired(what, before, kAtOnce));
      for (const auto& item : items) CW_CHECK_OK(tx.rewrite(item, {}));
      some = static_cast<int>(items.size());
      if (some == 0) return {};
      return audit_.append(tx, {.op = "purge",
                                .at = clock_.now(),
                                .actor = "causeway",
                                .rule = "A17",
                                .details = {{"category", name}, {"count", std::to_string(some)}}});
    });
    if (!stored) return fail(ErrorKind::Unavailable, "the store cannot throw anything away now");
    all += some;
    if (some < kAtOnce) return all;
  }
}

Result<std::vector<DueReview>> Retention::due(int limit) {
  std::vector<DueReview> out;
  if (times_.review.count() <= 0) return out;
  const auto now = clock_.now();
  CW_TRY(const auto quiet, store_.casesQuietSince(now - times_.review));
  for (const auto& [case_id, last] : quiet) {
    CW_TRY(const auto erased, store_.decisionsAbout("erasure", case_id));
    if (!erased.empty()) continue;
    CW_TRY(const auto kept, store_.decisionsAbout("retain", case_id));
    DueReview review{case_id, last, last + times_.review, static_cast<int>(kept.size())};
    if (!kept.empty() && kept.back().next_at) review.due = *kept.back().next_at;
    if (review.due <= now) out.push_back(std::move(review));
  }
  std::ranges::sort(out, {}, &DueReview::due);
  if (out.size() > static_cast<size_t>(limit)) out.resize(static_cast<size_t>(limit));
  return out;
}

Result<DecisionRow> Retention::keep(const Ruling& ruling, Holds& holds) {
  CW_CHECK_OK(holds.check(ruling, nullptr));
  CW_TRY(const auto known, store_.findCase(ruling.about));
  if (!known) return fail(ErrorKind::NotFound, "no case has this number");
  if (times_.review.count() <= 0)
    return fail(ErrorKind::Invalid, "the configuration says nothing of when a case is to be looked at again");
  DecisionRow row{
      ids_.timeOrdered(),          "retain", ruling.about, {}, "case", ruling.by, ruling.because, clock_.now(),
      clock_.now() + times_.review};
  const bool stored = writer_.perform([&](Transaction& tx) -> Result<void> {
    CW_CHECK_OK(tx.insert(row));
    return audit_.append(
        tx, {"retain",
             row.at,
             ruling.by,
             {},
             ruling.about,
             {},
             {},
             {},
             "A17",
             {{"because", ruling.because}, {"through", ruling.through}, {"next_review", formatInstant(*row.next_at)}}});
  });
  if (!stored)
    return fail(ErrorKind::Unavailable, "the store cannot take the decision now; nothing was done, try again");
  return row;
}

}  // namespace causeway::pipeline
