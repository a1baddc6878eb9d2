#include "listed_time.hpp"

#include "causeway/london.hpp"
#include "causeway/words.hpp"
#include "london_time.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace courts {
namespace {

struct Clock {
  int hour = 0, minute = 0;

  std::string text() const {
    return sdk::clockText(sdk::LondonMinute(std::chrono::hours(hour) + std::chrono::minutes(minute)));
  }
};

bool isLetter(char c) { return c >= 'a' && c <= 'z'; }

// One or two digits from `at`, which moves behind them; -1 when there are none or more.
int shortNumber(std::string_view text, size_t& at) {
  const size_t from = at;
  int out = 0;
  for (; at < text.size() && sdk::isDigit(text[at]) && at - from < 3; ++at) out = out * 10 + (text[at] - '0');
  return at == from || at - from > 2 ? -1 : out;
}

// "10:30", "10:30:00", "9:05".
std::optional<Clock> exactClock(std::string_view text) {
  size_t at = 0;
  Clock out;
  out.hour = shortNumber(text, at);
  if (out.hour < 0 || out.hour > 23 || at >= text.size() || text[at] != ':') return std::nullopt;
  ++at;
  const size_t minutes = at;
  out.minute = shortNumber(text, at);
  const bool ends = at == text.size() || text[at] == ':' || text[at] == '.' || text[at] == 'Z' || text[at] == '+';
  if (out.minute < 0 || out.minute > 59 || at != minutes + 2 || !ends) return std::nullopt;
  return out;
}

// What a time marking says, in the words of a list office.
struct Marking {
  std::vector<Clock> clocks;
  bool not_before = false, morning = false, afternoon = false;
};

size_t skipSpace(std::string_view text, size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

// "am", "a.m.", "pm" as a word of its own at this place: 0 when there is neither; `at` moves behind it.
char halfOfDay(std::string_view text, size_t& at) {
  size_t to = at;
  if (to >= text.size() || (text[to] != 'a' && text[to] != 'p')) return 0;
  const char half = text[to++];
  if (to < text.size() && text[to] == '.') ++to;
  if (to >= text.size() || text[to] != 'm') return 0;
  ++to;
  if (to < text.size() && (isLetter(text[to]) || sdk::isDigit(text[to]))) return 0;
  at = to;
  return half;
}

// A clock time at this place: "10:30", "10.30 am", "2 pm". A number alone is none. Courts sit by day: 1 to 7 without more is afternoon.
std::optional<Clock> clockAt(std::string_view text, size_t& at) {
  size_t to = at;
  Clock out;
  out.hour = shortNumber(text, to);
  bool minutes = false;
  if (out.hour >= 0 && to + 1 < text.size() && (text[to] == ':' || text[to] == '.') && sdk::isDigit(text[to + 1])) {
    const size_t from = ++to;
    out.minute = shortNumber(text, to);
    minutes = to == from + 2 && out.minute >= 0 && out.minute < 60;
    if (!minutes) return std::nullopt;
  }
  size_t behind = skipSpace(text, to);
  const char half = halfOfDay(text, behind);
  if (out.hour < 0 || out.hour > 23 || (!minutes && half == 0)) return std::nullopt;
  if (half != 0 && (out.hour < 1 || (out.hour > 12 && half == 'a'))) return std::nullopt;
  if (half == 'a' && out.hour == 12) out.hour = 0;
  if ((half == 'p' && out.hour < 12) || (half == 0 && out.hour >= 1 && out.hour <= 7)) out.hour += 12;
  at = half != 0 ? behind : to;
  return out;
}

bool holdsWord(std::string_view text, std::string_view word) {
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const size_t end = at + word.size();
    const bool before = at == 0 || !isLetter(text[at - 1]);
    if (before && (end == text.size() || !isLetter(text[end]))) return true;
  }
  return false;
}

Marking markingOf(std::string_view written) {
  const std::string text = sdk::lowered(written);
  Marking out;
  for (size_t at = 0; at < text.size();) {
    const bool begins = at == 0 || (!sdk::isDigit(text[at - 1]) && !isLetter(text[at - 1]) && text[at - 1] != ':' &&
                                    text[at - 1] != '.' && text[at - 1] != '/');
    if (begins && sdk::isDigit(text[at]))
      if (const auto clock = clockAt(text, at)) {
        out.clocks.push_back(*clock);
        continue;
      }
    if (begins)
      if (const char half = halfOfDay(text, at); half != 0) {
        (half == 'a' ? out.morning : out.afternoon) = true;
        continue;
      }
    ++at;
  }
  out.not_before = holdsWord(text, "not before") || holdsWord(text, "nb") || holdsWord(text, "n/b");
  out.morning = out.morning || holdsWord(text, "morning");
  out.afternoon = out.afternoon || holdsWord(text, "afternoon");
  return out;
}

// The time of day: of the marking, else of the sitting.
struct Start {
  std::optional<Clock> clock;
  std::string_view precision = "exact", confidence = "high";
};

Start startOf(const sdk::Inputs& in) {
  const auto marking = markingOf(in["marking"]);
  const auto sitting = exactClock(in["sitting"]);
  if (!in["sitting"].empty() && !sitting) throw sdk::Rejected("a sitting time must be written HH:MM");
  Start out;
  if (marking.clocks.size() == 1) {
    out.clock = marking.clocks.front();
    if (marking.not_before) out.precision = "not_before";
    return out;
  }
  if (marking.clocks.empty() && marking.morning != marking.afternoon) {
    out.precision = marking.morning ? "morning" : "afternoon";
    return out;
  }
  // Words without a time, or with several: the sitting is what is sure, and a person reads the words.
  if (!in["marking"].empty()) out.confidence = "low";
  out.clock = sitting;
  const auto position = in["position"];
  if (!position.empty() && position != "1") out.precision = "not_before";
  if (!in["marking"].empty()) out.precision = "not_before";
  if (!out.clock) out.precision = "date_only";
  return out;
}

std::string asSent(const sdk::Inputs& in) {
  std::string out;
  for (const auto name : {"day", "date", "sitting", "marking"})
    if (!in[name].empty()) out += (out.empty() ? "" : " ") + std::string(in[name]);
  return out;
}

void putDay(sdk::Outputs& out, std::string_view date, std::string_view precision, const sdk::Inputs& in) {
  out.put("date", date);
  out.put("precision", precision);
  out.put("basis", "date_only");
  out.put("confidence", "high");
  out.put("raw", asSent(in));
}

// True when the list's day is none of the hearing's.
bool disagree(const sdk::Inputs& in) {
  if (in["day"].empty() || in["date"].empty() || in["day"] == in["date"]) return false;
  return in["last"].empty() || in["day"] < in["date"] || in["day"] > in["last"];
}

}  // namespace

