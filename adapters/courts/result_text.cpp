#include "result_text.hpp"

#include "causeway/words.hpp"

#include <algorithm>
#include <array>

namespace courts {
namespace {

namespace sdk = causeway::sdk;

constexpr size_t kNowhere = std::string_view::npos;
constexpr size_t kReach = 60;  // characters between a date and the time that belongs to it

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isLetter(char c) { return isUpper(c) || (c >= 'a' && c <= 'z'); }

bool digitsAt(std::string_view text, size_t at, size_t count) {
  return at + count <= text.size() && std::all_of(text.begin() + static_cast<ptrdiff_t>(at),
                                                  text.begin() + static_cast<ptrdiff_t>(at + count), sdk::isDigit);
}

// Neither a digit nor a letter around it: "2024-09-13" in a longer number is no date.
bool standsAlone(std::string_view text, size_t at, size_t size) {
  const bool before = at == 0 || (!sdk::isDigit(text[at - 1]) && !isLetter(text[at - 1]));
  return before && (at + size >= text.size() || !sdk::isDigit(text[at + size]));
}

struct Found {
  size_t at = 0, size = 0;
  WallClock clock;
};

std::optional<Found> dateAt(std::string_view text, size_t at) {
  if (!digitsAt(text, at, 2) || at + 10 > text.size() || !standsAlone(text, at, 10)) return std::nullopt;
  const auto part = text.substr(at, 10);
  const bool european = part[2] == '/' && part[5] == '/' && digitsAt(part, 6, 4) && digitsAt(part, 3, 2);
  const std::string iso = european ? std::string(part.substr(6)) + "-" + std::string(part.substr(3, 2)) + "-" +
                                         std::string(part.substr(0, 2))
                                   : std::string(part);
  const auto day = dayOf(iso);
  if (!day) return std::nullopt;
  return Found{at, 10, *day};
}

// 14:00, 9:30, 2:00 pm, 14:00:00.
std::optional<Found> timeAt(std::string_view text, size_t at) {
  const size_t hours = digitsAt(text, at, 2) ? 2 : 1;
  if (!digitsAt(text, at, hours) || at + hours >= text.size() || text[at + hours] != ':' ||
      !digitsAt(text, at + hours + 1, 2))
    return std::nullopt;
  size_t size = hours + 3;
  if (!standsAlone(text, at, size) || (at > 0 && text[at - 1] == ':')) return std::nullopt;
  Found out{at, size, {}};
  for (size_t i = 0; i < hours; ++i) out.clock.hour = out.clock.hour * 10 + (text[at + i] - '0');
  out.clock.minute = (text[at + hours + 1] - '0') * 10 + (text[at + hours + 2] - '0');
  std::string_view rest = text.substr(at + size);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  const auto suffix = sdk::lowered(rest.substr(0, 2));
  const bool half = (suffix == "am" || suffix == "pm") && (rest.size() == 2 || !isLetter(rest[2]));
  if (half && out.clock.hour >= 1 && out.clock.hour <= 12)
    out.clock.hour = out.clock.hour % 12 + (suffix == "pm" ? 12 : 0);
  if (out.clock.hour > 23 || out.clock.minute > 59) return std::nullopt;
  return out;
}

std::vector<Found> all(std::string_view text, std::optional<Found> (*at)(std::string_view, size_t)) {
  std::vector<Found> out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!sdk::isDigit(text[i])) continue;
    if (const auto found = at(text, i)) {
      out.push_back(*found);
      i += found->size - 1;
    }
  }
  return out;
}

void addOnce(std::vector<WallClock>& out, WallClock day, const WallClock& time) {
  day.hour = time.hour;
  day.minute = time.minute;
  if (std::ranges::find(out, day) == out.end()) out.push_back(day);
}

// "at 14:00 on 13/09/2024": the words just before the date.
std::optional<WallClock> timeBefore(std::string_view text, size_t date) {
  constexpr std::string_view link = " on ";
  if (date < link.size() || sdk::lowered(text.substr(date - link.size(), link.size())) != link) return std::nullopt;
  const size_t end = date - link.size();
  for (const size_t size : {size_t{5}, size_t{4}})
    if (end >= size)
      if (const auto found = timeAt(text, end - size); found && found->size == size) return found->clock;
  return std::nullopt;
}

