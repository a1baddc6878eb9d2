#pragma once

#include "host/model/case.pb.h"

#include <chrono>
#include <optional>
#include <set>
#include <string>

namespace causeway::care {

/// A length of custody as courts say it. Months and days are kept apart: "12 months" is not "365 days".
struct Length {
  int months = 0;
  int days = 0;

  bool operator==(const Length&) const = default;
  Length operator+(const Length& other) const { return {months + other.months, days + other.days}; }
  /// Not shorter than the other, counted on the calendar from the first day of the sentence.
  bool reaches(const Length& other, std::chrono::year_month_day from) const;
};

/// Results that mean custody without an end, by the court's code (`1003`) or short code (`MLI`). A length in unit `L`, or of
/// `lifetime_years` and more, means the same.
struct LifeSentences {
  std::set<std::string, std::less<>> codes, short_codes;
  int lifetime_years = 99;
};

/// What a court's results come to for one defendant.
struct Sentenced {
  canonical::Sentence shown;  ///< as the case shows it; `total` only where it is certain
  std::optional<std::chrono::year_month_day> day;
  bool unknown_length = false;       ///< at least one custodial result says no length that can be read
  Length at_least, at_most;          ///< of all custody together: the longest one, and all of them one after the other
  std::set<std::string> by_offence;  ///< ids of the offences with custody or a hospital order
  bool at_defendant = false;         ///< custody or a hospital order for the defendant as a whole
};

/// Nothing when no result of the defendant is custody, suspended custody or a hospital order. Results that the court took back and
/// interim ones do not count.
std::optional<Sentenced> sentenceOf(const canonical::Defendant& defendant, const LifeSentences& life);

}  // namespace causeway::care
