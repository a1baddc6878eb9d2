#pragma once

#include "host/pipeline/rule_trial.hpp"

#include <mutex>
#include <set>

namespace causeway::pipeline {

/// Counts what differs between two sets of rules. Thread-safe.
class TrialTally {
 public:
  using Each = std::function<void(const TriedDelivery* before, const TriedDelivery* after)>;
  using StillTold = std::function<bool(const TriedDelivery& lost)>;

  explicit TrialTally(Each each) : each_(std::move(each)) {}

  void add(Instant received);
  void addCase();
  void skip(const std::string& why, int messages);
  /// The deliveries of one event by the one and by the other set. `still_told` is asked about those that are gone.
  void compare(const std::vector<TriedDelivery>& before, const std::vector<TriedDelivery>& after,
               const StillTold& still_told);
  /// With what the rules themselves show. Not to be used afterwards.
  RuleTrial finish(std::vector<routing::RuleLoss> taken);

 private:
  void pair(const TriedDelivery* before, const TriedDelivery* after, bool lost);
  void count(RuleTrial::Change change, const std::string& message_id);

  Each each_;
  std::mutex mutex_;
  RuleTrial trial_;
  std::set<std::string> days_;
  std::map<std::string, int> told_;  ///< live deliveries before, by rule
  std::optional<Instant> first_, last_;
};

}  // namespace causeway::pipeline
