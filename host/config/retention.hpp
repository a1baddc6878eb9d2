#pragma once

#include "host/base/node.hpp"
#include "host/pipeline/retention_times.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace causeway::config {

/// How long one category of what is kept stays, and who says so.
struct RetentionRule {
  /// documents (as they came), payloads (what deliveries were made of), quarantined (documents that were refused): thrown away after
  /// `keep`. case: looked at by a person after `review_every`, and never thrown away by the clock.
  std::string category;
  std::string what;  ///< in plain English
  std::chrono::days keep{0};
  std::chrono::days review_every{0};
  std::string source;  ///< law, schedule or decision it rests on
  std::chrono::year_month_day valid_from{};
  Location at;
};

struct RetentionRules {
  std::vector<RetentionRule> rules;
  pipeline::RetentionTimes times;
};

/// Reads the files of the retention folder: `retention:` is a list of rules. A category twice, one without a time or a source, and a time
/// that is not of its kind are errors. A category that no rule names is never thrown away.
RetentionRules readRetention(const std::vector<Node>& files, Problems& problems);

}  // namespace causeway::config
