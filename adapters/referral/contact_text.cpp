#include "contact_text.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <optional>

namespace referral {
namespace {

bool isFigure(char c) { return c >= '0' && c <= '9'; }

bool isWord(char c) {
  return isFigure(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-' ||
         c == '+' || c == '%';
}

int numberAt(std::string_view text, size_t from, size_t size) {
  int out = -1;
  const auto* end = text.data() + from + size;
  const auto read = std::from_chars(text.data() + from, end, out);
  return read.ec == std::errc() && read.ptr == end ? out : -1;
}

// British Summer Time runs from the last Sunday of March to the last Sunday of October; by 17:00 the change of the day is past.
bool isSummer(const std::chrono::year_month_day& day) {
  using namespace std::chrono;
  const sys_days begins = day.year() / March / Sunday[last], ends = day.year() / October / Sunday[last];
  return sys_days(day) >= begins && sys_days(day) < ends;
}

std::optional<std::chrono::year_month_day> dayAt(std::string_view text) {
  using namespace std::chrono;
  if (text[4] != '-' || text[7] != '-') return std::nullopt;
  const int y = numberAt(text, 0, 4), m = numberAt(text, 5, 2), d = numberAt(text, 8, 2);
  if (y < 1900 || m < 1 || d < 1) return std::nullopt;
  const year_month_day day{year(y), month(static_cast<unsigned>(m)), std::chrono::day(static_cast<unsigned>(d))};
  return day.ok() ? std::optional(day) : std::nullopt;
}

}  // namespace

size_t characters(std::string_view text) {
  size_t out = 0;
  for (const char c : text) out += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return out;
}

bool holdsContact(std::string_view text) {
  size_t figures = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (isFigure(c)) {
      if (++figures >= 8) return true;
    } else if (c != ' ' && c != '(' && c != ')' && c != '-' && c != '.') {
      figures = 0;
    }
    if (c == '@' && i > 0 && i + 1 < text.size() && isWord(text[i - 1]) && isWord(text[i + 1])) return true;
  }
  return false;
}

std::string endOfWorkingDay(std::string_view date) {
  const auto day = date.size() == 10 ? dayAt(date) : std::nullopt;
  return day ? std::string(date) + (isSummer(*day) ? "T16:00:00Z" : "T17:00:00Z") : std::string();
}

std::string londonDay(std::string_view instant) {
  const auto day = instant.size() >= 20 && instant[10] == 'T' && instant.ends_with('Z') ? dayAt(instant) : std::nullopt;
  if (!day) return {};
  // Only from 23:00 UTC is it another day in London, and never on a day when the clocks change.
  if (instant.substr(11, 2) != "23" || !isSummer(*day)) return std::string(instant.substr(0, 10));
  const std::chrono::year_month_day next(std::chrono::sys_days(*day) + std::chrono::days(1));
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(next.year()),
                static_cast<unsigned>(next.month()), static_cast<unsigned>(next.day()));
  return out.data();
}

}  // namespace referral
