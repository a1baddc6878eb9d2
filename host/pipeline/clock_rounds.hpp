#pragma once

#include "host/pipeline/admission.hpp"
#include "host/pipeline/timed_loop.hpp"
#include "host/pipeline/writer.hpp"

namespace causeway::pipeline {

/// Looks which clocks fall due and puts each firing through the writer, once: what was missed while the host was down is told at the
/// next start. Times are rows, so nothing is forgotten and nothing kept in memory.
class ClockRounds {
 public:
  ClockRounds(Store& store, Writer& writer, Admitter& admitter, const Clock& clock);
  ~ClockRounds();

  /// Looks by itself from now on, every few seconds.
  void start();
  /// Fires whatever is due now, on the calling thread; how many firings were committed.
  int turn();
  void stop();

 private:
  int fire(const std::vector<care::ClockRow>& due);

  Store& store_;
  Writer& writer_;
  Admitter& admitter_;
  const Clock& clock_;
  TimedLoop loop_{std::chrono::seconds(0), std::chrono::seconds(5)};
};

}  // namespace causeway::pipeline