void listedTime(const sdk::Inputs& in, sdk::Outputs& out) {
  if (in["day"].empty() && in["date"].empty()) return;
  if (in["list"] == "warned")
    return in["date"].empty() ? putDay(out, in["day"], "warned_list", in) : putDay(out, in["date"], "date_only", in);
  if (in["state"] == "provisional") return putDay(out, in["date"].empty() ? in["day"] : in["date"], "date_only", in);
  const bool conflict = disagree(in);
  const auto start = startOf(in);
  out.put("date", conflict || in["day"].empty() ? in["date"] : in["day"]);
  if (start.clock) out.put("time", start.clock->text());
  out.put("precision", start.precision);
  out.put("basis", !start.clock ? "date_only" : in["basis"].empty() ? std::string_view("stated_local") : in["basis"]);
  out.put("confidence", conflict ? std::string_view("conflict") : start.confidence);
  out.put("raw", asSent(in));
  if (!conflict) return;
  out.put("conflicting", std::string(in["day"]) + (start.clock ? "T" + start.clock->text() : std::string()));
  out.put("finding", "time_conflict");
  out.put("finding.text", "the day of the hearing is none of the days for which the list stands; a person must decide");
}

void clockOfSitting(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto clock = exactClock(in["value"]);
  if (!clock) throw sdk::Rejected("a time must be written HH:MM or HH:MM:SS");
  out.put("value", clock->text());
}

void publishedAt(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto text = in["value"].empty() ? in["other"] : in["value"];
  if (text.empty()) return;
  auto local = dayOf(text);
  const auto clock = text.size() >= 16 && text[10] == 'T' ? exactClock(text.substr(11)) : std::nullopt;
  if (!local || !clock) throw sdk::Rejected("the time of publishing must be written YYYY-MM-DDTHH:MM:SS");
  if (text.find_first_of("Z+", 16) != std::string_view::npos || text.find('-', 16) != std::string_view::npos)
    return out.put("value", text);
  local->hour = clock->hour;
  local->minute = clock->minute;
  // The same clocks an hour earlier, when they then show this: summer. Else it is winter, or an hour that no clock showed.
  const auto earlier = plusMinutes(*local, -60);
  const auto then = londonFromUtc(earlier);
  const auto utc = then && *then == *local ? earlier : *local;
  const auto seconds = text.size() >= 19 && text[16] == ':' ? text.substr(16, 3) : std::string_view(":00");
  out.put("value", utc.text() + std::string(seconds) + "Z");
}

}  // namespace courts
