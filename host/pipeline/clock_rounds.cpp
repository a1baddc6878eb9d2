#include "host/pipeline/clock_rounds.hpp"

#include <atomic>
#include <memory>

namespace causeway::pipeline {
namespace {

constexpr int kAtOnce = 200;

}  // namespace

ClockRounds::ClockRounds(Store& store, Writer& writer, Admitter& admitter, const Clock& clock)
    : store_(store), writer_(writer), admitter_(admitter), clock_(clock) {}

ClockRounds::~ClockRounds() { stop(); }

void ClockRounds::start() {
  loop_.start([this] { turn(); });
}

void ClockRounds::stop() { loop_.stop(); }

// A clock may have several steps behind it, so it is looked again until nothing is due, or nothing can be written.
int ClockRounds::turn() {
  int all = 0;
  for (;;) {
    const auto due = store_.clocksToFire(clock_.now(), kAtOnce);
    const int some = due && !due->empty() ? fire(*due) : 0;
    if (some == 0) return all;
    all += some;
  }
}

int ClockRounds::fire(const std::vector<care::ClockRow>& due) {
  const auto fired = std::make_shared<std::atomic<int>>(0);
  for (const auto& row : due) {
    const auto admitted = std::make_shared<Admitted>();
    writer_.submit({[this, admitted, id = row.clock_id](Transaction& tx) {
                      *admitted = {};
                      return admitter_.fireClock(tx, id, *admitted);
                    },
                    [this, admitted, fired](bool committed) {
                      if (!committed) return;
                      ++*fired;
                      admitter_.afterCommit(*admitted);
                    },
                    [this, admitted, id = row.clock_id](Transaction& tx, const Error& why) {
                      *admitted = {};
                      return admitter_.clockFailed(tx, id, why);
                    },
                    [this] { admitter_.forgetCases(); }});
  }
  // Behind them all in the queue: when it is done, so are they.
  writer_.perform([](Transaction&) { return Result<void>(); });
  return *fired;
}

}  // namespace causeway::pipeline
