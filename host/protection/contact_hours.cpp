#include "host/protection/contact_hours.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace causeway::protection {
namespace {

using When = ContactMoment::When;
using Point = canonical::ContactPoint;

constexpr std::array<std::string_view, 7> kDays{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
constexpr int kDaysAhead = 14, kMinutesOfDay = 24 * 60, kMostRounds = 64;

// "09:30" as minutes; "24:00" is the end of the day.
std::optional<int> minutesOf(std::string_view text) {
  const auto digit = [&](size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : -1; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const size_t at : {0U, 1U, 3U, 4U})
    if (digit(at) < 0) return std::nullopt;
  const int hours = digit(0) * 10 + digit(1), minutes = digit(3) * 10 + digit(4);
  const int all = hours * 60 + minutes;
  return minutes < 60 && all <= kMinutesOfDay ? std::optional(all) : std::nullopt;
}

struct Window {
  std::array<bool, 7> on{};
  int from = 0, to = 0;
};

std::optional<Window> windowOf(const canonical::SafeTime& time) {
  Window out;
  const auto from = minutesOf(time.from()), to = minutesOf(time.to());
  if (!from || !to || *from >= *to) return std::nullopt;
  out.from = *from;
  out.to = *to;
  bool any = false;
  for (const auto& word : split(time.days(), ' ')) {
    if (word.empty()) continue;
    const auto day = std::ranges::find(kDays, std::string_view(word));
    if (day == kDays.end()) return std::nullopt;
    out.on.at(static_cast<size_t>(day - kDays.begin())) = any = true;
  }
  return any ? std::optional(out) : std::nullopt;
}

size_t weekdayOf(std::chrono::year_month_day date) {
  return std::chrono::weekday(std::chrono::sys_days(date)).c_encoding();
}

bool isWithin(const Window& window, const LondonTime& at) {
  const int minute = at.hour * 60 + at.minute;
  return window.on.at(weekdayOf(at.date)) && window.from <= minute && minute < window.to;
}

// The first moment of the window at or after `now`; in spring an hour is missing, and the window begins when the clocks go on.
std::optional<Instant> nextOf(const Window& window, Instant now) {
  const auto today = std::chrono::sys_days(toLondon(now).date);
  for (int ahead = 0; ahead <= kDaysAhead; ++ahead) {
    const std::chrono::year_month_day date(today + std::chrono::days(ahead));
    if (!window.on.at(weekdayOf(date))) continue;
    for (int minute = window.from; minute < window.to; ++minute) {
      const auto at = fromLondon({date, minute / 60, minute % 60, 0});
      if (at && *at >= now) return at;
    }
  }
  return std::nullopt;
}

const Point* knownPoint(const canonical::Case& known, const Point& told) {
  for (const auto& party : known.parties())
    for (const auto& point : party.contact_points())
      if (point.value() == told.value() && (!told.has_channel() || point.channel().code() == told.channel().code()))
        return &point;
  return nullptr;
}

}  // namespace

ContactMoment contactMoment(const canonical::SafeContact& safe, Instant now) {
  ContactMoment out{When::Unknown, {}};
  const auto london = toLondon(now);
  for (const auto& time : safe.times()) {
    const auto window = windowOf(time);
    if (!window) return {When::Unknown, {}};
    if (isWithin(*window, london)) out = {When::Now, {}};
    if (out.when == When::Now) continue;
    const auto next = nextOf(*window, now);
    if (next && (out.when == When::Unknown || *next < out.later)) out = {When::Later, *next};
  }
  return out;
}

ContactMoment contactMoment(const canonical::Case& told, const canonical::Case& known, Instant now) {
  std::vector<const Point*> points;
  for (const auto& party : told.parties())
    for (const auto& point : party.contact_points()) {
      if (point.value().empty()) continue;
      points.push_back(knownPoint(known, point));
      if (points.back() == nullptr) return {When::Unknown, {}};
    }
  auto at = now;
  for (int round = 0; round < kMostRounds; ++round) {
    auto latest = at;
    for (const auto* point : points) {
      const auto moment = contactMoment(point->safe(), at);
      if (moment.when == When::Unknown) return moment;
      if (moment.when == When::Later) latest = std::max(latest, moment.later);
    }
    if (latest == at) return at == now ? ContactMoment{} : ContactMoment{When::Later, at};
    if (latest - now > std::chrono::days(kDaysAhead)) break;
    at = latest;
  }
  return {When::Unknown, {}};
}

}  // namespace causeway::protection
