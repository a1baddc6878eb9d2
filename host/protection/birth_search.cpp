#include "host/base/text.hpp"
#include "host/protection/raw_finding.hpp"
#include "host/protection/text_words.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace causeway::protection {
namespace {

constexpr std::uint16_t kWithinDate =
    kGapSpace | kGapLine | kGapHyphen | kGapStop | kGapSlash | kGapComma | kGapUnderscore | kGapApostrophe;
constexpr std::size_t kCueReach = 5;

struct Date {
  std::vector<std::string> days;  // as 2001-02-03: more than one where the order or the century is open
  std::size_t last = 0;
};

int numberOf(std::string_view digits) {
  int out = 0;
  for (const char c : digits) out = out * 10 + (c - '0');
  return out;
}

/// Dates as people write them; every reading counts.
class DateReader {
 public:
  explicit DateReader(const WordHits& hits) : hits_(hits), words_(hits.text.words()) {}

  std::optional<Date> at(std::size_t word) const {
    Date out;
    if (isNumber(word, 8, 8)) {
      const auto digits = text(word);
      add(digits.substr(4), digits.substr(2, 2), digits.substr(0, 2), out);
      add(digits.substr(0, 4), digits.substr(4, 2), digits.substr(6), out);
      out.last = word;
    } else if (isNumber(word, 4, 4)) {
      const auto month = next(word), day = month ? next(*month) : std::nullopt;
      if (!day || !isNumber(*day, 1, 2)) return std::nullopt;
      add(text(word), text(*month), text(*day), out);
      out.last = *day;
    } else if (isNumber(word, 1, 2)) {
      dayFirst(word, out);
    } else if (monthOf(text(word)) != 0) {
      auto day = next(word);
      auto year = day && isNumber(*day, 1, 2) ? next(skipOrdinal(*day)) : std::nullopt;
      if (!year || !isNumber(*year, 2, 4)) return std::nullopt;
      add(text(*year), text(word), text(*day), out);
      out.last = *year;
    }
    return out.days.empty() ? std::nullopt : std::optional(out);
  }

 private:
  std::string_view text(std::size_t word) const { return hits_.text.text(word); }
  bool isNumber(std::size_t word, std::size_t least, std::size_t most) const {
    return words_[word].digits && words_[word].length >= least && words_[word].length <= most;
  }
  std::optional<std::size_t> next(std::size_t word) const {
    if (word + 1 >= hits_.size() || (words_[word + 1].gap_size > 0 && !hits_.close(word, kWithinDate, 3)))
      return std::nullopt;
    return word + 1;
  }
  // 3rd, and the "of" behind it.
  std::size_t skipOrdinal(std::size_t day) const {
    for (const std::string_view each : {"st", "nd", "rd", "th"})
      if (day + 1 < hits_.size() && text(day + 1) == each && words_[day + 1].gap_size <= 1) ++day;
    if (day + 1 < hits_.size() && text(day + 1) == "of") ++day;
    return day;
  }

  void dayFirst(std::size_t word, Date& out) const {
    const auto month = next(skipOrdinal(word));
    const auto year = month ? next(*month) : std::nullopt;
    if (!year || !isNumber(*year, 2, 4) || words_[*year].length == 3) return;
    if (!isNumber(*month, 1, 2) && monthOf(text(*month)) == 0) return;
    add(text(*year), text(*month), text(word), out);
    if (words_[*month].digits) add(text(*year), text(word), text(*month), out);
    out.last = *year;
  }

  static std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

  static void add(std::string_view year, std::string_view month, std::string_view day, Date& out) {
    const int in_year = month[0] >= '0' && month[0] <= '9' ? numberOf(month) : monthOf(month);
    const auto rest = "-" + two(in_year) + "-" + two(numberOf(day));
    if (year.size() == 2)
      for (const char* century : {"19", "20"}) out.days.push_back(century + std::string(year) + rest);
    else out.days.push_back(std::string(year) + rest);
    std::erase_if(out.days, [](const std::string& each) { return !parseDate(each); });
  }

  const WordHits& hits_;
  const std::vector<Word>& words_;
};

bool isSaidToBeBirth(const WordHits& hits, std::size_t word) {
  for (std::size_t at = word, steps = 0; at > 0 && steps < kCueReach; ++steps) {
    --at;
    const auto before = hits.text.text(at);
    const bool spelt = before == "b" && at >= 2 && hits.text.text(at - 1) == "o" && hits.text.text(at - 2) == "d";
    if (is(WordUse::BirthCue, before) || spelt) return true;
  }
  return false;
}

}  // namespace

void findBirths(const WordHits& hits, std::vector<RawFinding>& out) {
  const auto& words = hits.text.words();
  const DateReader reader(hits);
  for (std::size_t word = 0; word < hits.size(); ++word) {
    if (words[word].blocked) continue;
    const auto date = reader.at(word);
    if (!date) continue;
    RawFinding finding{FindingKind::Birth, Confidence::Possible, words[word].begin, words[date->last].end, -1};
    bool open = false;
    for (const auto& day : date->days) {
      open = open || std::ranges::find(hits.index.open_births, day) != hits.index.open_births.end();
      if (const auto known = hits.index.births.find(day); known != hits.index.births.end())
        finding.person = known->second;
    }
    if (finding.person >= 0) finding.confidence = Confidence::Certain;
    else if (open || !isSaidToBeBirth(hits, word)) continue;
    out.push_back(finding);
    word = date->last;
  }
}

}  // namespace causeway::protection
