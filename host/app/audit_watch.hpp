#pragma once

#include "host/base/log.hpp"
#include "host/config/settings.hpp"
#include "host/security/head_witness.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace causeway::app {

/// The newest signed head as it is given to others (head_line.hpp); empty when there is none, or it cannot be read now.
std::string newestHeadLine(pipeline::AuditRecords& records);

/// Keeps heads of the audit log in a second place while the host runs, and raises the alarm when that fails.
class AuditWatch {
 public:
  /// Broken when the log is not the one whose heads were kept: the host must not start. Unavailable when heads are required to be kept
  /// and cannot be. Does nothing when no second place is configured.
  static Result<std::unique_ptr<AuditWatch>> start(pipeline::AuditRecords& records,
                                                   const config::WitnessSettings& settings, const Clock& clock,
                                                   Log& log);
  ~AuditWatch();
  AuditWatch(const AuditWatch&) = delete;
  AuditWatch& operator=(const AuditWatch&) = delete;

  /// Heads cannot be kept at the moment.
  bool failing() const { return failing_; }
  /// The same, and nothing may be taken in until they can.
  bool stopsInput() const { return failing_ && required_; }
  /// Keeps the newest head a last time, whatever the hour, then ends.
  void stop();

 private:
  AuditWatch(security::HeadWitness witness, bool required, Log& log)
      : witness_(std::move(witness)), required_(required), log_(log) {}
  void run(const std::stop_token& stopping);
  void tell(const Result<void>& kept);

  security::HeadWitness witness_;
  bool required_;
  Log& log_;
  std::atomic<bool> failing_ = false;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace causeway::app
