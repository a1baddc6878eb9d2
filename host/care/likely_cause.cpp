#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/care/reconciliation.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

namespace causeway::care {
namespace {

std::string_view causeOfDates(std::string_view a, std::string_view b) {
  const auto first = parseDate(a), second = parseDate(b);
  if (!first || !second) return {};
  const bool day_is_month = unsigned(first->day()) == unsigned(second->month());
  const bool month_is_day = unsigned(first->month()) == unsigned(second->day());
  if (first->year() == second->year() && day_is_month && month_is_day) return "transposed";
  if (first->month() == second->month() && first->day() == second->day()) return "year";
  return {};
}

/// "2026-07-01 10:00 B01EF": minutes of the day; nothing without a time.
std::optional<int> minutesOf(std::string_view value) {
  if (value.size() < 16 || value[13] != ':') return std::nullopt;
  const auto digit = [&](size_t at) { return value[at] - '0'; };
  return (digit(11) * 10 + digit(12)) * 60 + digit(14) * 10 + digit(15);
}

std::string_view causeOfTimes(std::string_view a, std::string_view b) {
  if (a.substr(0, 10) != b.substr(0, 10)) return causeOfDates(a.substr(0, 10), b.substr(0, 10));
  const auto first = minutesOf(a), second = minutesOf(b);
  if (!first || !second) return {};
  if (*first == *second && a.substr(16) != b.substr(16)) return "place";
  constexpr int kHour = 60;
  return std::abs(*first - *second) == kHour ? "hour" : "";
}

std::string_view causeOfNames(std::string_view a, std::string_view b) {
  const auto sorted = [](std::string text) {
    std::ranges::replace(text, '|', ' ');
    std::vector<std::string> words;
    for (const auto word : split(text, ' ')) words.emplace_back(word);
    std::ranges::sort(words);
    return words;
  };
  if (sorted(std::string(a)) == sorted(std::string(b))) return "swapped";
  return nearest(a, {std::string(b)}).empty() ? "" : "spelling";
}

}  // namespace

bool sameName(std::string_view a, std::string_view b) {
  const size_t end_a = std::min(a.find('|'), a.size()), end_b = std::min(b.find('|'), b.size());
  if (a.substr(end_a) != b.substr(end_b)) return false;
  auto fewer = split(a.substr(0, end_a), ' '), more = split(b.substr(0, end_b), ' ');
  if (fewer.size() > more.size()) std::swap(fewer, more);
  size_t at = 0;
  for (const auto& name : more)
    if (at < fewer.size() &&
        (name == fewer[at] || ((name.size() == 1 || fewer[at].size() == 1) && name[0] == fewer[at][0])))
      ++at;
  return at == fewer.size();
}

std::string_view likelyCause(SharedFact::Shape shape, std::string_view a, std::string_view b) {
  switch (shape) {
    case SharedFact::Shape::Date: return causeOfDates(a, b);
    case SharedFact::Shape::Time: return causeOfTimes(a, b);
    case SharedFact::Shape::Name: return causeOfNames(a, b);
    default: return {};
  }
  return {};
}

}  // namespace causeway::care
