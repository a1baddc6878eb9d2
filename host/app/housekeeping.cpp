#include "host/app/housekeeping.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace causeway::app {
namespace {

constexpr std::chrono::seconds kFirst{60};  // after the rush of a start
constexpr std::chrono::minutes kEvery{5};

}  // namespace

Housekeeping::Housekeeping(std::function<void(int)> round) : loop_(kFirst, kEvery) {
  loop_.start([round = std::move(round), number = 0]() mutable { round(number++); });
}

void Housekeeping::stop() { loop_.stop(); }

void throwAway(pipeline::Retention& retention, Log& log) {
  const auto purged = retention.purge();
  if (!purged) return log.error("what is kept too long could not be thrown away", {{"why", purged.error().text()}});
  if (purged->documents + purged->payloads + purged->quarantined > 0)
    log.info("what was kept long enough was thrown away", {{"documents", std::to_string(purged->documents)},
                                                           {"payloads", std::to_string(purged->payloads)},
                                                           {"quarantined", std::to_string(purged->quarantined)}});
  if (const auto due = retention.due(1); due && !due->empty())
    log.warn("cases wait for a person to decide whether they are still needed: causeway retention due");
}

void askForReviews(pipeline::BreakGlass& glass, Log& log) {
  const auto openings = glass.list();
  if (openings && std::ranges::any_of(*openings, [](const auto& one) { return !one.review; }))
    log.warn("restricted cases were opened and nobody has reviewed why: causeway break-glass list");
}

}  // namespace causeway::app
