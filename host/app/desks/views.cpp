#include "host/app/desks/views.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace causeway::app {
namespace {

constexpr std::chrono::hours kHour{1};
constexpr int kPeopleOfOneAccount = 4;
constexpr int kPage = 5'000, kPages = 200;

Instant momentOf(const nlohmann::json& leaf) {
  if (!leaf.is_object()) return {};
  const auto at = parseInstant(leaf.value("at", ""));
  return at ? *at : Instant{};
}

}  // namespace

Result<void> Views::goOn(pipeline::AuditRecords& records) {
  const std::lock_guard lock(mutex_);
  const auto since = clock_.now() - kHour;
  CW_TRY(auto end, records.auditSize());
  std::vector<std::string> newest_first;
  for (int page = 0; page < kPages && end > 0; ++page) {
    const auto from = std::max<std::int64_t>(0, end - kPage);
    CW_TRY(const auto rows, records.auditRows(from, static_cast<int>(end - from)));
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
      if (row->leaf.find(R"("op":"view)") != std::string::npos) newest_first.push_back(row->leaf);
    if (rows.empty() || momentOf(nlohmann::json::parse(rows.front().leaf, nullptr, false)) <= since) break;
    end = from;
  }
  for (auto leaf = newest_first.rbegin(); leaf != newest_first.rend(); ++leaf) remember(*leaf, since);
  return {};
}

void Views::remember(const std::string& leaf, Instant since) {
  const auto said = nlohmann::json::parse(leaf, nullptr, false);
  if (!said.is_object() || momentOf(said) <= since) return;
  const auto op = said.value("op", ""), who = said.value("actor", "");
  if (op == "view_alarm") told_.insert_or_assign(who, momentOf(said));
  if (op != "view") return;
  looks_[who].push_back(momentOf(said));
  const auto details = said.value("details", nlohmann::json::object());
  const auto through = details.is_object() ? details.value("through", "") : "";
  if (!through.empty() && through != who) looks_[through].push_back(momentOf(said));
}

Result<void> Views::record(const View& view) {
  const auto now = clock_.now();
  pipeline::AuditEvent event{.op = "view",
                             .at = now,
                             .actor = view.by,
                             .message_id = view.message_id,
                             .case_id = view.case_id,
                             .purpose = "administration"};
  if (!view.what.empty()) event.details.emplace_back("what", view.what);
  if (!view.because.empty()) event.details.emplace_back("because", view.because);
  event.details.emplace_back("through", view.through);
  const auto too_many = counted(view, now);
  pipeline::AuditEvent alarm{.op = "view_alarm",
                             .at = now,
                             .actor = *(too_many ? too_many : std::optional<std::string>("")),
                             .purpose = "administration",
                             .rule = "A13"};
  alarm.details.emplace_back("more_than_an_hour", std::to_string(most_));
  const bool written = writer_.perform([&](pipeline::Transaction& tx) -> Result<void> {
    CW_CHECK_OK(audit_.append(tx, event));
    return too_many ? audit_.append(tx, alarm) : Result<void>();
  });
  if (!written) return fail(ErrorKind::Unavailable, "the view cannot be recorded now, so nothing is shown");
  if (too_many && log_ != nullptr)
    log_->warn("somebody looks at more than audit.views_per_hour: read the audit log for their views",
               {{"who", *too_many}});
  return {};
}

bool Views::alarmed() {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.now();
  return std::ranges::any_of(told_, [&](const auto& one) { return now - one.second < kHour; });
}

/// About whom the alarm is to be raised with this look; nobody when it is one of few, or the alarm was raised within the hour.
std::optional<std::string> Views::counted(const View& view, Instant now) {
  const std::lock_guard lock(mutex_);
  std::optional<std::string> out;
  if (isTooMany(view.through, most_ * kPeopleOfOneAccount, now)) out = view.through;
  if (view.by != view.through && isTooMany(view.by, most_, now)) out = view.by;
  return out;
}

bool Views::isTooMany(const std::string& who, int most, Instant now) {
  std::erase_if(looks_, [&](const auto& one) { return one.first != who && now - one.second.back() >= kHour; });
  auto& looks = looks_[who];
  while (!looks.empty() && now - looks.front() >= kHour) looks.pop_front();
  looks.push_back(now);
  if (looks.size() <= static_cast<size_t>(most)) return false;
  const auto told = told_.find(who);
  if (told != told_.end() && now - told->second < kHour) return false;
  told_.insert_or_assign(who, now);
  return true;
}

}  // namespace causeway::app
