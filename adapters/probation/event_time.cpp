#include "event_time.hpp"

#include "causeway/london.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace probation {
namespace {

using namespace std::chrono;
namespace sdk = causeway::sdk;

// Takes pieces off the front of a text; once something does not fit, everything fails.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : rest_(text) {}
  int number(size_t figures) {
    int out = 0;
    if (rest_.size() < figures) return bad();
    for (size_t i = 0; i < figures; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return bad();
      out = out * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(figures);
    return out;
  }
  bool next(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void must(char c) {
    if (!next(c)) bad();
  }
  std::string figures() {
    std::string out;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      out += rest_.front();
      rest_.remove_prefix(1);
    }
    if (out.empty() || out.size() > 9) bad();
    return out;
  }
  int bad() {
    good_ = false;
    return 0;
  }
  std::string_view rest() const { return rest_; }
  bool good() const { return good_; }

 private:
  std::string_view rest_;
  bool good_ = true;
};

struct Reading {
  year_month_day day{};
  int hour = 0, minute = 0, second = 0;
  std::string fraction;
};

bool isReal(const Reading& reading) {
  return reading.day.ok() && reading.hour < 24 && reading.minute < 60 && reading.second < 60;
}

year_month_day dayOf(int y, int m, int d) {
  return {year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d))};
}

sdk::LondonMinute shown(const Reading& reading) {
  return sdk::LondonMinute(local_days(reading.day).time_since_epoch() + hours(reading.hour) + minutes(reading.minute));
}

// How far London is ahead of UTC. A clock that shows the hour which spring leaves out was not put forward: it shows GMT.
minutes aheadOf(const Reading& reading) {
  const auto clock = shown(reading);
  const auto utc = sdk::utcFromLondon(clock);
  return utc ? clock.time_since_epoch() - utc->time_since_epoch() : minutes(0);
}

std::string instantOf(const Reading& reading, minutes offset) {
  const auto at =
      sys_days(reading.day) + hours(reading.hour) + minutes(reading.minute) + seconds(reading.second) - offset;
  const auto days = floor<std::chrono::days>(at);
  const year_month_day day(days);
  const hh_mm_ss time(at - days);
  std::array<char, 40> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return out.data() + (reading.fraction.empty() ? std::string() : "." + reading.fraction.substr(0, 6)) + "Z";
}

Reading isoReading(Pieces& pieces) {
  Reading out;
  const int y = pieces.number(4);
  pieces.must('-');
  const int m = pieces.number(2);
  pieces.must('-');
  out.day = dayOf(y, m, pieces.number(2));
  pieces.must('T');
  out.hour = pieces.number(2);
  pieces.must(':');
  out.minute = pieces.number(2);
  if (pieces.next(':')) {
    out.second = pieces.number(2);
    if (pieces.next('.')) out.fraction = pieces.figures();
  }
  return out;
}

std::optional<EventTime> fromIso(std::string_view text) {
  Pieces pieces(text);
  const Reading reading = isoReading(pieces);
  if (!pieces.good() || !isReal(reading)) return std::nullopt;
  if (pieces.rest().empty()) return EventTime{instantOf(reading, aheadOf(reading)), false};
  if (pieces.rest() == "Z") return EventTime{instantOf(reading, minutes(0)), true};
  const bool ahead = pieces.next('+');
  if (!ahead) pieces.must('-');
  const int hour = pieces.number(2);
  pieces.next(':');
  const int minute = pieces.number(2);
  if (!pieces.good() || !pieces.rest().empty() || hour > 14 || minute > 59) return std::nullopt;
  const minutes offset = hours(hour) + minutes(minute);
  return EventTime{instantOf(reading, ahead ? offset : -offset), true};
}

// "Fri Jun 14 09:06:52 BST 2024": the weekday is not checked, the day of the month may have one figure less.
std::optional<EventTime> fromJava(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 28 || text[3] != ' ' || text[7] != ' ') return std::nullopt;
  int m = 0;
  for (size_t i = 0; i < kMonths.size(); ++i)
    if (text.substr(4, 3) == kMonths[i]) m = static_cast<int>(i) + 1;
  Pieces pieces(text.substr(8));
  Reading reading;
  const int d = pieces.number(2);
  pieces.must(' ');
  reading.hour = pieces.number(2);
  pieces.must(':');
  reading.minute = pieces.number(2);
  pieces.must(':');
  reading.second = pieces.number(2);
  pieces.must(' ');
  if (!pieces.good()) return std::nullopt;
  const auto zone = pieces.rest().substr(0, 4);
  Pieces year_of(pieces.rest().substr(4));
  reading.day = dayOf(year_of.number(4), m, d);
  if (!year_of.good() || !isReal(reading) || (zone != "BST " && zone != "GMT " && zone != "UTC ")) return std::nullopt;
  return EventTime{instantOf(reading, hours(zone == "BST " ? 1 : 0)), true};
}

}  // namespace

std::optional<EventTime> eventTime(std::string_view text) {
  return text.size() > 4 && text[4] == '-' ? fromIso(text) : fromJava(text);
}

std::optional<WallClock> wallClock(std::string_view text) {
  Pieces pieces(text);
  const Reading reading = isoReading(pieces);
  if (!pieces.good() || !isReal(reading) || !pieces.rest().empty()) return std::nullopt;
  return WallClock{std::string(text.substr(0, 10)), std::string(text.substr(11, 5)), aheadOf(reading) != minutes(0)};
}

}  // namespace probation
