#include "host/pipeline/clock_limits.hpp"

#include <algorithm>

namespace causeway::pipeline {

std::vector<std::string> ClockLimits::names() const {
  std::vector<std::string> out;
  for (const auto& kind : book_->all()) out.push_back(kind.id);
  return out;
}

bool ClockLimits::dependsOnPerson(std::string_view clock) const {
  const auto* kind = book_->find(clock);
  return kind && std::ranges::any_of(kind->versions, [](const auto& law) { return law.standard != law.enhanced; });
}

std::optional<Instant> ClockLimits::due(std::string_view clock, Instant received, bool enhanced) const {
  const auto* kind = book_->find(clock);
  const auto* law = kind ? care::ClockBook::lawAt(*kind, received) : nullptr;
  return law ? book_->due(*law, received, enhanced) : std::nullopt;
}

std::optional<Instant> ClockLimits::before(std::string_view clock, Instant received,
                                           std::chrono::year_month_day day) const {
  const auto* kind = book_->find(clock);
  const auto* law = kind ? care::ClockBook::lawAt(*kind, received) : nullptr;
  return law ? std::optional(book_->before(*law, day)) : std::nullopt;
}

}  // namespace causeway::pipeline
