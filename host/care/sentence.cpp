#include "host/care/sentence.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

namespace causeway::care {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

sys_days endOf(year_month_day from, const Length& length) {
  auto end = from + std::chrono::months(length.months);
  if (!end.ok()) end = end.year() / end.month() / std::chrono::last;
  return sys_days(end) + std::chrono::days(length.days);
}

bool means(const canonical::Result& result, std::string_view meaning) {
  return std::ranges::any_of(result.meanings(), [&](const auto& one) { return one.code() == meaning; });
}

bool isHospitalOrder(const canonical::Result& result) { return result.plain_outcome().code() == "hospital_order"; }

bool isSuspended(const canonical::Result& result) {
  return means(result, "suspended_sentence") || (means(result, "custodial_sentence") && means(result, "suspended"));
}

bool isCustody(const canonical::Result& result) {
  return means(result, "custodial_sentence") && !isSuspended(result) && !isHospitalOrder(result);
}

std::optional<int> numberIn(std::string_view text) {
  int out = 0;
  const auto end = text.data() + text.size();
  const auto [last, error] = std::from_chars(text.data(), end, out);
  // A sentence of a million days is a mistake of the sender, and would overflow what follows.
  constexpr int kMost = 100'000;
  if (error != std::errc() || last != end || out < 0 || out > kMost) return std::nullopt;
  return out;
}

struct Stay {
  bool life = false;
  std::optional<Length> length;
  bool consecutive = false, concurrent = false;
};

/// The main length of a result; several of them ("1 year 6 months") belong together.
std::optional<Length> lengthOf(const canonical::Result& result, int lifetime_years, bool& life) {
  std::optional<Length> out;
  for (const auto& term : result.terms()) {
    if (!term.role().empty() && term.role() != "primary") continue;
    if (term.unit() == "L") {
      life = true;
      continue;
    }
    const auto number = numberIn(term.value());
    if (!number) return std::nullopt;
    if (!out) out = Length{};
    if (term.unit() == "Y" && *number >= lifetime_years) life = true;
    if (term.unit() == "Y") out->months += 12 * *number;
    else if (term.unit() == "M") out->months += *number;
    else if (term.unit() == "W") out->days += 7 * *number;
    else if (term.unit() == "D") out->days += *number;
    else return std::nullopt;
  }
  return out;
}

class Sum {
 public:
  Sum(const canonical::Defendant& defendant, const LifeSentences& life) : life_(life) {
    for (const auto& result : defendant.results()) take(result, {});
    for (const auto& offence : defendant.offences())
      for (const auto& result : offence.results()) take(result, offence.id());
  }

  std::optional<Sentenced> result() {
    auto& shown = out_.shown;
    if (!shown.custodial() && !shown.hospital_order() && !shown.suspended()) return std::nullopt;
    out_.day = parseDate(shown.sentenced_on());
    addUp();
    return std::move(out_);
  }

 private:
  void take(const canonical::Result& result, const std::string& offence) {
    if (result.deleted() || result.category().code() == "interim") return;
    auto& shown = out_.shown;
    const bool custody = isCustody(result), hospital = isHospitalOrder(result);
    if (isSuspended(result) && !hospital) shown.set_suspended(true);
    if (custody || hospital) {
      if (offence.empty()) out_.at_defendant = true;
      else out_.by_offence.insert(offence);
    }
    if (hospital) shown.set_hospital_order(true);
    if (custody) {
      shown.set_custodial(true);
      stays_.push_back(stayOf(result));
    }
    if (custody || hospital || isSuspended(result))
      shown.set_sentenced_on(std::max(shown.sentenced_on(), result.ordered_on()));
  }

  Stay stayOf(const canonical::Result& result) const {
    Stay out;
    out.life = life_.codes.contains(result.code().code()) || life_.short_codes.contains(result.short_code().code());
    out.length = lengthOf(result, life_.lifetime_years, out.life);
    out.consecutive = means(result, "consecutive");
    out.concurrent = means(result, "concurrent");
    return out;
  }

  void addUp() {
    auto& shown = out_.shown;
    if (!shown.custodial()) return;
    const bool life = std::ranges::any_of(stays_, [](const Stay& one) { return one.life; });
    if (life) shown.set_life(true);
    const auto from =
        out_.day.value_or(year_month_day(std::chrono::year(2000), std::chrono::January, std::chrono::day(1)));
    for (const auto& one : stays_) {
      if (one.life) continue;
      if (!one.length) out_.unknown_length = true;
      const Length length = one.length.value_or(Length{});
      if (length.reaches(out_.at_least, from)) out_.at_least = length;
      out_.at_most = out_.at_most + length;
    }
    nameTotal(life);
  }

  /// One sentence is as long as it says. Several are as long as the longest where the others are said to run beside it, and all
  /// together where they are said to follow one another; the first of them need say neither.
  void nameTotal(bool life) {
    const auto saying = [&](bool Stay::* what) {
      return std::ranges::count_if(stays_, [&](const Stay& one) { return one.*what; });
    };
    const auto others = static_cast<std::ptrdiff_t>(stays_.size()) - 1;
    const auto beside = saying(&Stay::concurrent), after = saying(&Stay::consecutive);
    if (life) return;
    std::string basis = "undetermined";
    if (others == 0) basis = "stated";
    else if (after == 0 && beside >= others) basis = "longest_single";
    else if (beside == 0 && after >= others) basis = "summed";
    if (out_.unknown_length) basis = "undetermined";
    if (basis == "longest_single") out_.at_most = out_.at_least;
    if (basis == "summed") out_.at_least = out_.at_most;
    out_.shown.mutable_total_basis()->set_code(basis);
    if (basis != "undetermined") setTotal(out_.at_most);
  }

  /// A total in months and days has no unit of its own: it is left to the single lengths.
  void setTotal(const Length& length) {
    if (length.months > 0 && length.days > 0) return;
    auto& total = *out_.shown.mutable_total();
    total.set_unit(length.days > 0 ? "D" : "M");
    total.set_value(std::to_string(length.days > 0 ? length.days : length.months));
  }

  const LifeSentences& life_;
  Sentenced out_;
  std::vector<Stay> stays_;
};

}  // namespace

bool Length::reaches(const Length& other, year_month_day from) const {
  return endOf(from, *this) >= endOf(from, other);
}

std::optional<Sentenced> sentenceOf(const canonical::Defendant& defendant, const LifeSentences& life) {
  return Sum(defendant, life).result();
}

}  // namespace causeway::care
