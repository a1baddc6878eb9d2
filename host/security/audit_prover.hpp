#pragma once

#include "host/pipeline/store.hpp"

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace causeway::security {

/// Proofs about the audit log, by which somebody who has a signed head and nothing else can check what he is shown. Remembers the
/// roots of complete subtrees, so that only the first proof reads the whole log. Thread-safe.
class AuditProver {
 public:
  explicit AuditProver(pipeline::AuditRecords& records) : records_(records) {}

  /// Hashes that lead from a leaf to the root of the first `size` leaves (RFC 9162, 2.1.3.1); check with rootFromInclusion.
  /// NotFound when the log does not have that leaf or that many.
  Result<std::vector<std::string>> inclusion(std::int64_t index, std::int64_t size);
  /// Hashes that show that the first `first` leaves are the beginning of the first `second` ones (RFC 9162, 2.1.4.1); check with
  /// isConsistent. NotFound when the log does not have that many, or when `first` is none.
  Result<std::vector<std::string>> consistency(std::int64_t first, std::int64_t second);
  /// Roots of the complete subtrees of the first `size` leaves, largest first: what a reader needs who starts there.
  Result<std::vector<std::string>> edge(std::int64_t size);

 private:
  Result<void> learn(std::int64_t size);
  Result<std::string> rootOf(std::int64_t from, std::int64_t to);

  pipeline::AuditRecords& records_;
  std::mutex mutex_;
  std::vector<std::string> blocks_;  ///< roots of kBlock leaves each, from the first leaf on
};

}  // namespace causeway::security
