#include "stated_time.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>

namespace cps {
namespace {

namespace ch = std::chrono;
using Minutes = ch::sys_time<ch::minutes>;

/// What stands in the field: the clock as written, and how far it says that it is ahead of UTC.
struct Stated {
  Minutes clock{};
  bool has_time = false;
  std::optional<int> ahead;  ///< minutes
};

std::optional<int> numberOf(std::string_view digits) {
  int out = 0;
  if (digits.empty() || !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

std::string padded(int number, size_t width) {
  std::string out = std::to_string(number);
  return out.size() >= width ? out : std::string(width - out.size(), '0') + out;
}

std::string dateOf(Minutes point) {
  const ch::year_month_day day(ch::floor<ch::days>(point));
  return padded(static_cast<int>(day.year()), 4) + "-" +
         padded(static_cast<int>(static_cast<unsigned>(day.month())), 2) + "-" +
         padded(static_cast<int>(static_cast<unsigned>(day.day())), 2);
}

std::string timeOf(Minutes point) {
  const auto since_midnight = static_cast<int>((point - ch::floor<ch::days>(point)).count());
  return padded(since_midnight / 60, 2) + ":" + padded(since_midnight % 60, 2);
}

// 01:00 UTC on the last Sunday of a month, when London changes its clocks (Summer Time Order, since 1996).
Minutes changeIn(ch::year year, ch::month month) {
  return ch::sys_days(year / month / ch::Sunday[ch::last]) + ch::hours(1);
}

Minutes londonFromUtc(Minutes utc) {
  const ch::year_month_day day(ch::floor<ch::days>(utc));
  const bool summer = utc >= changeIn(day.year(), ch::March) && utc < changeIn(day.year(), ch::October);
  return summer ? utc + ch::hours(1) : utc;
}

std::optional<Minutes> dayOf(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = numberOf(text.substr(0, 4)), month = numberOf(text.substr(5, 2)), day = numberOf(text.substr(8));
  if (!year || !month || !day || *year < 1900) return std::nullopt;
  const ch::year_month_day date(ch::year(*year), ch::month(static_cast<unsigned>(*month)),
                                ch::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  return Minutes(ch::sys_days(date));
}

// "Z", "+01:00", "-0500"; nothing when it is none of these.
std::optional<int> aheadOf(std::string_view zone) {
  if (zone == "Z" || zone == "z") return 0;
  if (zone.size() < 5 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const auto hours = numberOf(zone.substr(1, 2)), minutes = numberOf(zone.substr(zone.size() - 2));
  const bool form = zone.size() == 5 || (zone.size() == 6 && zone[3] == ':');
  if (!form || !hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  return (zone[0] == '-' ? -1 : 1) * (*hours * 60 + *minutes);
}

std::optional<Stated> parse(std::string_view text) {
  const auto day = dayOf(text.substr(0, 10));
  if (!day) return std::nullopt;
  Stated out{*day, false, {}};
  if (text.size() == 10) return out;
  auto rest = text.substr(10);
  if (rest.size() < 6 || (rest[0] != 'T' && rest[0] != ' ') || rest[3] != ':') return std::nullopt;
  const auto hour = numberOf(rest.substr(1, 2)), minute = numberOf(rest.substr(4, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  out.clock += ch::minutes(*hour * 60 + *minute);
  out.has_time = true;
  rest.remove_prefix(6);
  if (!rest.empty() && rest[0] == ':') {
    const size_t end = std::min(rest.find_first_not_of("0123456789.", 1), rest.size());
    if (end < 3) return std::nullopt;
    rest.remove_prefix(end);
  }
  if (rest.empty()) return out;
  out.ahead = aheadOf(rest);
  return out.ahead ? std::optional(out) : std::nullopt;
}

void put(sdk::Outputs& out, Minutes point, std::string_view basis, std::string_view confidence) {
  out.put("date", dateOf(point));
  out.put("time", timeOf(point));
  out.put("precision", "exact");
  out.put("basis", basis);
  out.put("confidence", confidence);
}

/// The clock of London, and the other reading where there is a doubt.
struct Read {
  Minutes clock{};
  bool has_time = false;
  std::optional<Minutes> other;
};

Read read(std::string_view text, Zoned zoned) {
  const auto stated = parse(text);
  if (!stated)
    throw sdk::Rejected("value: expected a day such as 2026-06-02, or a day and time such as 2026-06-02T10:00");
  Read out{stated->clock, stated->has_time, {}};
  if (!stated->has_time || !stated->ahead) return out;
  const auto converted = londonFromUtc(stated->clock - ch::minutes(*stated->ahead));
  if (zoned == Zoned::Utc) out.clock = converted;
  else if (zoned == Zoned::Unknown && converted != stated->clock) out.other = converted;
  return out;
}

Minutes deadline(const Read& read) { return read.other ? std::min(read.clock, *read.other) : read.clock; }

}  // namespace

Zoned zonedFrom(std::string_view setting) {
  if (setting == "utc") return Zoned::Utc;
  return setting == "local" ? Zoned::Local : Zoned::Unknown;
}

void statedTime(const sdk::Inputs& in, sdk::Outputs& out, Zoned zoned) {
  std::string text(in["value"]);
  if (text.empty() && !in["date"].empty()) {
    text = in["date"];
    if (!in["time"].empty()) text += "T" + std::string(in["time"]);
  }
  if (text.empty()) return;
  const auto when = read(text, zoned);
  out.put("raw", text);
  if (!when.has_time) {
    out.put("date", dateOf(when.clock));
    out.put("precision", "date_only");
    out.put("basis", "date_only");
    out.put("confidence", "high");
    return;
  }
  if (!when.other) return put(out, when.clock, "stated_local", "high");
  put(out, when.clock, "unknown", "conflict");
  out.put("conflicting", dateOf(*when.other) + "T" + timeOf(*when.other));
  out.put("finding", "time_zone_doubtful");
  out.put("finding.text", "a time with a zone that London does not have on that day; both readings are kept");
}

void dueDay(const sdk::Inputs& in, sdk::Outputs& out, Zoned zoned) {
  if (!in["value"].empty()) out.put("value", dateOf(deadline(read(in["value"], zoned))));
}

void dueTime(const sdk::Inputs& in, sdk::Outputs& out, Zoned zoned) {
  if (in["value"].empty()) return;
  const auto when = read(in["value"], zoned);
  if (when.has_time) out.put("value", timeOf(deadline(when)));
}

std::string dayIn(std::string_view text) {
  std::string normal(text);
  if (text.size() == 10 && text[2] == text[5] && (text[2] == '/' || text[2] == '-'))
    normal = std::string(text.substr(6)) + "-" + std::string(text.substr(3, 2)) + "-" + std::string(text.substr(0, 2));
  const auto day = dayOf(normal);
  return day ? dateOf(*day) : std::string();
}

}  // namespace cps
