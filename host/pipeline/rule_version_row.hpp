#pragma once

#include "host/base/clock.hpp"
#include "host/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace causeway::pipeline {

/// Where a version of the rules stands. Nothing but the newest Live one decides.
enum class RuleState {
  Draft = 1,       ///< may be written in, and simulated
  Submitted = 2,   ///< waits for another person
  Approved = 3,    ///< waits for somebody to say from when it holds
  Scheduled = 4,   ///< goes live at `effective_at`
  Live = 5,        ///< decides
  Retired = 6,     ///< was live until another was
  RolledBack = 7,  ///< was live and was taken back
};

std::string_view nameOf(RuleState state);  ///< "draft", ...

/// A whole rule set at one moment: the files of config/routes as texts. No personal value.
struct RuleVersionRow {
  std::int64_t number = 0;  ///< given by the store, rising
  std::int64_t parent = 0;  ///< the version that was live when this was drafted; 0: none
  RuleState state = RuleState::Draft;
  std::string files;                 ///< JSON: [{"path":"f01-case.yaml","text":"..."}], by path
  std::string digest;                ///< of `files`
  std::vector<std::string> authors;  ///< everybody who wrote in it; none of them may approve it
  std::string because;               ///< what the change is for, in its author's words
  std::string simulation;  ///< what it would have meant, as JSON; empty: not simulated since it was written in
  std::int64_t simulated_against = 0;  ///< the version that was live when it was simulated
  bool loses_statutory = false;        ///< the simulation found somebody who must be told and would not be
  std::string submitted_by;
  std::string approved_by;
  Instant created_at{};
  std::optional<Instant> effective_at;  ///< from when it is to hold
  std::optional<Instant> live_at;       ///< since when it held
};

/// The part of a transaction that keeps versions of the rules.
class RuleVersionWrites {
 public:
  virtual ~RuleVersionWrites() = default;
  /// Gives `row.number`.
  virtual Result<void> insertRules(RuleVersionRow& row) = 0;
  /// Writes all but number, parent and created_at. NotFound when there is no such version. A version that one of its authors approved is
  /// refused by the store itself.
  virtual Result<void> updateRules(const RuleVersionRow& row) = 0;
  virtual Result<std::optional<RuleVersionRow>> findRules(std::int64_t number) = 0;
  /// Every version, oldest first.
  virtual Result<std::vector<RuleVersionRow>> allRules() = 0;
};

/// What was committed of them. Thread-safe.
class RuleVersionReads {
 public:
  virtual ~RuleVersionReads() = default;
  /// Every version of the rules, oldest first.
  virtual Result<std::vector<RuleVersionRow>> ruleVersions() = 0;
};

}  // namespace causeway::pipeline
