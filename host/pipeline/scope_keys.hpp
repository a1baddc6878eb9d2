#pragma once

#include "host/base/clock.hpp"
#include "host/base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace causeway::pipeline {

/// The key of one scope (a case, or a message without a case), already wrapped by the key-encryption key.
struct ScopeKey {
  std::string scope;
  std::string wrapped;
};

/// What is known about the key of a scope.
struct ScopeKeyRecord {
  enum class State { Unknown, Known, Erased };
  State state = State::Unknown;
  std::string wrapped;  ///< only when known
};

/// Where a vault keeps its wrapped scope keys: apart from the store, so that destroying a key erases what it sealed in the
/// database and in every copy of it. Knows no unwrapped key. Thread-safe.
class ScopeKeyStore {
 public:
  virtual ~ScopeKeyStore() = default;

  /// Remembers which key-encryption key these keys are wrapped by; Refused when it was another one before.
  virtual Result<void> bindTo(std::string_view key_id) = 0;
  virtual Result<ScopeKeyRecord> find(std::string_view scope) = 0;
  /// All or none, durable on return. Conflict when a scope has a key already, Refused when its key was erased.
  virtual Result<void> insert(const std::vector<ScopeKey>& keys) = 0;
  /// Overwrites the key, if there is one, and remembers the erasure for ever. Durable on return. Again: no effect.
  virtual Result<void> erase(std::string_view scope, Instant at) = 0;
};

}  // namespace causeway::pipeline
