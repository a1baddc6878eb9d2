#pragma once

#include "host/app/desks/rule_files.hpp"
#include "host/app/operators.hpp"
#include "host/pipeline/rule_changes.hpp"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace causeway::app {

/// Answers what operators ask about changes of the rules, over the control socket and over HTTPS alike. Requests and answers are JSON
/// objects:
///   {"command":"rules_draft","files":[{"path","text"}],"because":WHY,"into":N or 0}: a new version, or written into one
///   {"command":"rules_draft","rule":ID,"state":"live"|"shadow","because":WHY}: the live rules with one route cut over
///   {"command":"rules_simulate","version":N,"days":D}: begins; {"command":"rules_progress"} tells how far it is, then its outcome
///   {"command":"rules_submit"|"rules_approve","version":N}
///   {"command":"rules_schedule","version":N,"at":RFC 3339, or empty for now}
///   {"command":"rules_rollback","because":WHY}
///   {"command":"rules_show"|"rules_diff","version":N}, {"command":"rules_history"}
/// A version comes back as rules_report.hpp writes it.
class RulesDesk {
 public:
  RulesDesk(pipeline::RuleChanges& changes, pipeline::Store& store, const Operators& operators);
  ~RulesDesk();

  static bool knows(std::string_view command);
  Result<std::string> answer(std::string_view request, const Caller& caller);
  /// Gives up a simulation under way.
  void stop();

 private:
  struct Simulation {
    std::int64_t version = 0;
    size_t done = 0, all = 0;
    bool running = false;
    std::optional<Error> failed;
  };

  Result<std::string> simulate(const pipeline::RuleOperator& by, std::int64_t version, int days);
  Result<std::string> progress();
  Result<std::string> diff(std::int64_t version);
  Result<std::string> history();
  Result<std::string> cutOver(const pipeline::RuleOperator& by, std::string_view rule, std::string_view state,
                              const std::string& because);

  pipeline::RuleChanges& changes_;
  pipeline::Store& store_;
  const Operators& operators_;
  std::mutex mutex_;
  Simulation simulation_;
  std::atomic<bool> stopping_ = false;
  std::jthread worker_;
};

}  // namespace causeway::app
