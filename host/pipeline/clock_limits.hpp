#pragma once

#include "host/care/clock_book.hpp"
#include "host/routing/time_limits.hpp"

#include <memory>
#include <utility>

namespace causeway::pipeline {

/// The clocks of the configuration as routing must know them.
class ClockLimits final : public routing::TimeLimits {
 public:
  explicit ClockLimits(std::shared_ptr<const care::ClockBook> book) : book_(std::move(book)) {}

  std::vector<std::string> names() const override;
  bool dependsOnPerson(std::string_view clock) const override;
  std::optional<Instant> due(std::string_view clock, Instant received, bool enhanced) const override;
  std::optional<Instant> before(std::string_view clock, Instant received,
                                std::chrono::year_month_day day) const override;

 private:
  std::shared_ptr<const care::ClockBook> book_;
};

}  // namespace causeway::pipeline
