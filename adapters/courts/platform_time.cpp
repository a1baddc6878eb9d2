#include "platform_time.hpp"

#include "result_text.hpp"

#include <optional>
#include <string>
#include <vector>

namespace courts {
namespace {

bool twoDigits(std::string_view text, size_t at, int& out) {
  if (at + 2 > text.size() || text[at] < '0' || text[at] > '9' || text[at + 1] < '0' || text[at + 1] > '9')
    return false;
  out = (text[at] - '0') * 10 + (text[at + 1] - '0');
  return true;
}

// What clocks in London show at an instant; a time without a zone is Common Platform's, so UTC.
std::optional<WallClock> londonAt(std::string_view instant) {
  auto clock = dayOf(instant);
  if (!clock || instant.size() < 16 || instant[10] != 'T' || instant[13] != ':' ||
      !twoDigits(instant, 11, clock->hour) || !twoDigits(instant, 14, clock->minute) || clock->hour > 23 ||
      clock->minute > 59)
    throw sdk::Rejected("a time in UTC must be written YYYY-MM-DDTHH:MM:SSZ");
  int hours = 0, minutes = 0;
  const size_t zone = instant.find_first_of("+-", 16);
  if (zone != std::string_view::npos && twoDigits(instant, zone + 1, hours) && twoDigits(instant, zone + 4, minutes))
    clock = plusMinutes(*clock, (instant[zone] == '-' ? 1 : -1) * (hours * 60 + minutes));
  return londonFromUtc(*clock);
}

// "2021-05-20" or "20/05/2021".
std::optional<WallClock> saidDay(std::string_view text) {
  if (const auto day = dayOf(text)) return day;
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
  return dayOf(std::string(text.substr(6)) + "-" + std::string(text.substr(3, 2)) + "-" +
               std::string(text.substr(0, 2)));
}

struct Reading {
  std::optional<WallClock> utc;   ///< the field, as London time
  std::optional<WallClock> said;  ///< what was said in court
  std::string raw;
  std::string_view said_basis = "prompt";
};

// The earliest of several days of one hearing is when it starts.
void readUtc(const sdk::Inputs& in, Reading& out) {
  for (size_t i = 0; i < in.size(); ++i) {
    if (in.name(i) != "utc") continue;
    const auto local = londonAt(in.value(i));
    if (!local) throw sdk::Rejected("a time before 1996 cannot be read");
    if (out.utc && out.utc->text() <= local->text()) continue;
    out.utc = local;
    out.raw = in.value(i);
  }
}

void readSaid(const sdk::Inputs& in, Reading& out) {
  auto day = saidDay(in["said_date"]);
  if (!day) day = out.utc;
  const bool alone = !out.utc && in["said_alone"] == "no" && in["said_of"].empty();
  if (!day || alone) return;
  WallClock said = *day;
  const auto time = in["said_time"];
  if (time.size() >= 5 && time[2] == ':' && twoDigits(time, 0, said.hour) && twoDigits(time, 3, said.minute)) {
    out.said = said;
  } else if (const auto times = timesOn(*day, in["text"]); times.size() == 1) {
    out.said = times.front();
    out.said_basis = "text";
  }
  if (out.said && out.raw.empty()) out.raw = out.said->text();
}

void put(sdk::Outputs& out, const WallClock& clock, std::string_view basis, std::string_view raw) {
  out.put("date", clock.date());
  out.put("time", clock.time());
  out.put("precision", "exact");
  out.put("basis", basis);
  out.put("raw", raw);
}

void putWithoutTime(sdk::Outputs& out, std::string_view precision, std::string_view date, std::string_view raw) {
  if (!date.empty()) out.put("date", date);
  out.put("precision", precision);
  out.put("basis", "date_only");
  out.put("confidence", "high");
  out.put("raw", raw);
}

void putInexact(const sdk::Inputs& in, sdk::Outputs& out) {
  if (const auto week = in["week"]; !week.empty()) {
    const auto day = saidDay(week);
    if (!day) throw sdk::Rejected("the day on which a week begins must be written YYYY-MM-DD");
    return putWithoutTime(out, "week_commencing", day->date(), week);
  }
  if (in["to_be_fixed"] == "true") return putWithoutTime(out, "to_be_fixed", {}, "to be fixed");
  if (in["said_alone"] == "no" && in["said_of"].empty()) return;
  if (const auto day = saidDay(in["said_date"])) putWithoutTime(out, "date_only", day->date(), in["said_date"]);
}

}  // namespace

void platformTime(const sdk::Inputs& in, sdk::Outputs& out) {
  Reading reading;
  readUtc(in, reading);
  readSaid(in, reading);
  if (!reading.utc && !reading.said) return putInexact(in, out);
  if (!reading.said || (reading.utc && *reading.utc == *reading.said)) {
    put(out, *reading.utc, "cp_utc", reading.raw);
    out.put("confidence", "high");
    return;
  }
  put(out, *reading.said, reading.said_basis, reading.raw);
  out.put("confidence", reading.utc ? "conflict" : "high");
  if (!reading.utc) return;
  out.put("conflicting", reading.utc->text());
  out.put("finding", "time_conflict");
  out.put("finding.text",
          "the time field and what was said in court differ; what was said is used until a person decides");
}

void dayInLondonAt(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto local = londonAt(in["value"]);
  if (!local) throw sdk::Rejected("a time before 1996 cannot be read");
  out.put("value", local->date());
}

}  // namespace courts
