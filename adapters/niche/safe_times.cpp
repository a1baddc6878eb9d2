#include "safe_times.hpp"

#include <array>
#include <cstddef>

namespace niche {
namespace {

constexpr std::array<std::string_view, 7> kDays{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
constexpr std::array<std::string_view, 7> kNames{"MONDAY", "TUESDAY",  "WEDNESDAY", "THURSDAY",
                                                 "FRIDAY", "SATURDAY", "SUNDAY"};
using Week = std::array<bool, 7>;

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// Two letters, three, or the whole name; a plural S as in "mondays".
int dayNumber(std::string_view word) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (word == kDays[i] || word == kNames[i].substr(0, 3) || word == kNames[i]) return static_cast<int>(i);
    if (word.ends_with('S') && word.substr(0, word.size() - 1) == kNames[i]) return static_cast<int>(i);
  }
  return -1;
}

bool addDays(std::string_view word, Week& week) {
  int first = dayNumber(word), last = first;
  if (word == "WEEKDAYS") first = 0, last = 4;
  else if (word == "WEEKENDS" || word == "WEEKEND") first = 5, last = 6;
  else if (word == "DAILY") first = 0, last = 6;
  else if (const size_t dash = word.find('-'); dash != std::string_view::npos) {
    first = dayNumber(word.substr(0, dash));
    last = dayNumber(word.substr(dash + 1));
  }
  if (first < 0 || last < first) return false;
  for (int day = first; day <= last; ++day) week[static_cast<size_t>(day)] = true;
  return true;
}

// 9, 09, 9:30, 0930 is not taken: it could be anything.
std::string timeOfDay(std::string_view text) {
  const size_t colon = text.find(':');
  const auto hour = text.substr(0, colon);
  const auto minute = colon == std::string_view::npos ? std::string_view("00") : text.substr(colon + 1);
  const auto digits = [](std::string_view part) {
    for (const char c : part)
      if (c < '0' || c > '9') return false;
    return true;
  };
  if (hour.empty() || hour.size() > 2 || minute.size() != 2 || !digits(hour) || !digits(minute)) return {};
  std::string out = (hour.size() == 1 ? "0" : "") + std::string(hour) + ":" + std::string(minute);
  return out.substr(0, 2) < "24" && minute < "60" ? out : std::string();
}

}  // namespace

std::optional<SafeTime> parseSafeTime(std::string_view text) {
  const std::string words = upper(text);
  std::string_view rest(words);
  while (rest.ends_with(' ')) rest.remove_suffix(1);
  const size_t space = rest.rfind(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto hours = rest.substr(space + 1);
  const size_t dash = hours.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  SafeTime out{{}, timeOfDay(hours.substr(0, dash)), timeOfDay(hours.substr(dash + 1))};
  if (out.from.empty() || out.to.empty() || out.to <= out.from) return std::nullopt;

  Week week{};
  rest = rest.substr(0, space);
  while (!rest.empty()) {
    const size_t end = rest.find_first_of(" ,");
    const auto word = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (!word.empty() && !addDays(word, week)) return std::nullopt;
  }
  for (size_t i = 0; i < week.size(); ++i)
    if (week[i]) out.days += (out.days.empty() ? "" : " ") + std::string(kDays[i]);
  if (out.days.empty()) return std::nullopt;
  return out;
}

}  // namespace niche
