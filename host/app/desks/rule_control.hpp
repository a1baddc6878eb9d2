#pragma once

#include "host/app/desks/rules_desk.hpp"
#include "host/app/operator_server.hpp"
#include "host/base/log.hpp"
#include "host/transport/control_socket.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace causeway::app {

/// The rulebook that decides at the start: with the version of the rules that is live in the store, else with those of the files. Once
/// changes are controlled the files alone change nothing, whoever edits them; where they differ, the log says so. Invalid when the live
/// version does not fit the rest of the configuration any more.
Result<std::shared_ptr<const pipeline::Rulebook>> rulesInForce(const Installation& installation, pipeline::Store& store,
                                                               Log& log);

/// The socket of the command line: the host's own account, root, and the operators are served.
transport::ControlSocketConfig controlSocketOf(const config::Settings& settings);

/// Changes of the rules in a running host: who may ask, the listener of the operators, and the thread that makes scheduled versions live.
class RuleControl {
 public:
  /// All must outlive it.
  struct Parts {
    const Installation& installation;
    const Operators& operators;
    pipeline::Store& store;
    pipeline::Writer& writer;
    pipeline::Vault& vault;
    pipeline::AuditLog& audit;
    const Clock& clock;
    pipeline::Admitter& admitter;
    Log& log;
  };
  explicit RuleControl(const Parts& parts);
  ~RuleControl();
  RuleControl(const RuleControl&) = delete;
  RuleControl& operator=(const RuleControl&) = delete;

  /// Keeps the rules of the files as the first version where operators are named and there is none, and begins to make live what is due.
  Result<void> start();
  /// Opens the operators' listener, where there is one. The desks must outlive it.
  Result<void> listen(ExplainDesk& explain, RightsDesk& rights);
  /// JSON to JSON, for a request about rules; nothing when it is about something else and `actor` ("uid:1204") may ask that. An operator
  /// who neither is root nor runs the host may else ask about break-glass and, as a reader, look at what the host holds.
  std::optional<std::string> answer(std::string_view request, std::string_view actor);
  void stop();

  pipeline::RuleChanges& changes() { return changes_; }

 private:
  void watch(const std::stop_token& stopping);

  Parts parts_;
  pipeline::RuleChanges changes_;
  RulesDesk desk_;
  std::unique_ptr<transport::HttpsServer> server_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace causeway::app
