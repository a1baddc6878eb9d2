#include "stated_time.hpp"

#include "causeway/london.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>

namespace cps {
namespace {

namespace ch = std::chrono;
using sdk::LondonMinute, sdk::UtcMinute;

/// What stands in the field: the clock as written, and how far it says that it is ahead of UTC.
struct Stated {
  LondonMinute clock{};
  bool has_time = false;
  std::optional<int> ahead;  ///< minutes
};

std::optional<int> numberOf(std::string_view digits) {
  int out = 0;
  if (digits.empty() || !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
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
  const auto day = sdk::dayFrom(text.substr(0, 10));
  if (!day) return std::nullopt;
  Stated out{LondonMinute(ch::local_days(*day)), false, {}};
  if (text.size() == 10) return out;
  auto rest = text.substr(10);
  if (rest.size() < 6 || (rest[0] != 'T' && rest[0] != ' ')) return std::nullopt;
  const auto time = sdk::timeOfDayFrom(rest.substr(1, 5));
  if (!time) return std::nullopt;
  out.clock += *time;
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

void put(sdk::Outputs& out, LondonMinute clock, std::string_view basis, std::string_view confidence) {
  out.put("date", sdk::dayText(clock));
  out.put("time", sdk::clockText(clock));
  out.put("precision", "exact");
  out.put("basis", basis);
  out.put("confidence", confidence);
}

/// The clock of London, and the other reading where there is a doubt.
struct Read {
  LondonMinute clock{};
  bool has_time = false;
  std::optional<LondonMinute> other;
};

Read read(std::string_view text, Zoned zoned) {
  const auto stated = parse(text);
  if (!stated)
    throw sdk::Rejected("value: expected a day such as 2026-06-02, or a day and time such as 2026-06-02T10:00");
  Read out{stated->clock, stated->has_time, {}};
  if (!stated->has_time || !stated->ahead) return out;
  const UtcMinute moment(stated->clock.time_since_epoch() - ch::minutes(*stated->ahead));
  const auto converted = sdk::londonFromUtc(moment);
  if (!converted) throw sdk::Rejected("value: a time with a zone is read from 1996 on");
  if (zoned == Zoned::Utc) out.clock = *converted;
  else if (zoned == Zoned::Unknown && converted != stated->clock) out.other = converted;
  return out;
}

LondonMinute deadline(const Read& read) { return read.other ? std::min(read.clock, *read.other) : read.clock; }

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
    out.put("date", sdk::dayText(when.clock));
    out.put("precision", "date_only");
    out.put("basis", "date_only");
    out.put("confidence", "high");
    return;
  }
  if (!when.other) return put(out, when.clock, "stated_local", "high");
  put(out, when.clock, "unknown", "conflict");
  out.put("conflicting", sdk::dayText(*when.other) + "T" + sdk::clockText(*when.other));
  out.put("finding", "time_zone_doubtful");
  out.put("finding.text", "a time with a zone that London does not have on that day; both readings are kept");
}

void dueDay(const sdk::Inputs& in, sdk::Outputs& out, Zoned zoned) {
  if (!in["value"].empty()) out.put("value", sdk::dayText(deadline(read(in["value"], zoned))));
}

void dueTime(const sdk::Inputs& in, sdk::Outputs& out, Zoned zoned) {
  if (in["value"].empty()) return;
  const auto when = read(in["value"], zoned);
  if (when.has_time) out.put("value", sdk::clockText(deadline(when)));
}

std::string dayIn(std::string_view text) {
  std::string normal(text);
  if (text.size() == 10 && text[2] == text[5] && (text[2] == '/' || text[2] == '-'))
    normal = std::string(text.substr(6)) + "-" + std::string(text.substr(3, 2)) + "-" + std::string(text.substr(0, 2));
  const auto day = sdk::dayFrom(normal);
  return day ? sdk::dayText(*day) : std::string();
}

}  // namespace cps