// Where the name of a court begins that ends at `end`: behind the last word that leads to it.
size_t nameStart(std::string_view text, size_t end) {
  static constexpr std::array<std::string_view, 6> leads = {" to ", " at ", " before ", ", ", ". ", " directs "};
  const std::string head = " " + sdk::lowered(text.substr(0, end));  // a text may begin with the lead
  size_t start = 1;
  for (const auto lead : leads) {
    const size_t found = head.rfind(lead);
    if (found != kNowhere) start = std::max(start, found + lead.size());
  }
  return start - 1;
}

std::string_view withoutArticle(std::string_view name) {
  return sdk::lowered(name.substr(0, 4)) == "the " ? name.substr(4) : name;
}

// "Crown Court at Leeds on ...": the capitalised words behind it.
std::string_view nameBehind(std::string_view text, size_t at) {
  constexpr std::string_view link = " at ";
  if (sdk::lowered(text.substr(at, link.size())) != link) return {};
  const size_t start = at + link.size();
  size_t end = start;
  for (size_t next = start; next < text.size() && isUpper(text[next]);) {
    end = std::min(text.find_first_of(" ,.;", next), text.size());
    next = end < text.size() && text[end] == ' ' ? end + 1 : text.size();
  }
  return text.substr(start, end - start);
}

bool isName(std::string_view name) { return !name.empty() && name.size() <= 40 && isUpper(name.front()); }

std::string courtOf(std::string_view text) {
  for (const std::string_view kind : {"crown court", "central criminal court"}) {
    const std::string low = sdk::lowered(text);
    for (size_t at = low.find(kind); at != kNowhere; at = low.find(kind, at + 1)) {
      if (kind.starts_with("central")) return "Central Criminal Court";
      if (const auto behind = nameBehind(text, at + kind.size()); isName(behind))
        return std::string(behind) + " Crown Court";
      const size_t start = nameStart(text, at);
      auto name = withoutArticle(text.substr(start, at - start));
      while (name.ends_with(' ')) name.remove_suffix(1);
      if (isName(name)) return std::string(name) + " Crown Court";
    }
  }
  return {};
}

}  // namespace

std::vector<WallClock> timesOn(const WallClock& day, std::string_view text) {
  std::vector<WallClock> out;
  const auto dates = all(text, dateAt);
  const auto times = all(text, timeAt);
  for (size_t i = 0; i < dates.size(); ++i) {
    if (dates[i].clock.date() != day.date()) continue;
    const size_t from = dates[i].at + dates[i].size;
    const size_t to = std::min(i + 1 < dates.size() ? dates[i + 1].at : text.size(), from + kReach);
    const auto behind = std::ranges::find_if(times, [&](const Found& time) { return time.at >= from && time.at < to; });
    const auto before = timeBefore(text, dates[i].at);
    if (behind != times.end()) addOnce(out, day, behind->clock);
    else if (before) addOnce(out, day, *before);
  }
  return out;
}

std::string_view shortCodeOf(std::string_view text) {
  size_t size = 0;
  while (size < text.size() && (isUpper(text[size]) || sdk::isDigit(text[size]))) ++size;
  if (size == 0 || size > 12 || !isUpper(text.front()) || text.substr(size, 3) != " - ") return {};
  return size + 3 < text.size() && (isLetter(text[size + 3]) || sdk::isDigit(text[size + 3])) ? text.substr(0, size)
                                                                                              : std::string_view();
}

std::string_view takenIntoConsideration(std::string_view text) {
  constexpr std::string_view words = " other offences admitted and taken into consideration";
  const size_t at = sdk::lowered(text).find(words);
  if (at == kNowhere) return {};
  size_t start = at;
  while (start > 0 && sdk::isDigit(text[start - 1])) --start;
  return at - start <= 6 ? text.substr(start, at - start) : std::string_view();
}

std::optional<NextHearing> crownCourtHearing(std::string_view text) {
  NextHearing out{courtOf(text), {}};
  if (out.court.empty()) return std::nullopt;
  const std::string low = sdk::lowered(text);
  for (size_t at = low.find("on "); at != kNowhere && !out.day; at = low.find("on ", at + 1))
    if (at == 0 || low[at - 1] == ' ')
      if (const auto date = dateAt(text, at + 3); date && text[at + 5] == '/') out.day = date->clock;
  return out;
}

}  // namespace courts
