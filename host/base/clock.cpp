#include "host/base/clock.hpp"

#include "host/base/text.hpp"

#include <date/tz.h>

#include <array>
#include <cstdio>

namespace causeway {
namespace {

const date::time_zone& london() {
  static const date::time_zone* zone = date::locate_zone("Europe/London");
  return *zone;
}

// Two digits; -1 when they are none.
int number(const char* text) {
  const int tens = text[0] - '0', ones = text[1] - '0';
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

// "hh:mm:ss"
std::optional<std::chrono::seconds> timeOfDay(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const int hour = number(text.data()), minute = number(text.data() + 3), second = number(text.data() + 6);
  if (hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return std::chrono::seconds((hour * 60 + minute) * 60 + second);
}

// "Z", "+01:00", "-00:00"
std::optional<std::chrono::minutes> zoneOffset(std::string_view text) {
  if (text == "Z") return std::chrono::minutes(0);
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const int hours = number(text.data() + 1), minutes = number(text.data() + 4);
  if (hours < 0 || minutes < 0 || hours > 14 || minutes > 59) return std::nullopt;
  const auto offset = std::chrono::minutes(hours * 60 + minutes);
  return text[0] == '-' ? -offset : offset;
}

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

LondonTime toLondon(Instant instant) {
  const auto local = london().to_local(std::chrono::time_point_cast<std::chrono::seconds>(instant)).time_since_epoch();
  const auto days = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss<std::chrono::seconds> time(local - days);
  return {std::chrono::year_month_day(std::chrono::sys_days(days)), static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count())};
}

std::optional<Instant> fromLondon(const LondonTime& local) {
  const auto since_epoch = std::chrono::sys_days(local.date).time_since_epoch() + std::chrono::hours(local.hour) +
                           std::chrono::minutes(local.minute) + std::chrono::seconds(local.second);
  const date::local_seconds wall{since_epoch};
  const auto info = london().get_info(wall);
  if (info.result == date::local_info::nonexistent) return std::nullopt;
  return Instant(since_epoch - info.first.offset);
}

std::string formatInstant(Instant instant) {
  const auto days = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss<std::chrono::microseconds> time(instant - days);
  std::string out = formatDate(std::chrono::year_month_day(days)) + "T00:00:00";
  const auto put = [&](size_t at, long number) {
    out[at] = static_cast<char>('0' + number / 10);
    out[at + 1] = static_cast<char>('0' + number % 10);
  };
  put(11, time.hours().count());
  put(14, time.minutes().count());
  put(17, time.seconds().count());
  if (time.subseconds().count() != 0) {
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), ".%06d", static_cast<int>(time.subseconds().count()));
    out += buffer.data();
    while (out.back() == '0') out.pop_back();
  }
  return out + "Z";
}

Result<Instant> parseInstant(std::string_view text) {
  const auto refuse = [] {
    return fail(ErrorKind::Invalid, "not a date and time with a zone, such as 2026-06-02T09:00:00Z");
  };
  if (text.size() < 20 || text[10] != 'T') return refuse();
  const auto day = parseDate(text.substr(0, 10));
  const auto time = timeOfDay(text.substr(11, 8));
  if (!day || !time) return refuse();
  std::string_view rest = text.substr(19);
  std::chrono::microseconds fraction{0};
  if (rest.front() == '.') {
    size_t digits = 1;
    int scale = 100000;
    while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9') {
      fraction += std::chrono::microseconds((rest[digits] - '0') * scale);
      scale /= 10;
      ++digits;
    }
    if (digits == 1) return refuse();
    rest.remove_prefix(digits);
  }
  const auto offset = zoneOffset(rest);
  if (!offset) return refuse();
  return Instant(std::chrono::sys_days(*day)) + *time + fraction - *offset;
}

}  // namespace causeway
