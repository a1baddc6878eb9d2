#include "local_time.hpp"

#include "result_text.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace courts {
namespace {

enum class Origin { Unknown, Libra, CommonPlatform };

bool contains(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
  return std::ranges::search(text, part, same).begin() != text.end();
}

// Who wrote the times: the envelope's ids, where they name a court system. Two that disagree say nothing.
Origin senderOf(const sdk::Inputs& in) {
  bool libra = false, platform = false;
  for (size_t i = 0; i < in.size(); ++i) {
    if (in.name(i) != "sender" && in.name(i) != "system") continue;
    libra |= contains(in.value(i), "LIBRA");
    platform |= contains(in.value(i), "CommonPlatform");
  }
  if (libra == platform) return Origin::Unknown;
  return libra ? Origin::Libra : Origin::CommonPlatform;
}

bool platformStyle(const sdk::Inputs& in) {
  for (size_t i = 0; i < in.size(); ++i)
    if ((in.name(i) == "text" || in.name(i) == "style") && !shortCodeOf(in.value(i)).empty()) return true;
  return false;
}

struct Sent {
  WallClock clock;
  std::optional<int> zone_minutes;  ///< east of UTC, when the time names a zone
};

bool twoDigits(std::string_view text, size_t at, int& out) {
  if (at + 2 > text.size() || text[at] < '0' || text[at] > '9' || text[at + 1] < '0' || text[at + 1] > '9')
    return false;
  out = (text[at] - '0') * 10 + (text[at + 1] - '0');
  return true;
}

Sent sentTime(WallClock day, std::string_view time) {
  const bool shaped =
      time.size() >= 5 && time[2] == ':' && twoDigits(time, 0, day.hour) && twoDigits(time, 3, day.minute);
  if (!shaped || day.hour > 23 || day.minute > 59 ||
      (time.size() > 5 && time[5] != ':' && time[5] != 'Z' && time[5] != '+' && time[5] != '-'))
    throw sdk::Rejected("time must be written HH:MM or HH:MM:SS");
  Sent out{day, {}};
  const size_t zone = time.find_first_of("Z+-", 5);
  if (zone == std::string_view::npos) return out;
  int hours = 0, minutes = 0;
  if (time[zone] == 'Z') out.zone_minutes = 0;
  else if (twoDigits(time, zone + 1, hours) && twoDigits(time, zone + 4, minutes))
    out.zone_minutes = (time[zone] == '-' ? -1 : 1) * (hours * 60 + minutes);
  else throw sdk::Rejected("the zone of a time must be written Z or +HH:MM");
  return out;
}

struct Reading {
  WallClock clock;
  std::string_view basis, confidence;
  std::string conflicting;
  std::string_view finding, why;
};

Reading keptAsItIs(const WallClock& clock) {
  return {clock,
          "unknown",
          "low",
          {},
          "time_basis_unknown",
          "nothing tells whether this time is local or UTC: it is kept as sent"};
}

Reading fromUtc(const Sent& sent, std::string_view confidence) {
  const auto local = londonFromUtc(plusMinutes(sent.clock, -sent.zone_minutes.value_or(0)));
  return local ? Reading{*local, "cp_utc", confidence, {}, {}, {}} : keptAsItIs(sent.clock);
}

// Without a time in the text.
Reading bySender(const Sent& sent, const sdk::Inputs& in, Unmarked unmarked) {
  switch (senderOf(in)) {
    case Origin::Libra: return {sent.clock, "libra_local", "high", {}, {}, {}};
    case Origin::CommonPlatform: return fromUtc(sent, "high");
    case Origin::Unknown: break;
  }
  if (sent.zone_minutes) return fromUtc(sent, "high");
  if (platformStyle(in)) return fromUtc(sent, "high");
  if (unmarked == Unmarked::CommonPlatformUtc) return fromUtc(sent, "high");
  if (unmarked == Unmarked::LibraLocal) return {sent.clock, "libra_local", "high", {}, {}, {}};
  return keptAsItIs(sent.clock);
}

// The text is what was said in court. Where the field differs from it by exactly the summer hour of a sender that writes UTC, both say
// the same; any other difference is for a person.
Reading byText(const Sent& sent, const WallClock& said, Origin sender) {
  Reading out{said, "text", "high", {}, {}, {}};
  if (said == sent.clock) return out;
  out.conflicting = sent.clock.text();
  out.finding = "time_conflict";
  const auto as_utc = londonFromUtc(plusMinutes(sent.clock, -sent.zone_minutes.value_or(0)));
  if (as_utc && *as_utc == said && sender != Origin::Libra) {
    out.why = "the time field is in UTC; the local time in the text is used";
    return out;
  }
  out.confidence = "conflict";
  out.why = "the time field and the text give different times; the text's is used until a person decides";
  return out;
}

void put(sdk::Outputs& out, const Reading& reading, std::string_view raw) {
  out.put("date", reading.clock.date());
  out.put("time", reading.clock.time());
  out.put("precision", "exact");
  out.put("basis", reading.basis);
  out.put("confidence", reading.confidence);
  out.put("raw", raw);
  if (!reading.conflicting.empty()) out.put("conflicting", reading.conflicting);
  if (reading.finding.empty()) return;
  out.put("finding", reading.finding);
  out.put("finding.text", reading.why);
}

std::vector<WallClock> timesInTexts(const WallClock& day, const sdk::Inputs& in) {
  std::vector<WallClock> out;
  for (size_t i = 0; i < in.size(); ++i) {
    if (in.name(i) != "text") continue;
    for (const auto& time : timesOn(day, in.value(i)))
      if (std::ranges::find(out, time) == out.end()) out.push_back(time);
  }
  return out;
}

}  // namespace

Unmarked unmarkedFrom(std::string_view setting) {
  if (setting == "libra_local") return Unmarked::LibraLocal;
  return setting == "cp_utc" ? Unmarked::CommonPlatformUtc : Unmarked::Unknown;
}

void localTime(const sdk::Inputs& in, sdk::Outputs& out, Unmarked unmarked) {
  const auto date = in["date"];
  if (date.empty()) return;
  const auto day = dayOf(date);
  if (!day) throw sdk::Rejected("date must be a day that exists, written YYYY-MM-DD");
  const auto time = in["time"];
  if (time.empty()) {
    out.put("date", day->date());
    out.put("precision", "date_only");
    out.put("basis", "date_only");
    out.put("confidence", "high");
    out.put("raw", date);
    return;
  }
  const auto sent = sentTime(*day, time);
  const std::string raw = std::string(date) + "T" + std::string(time);
  const auto said = timesInTexts(*day, in);
  if (said.size() == 1) return put(out, byText(sent, said.front(), senderOf(in)), raw);
  auto reading = bySender(sent, in, unmarked);
  if (said.size() > 1) {
    reading.confidence = "conflict";
    reading.conflicting = said.front().text();
    reading.finding = "time_conflict";
    reading.why = "the text gives several times for this day";
  }
  put(out, reading, raw);
}

}  // namespace courts
