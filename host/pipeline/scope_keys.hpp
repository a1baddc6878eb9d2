#pragma once

#include "host/base/clock.hpp"
#include "host/base/result.hpp"

#include <cstdint>
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

/// A key that wraps scope keys (generation 1, 2, ...) or from which fingerprints are made (generation 0), itself wrapped by a
/// key-encryption key. While that one is changed, each stands there under both.
struct RootKey {
  std::string kek_id;
  std::int64_t generation = 0;
  std::string wrapped;
};

/// A scope key that is to be wrapped in another way.
struct Rewrapped {
  std::string scope;
  std::string before;  ///< as it is stored now; stored otherwise or erased meanwhile, it stays as it is
  std::string after;
};

/// Where a vault keeps its wrapped scope keys: apart from the store, so that destroying a key erases what it sealed in the
/// database and in every copy of it. Knows no unwrapped key. Thread-safe.
class ScopeKeyStore {
 public:
  virtual ~ScopeKeyStore() = default;

  /// The key file of a store of the first version, which had no root keys; empty for any other.
  virtual Result<std::string> boundTo() = 0;
  virtual Result<std::vector<RootKey>> rootKeys() = 0;
  /// All or none, durable on return. Conflict when one of them is there already.
  virtual Result<void> insertRoots(const std::vector<RootKey>& keys) = 0;
  /// Overwrites every root key but those that this key-encryption key wrapped, and of those the generations from 1 to `below` - 1.
  /// Durable on return, and nothing of them stays in the files.
  virtual Result<void> keepOnly(std::string_view kek_id, std::int64_t below) = 0;
  /// Scope keys in order of their scopes, after this one, at most `limit`.
  virtual Result<std::vector<ScopeKey>> keysAfter(std::string_view scope, int limit) = 0;
  /// All or none, durable on return.
  virtual Result<void> rewrap(const std::vector<Rewrapped>& keys) = 0;
  virtual Result<ScopeKeyRecord> find(std::string_view scope) = 0;
  /// All or none, durable on return. Conflict when a scope has a key already, Refused when its key was erased.
  virtual Result<void> insert(const std::vector<ScopeKey>& keys) = 0;
  /// In one step: this key takes the place of its scope's, which is overwritten, and the key of `spent` goes without being remembered as
  /// erased. Durable on return.
  virtual Result<void> replace(const ScopeKey& key, std::string_view spent) = 0;
  /// Overwrites the key, if there is one, and remembers the erasure for ever. Durable on return. Again: no effect.
  virtual Result<void> erase(std::string_view scope, Instant at) = 0;
};

}  // namespace causeway::pipeline
