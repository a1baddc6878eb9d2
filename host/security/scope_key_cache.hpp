#pragma once

#include "host/pipeline/scope_keys.hpp"
#include "host/security/erasure_list.hpp"
#include "host/security/key_ring.hpp"
#include "host/security/secret.hpp"

#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace causeway::security {

/// The unwrapped keys of the scopes in use: makes, unwraps and remembers them. Thread-safe.
class ScopeKeyCache {
 public:
  ScopeKeyCache(WrappingKeys wrapping, pipeline::ScopeKeyStore& store)
      : wrapping_(std::move(wrapping)), store_(store) {}

  /// Made when there is none yet, durable after `flush`. Refused when it was destroyed.
  Result<Secret> forSealing(std::string_view scope);
  /// Refused when it was destroyed, NotFound when there never was one.
  Result<Secret> forOpening(std::string_view scope);
  /// The key that is to take the place of the scope's; from now on `forSealing` answers it too. Refused when the scope was destroyed.
  Result<Secret> forSealingAnew(std::string_view scope);
  /// That key, when there is one, also one of before a restart.
  Result<std::optional<Secret>> nextForOpening(std::string_view scope);
  /// Puts it into the place of the scope's key, which is overwritten. No effect when there is none.
  Result<void> renew(std::string_view scope, Instant at);
  /// From now on every destroyed key is on this list before it goes; what stands there already and is in the store is destroyed now, as
  /// when a backup of the keys was put back.
  Result<void> keepList(ErasureList list, Instant now);
  /// Stores the keys made since the last time in one go; nothing when there are none.
  Result<void> flush();
  Result<void> destroy(std::string_view scope, Instant at);
  /// From now on the newest of these wraps; on return it has wrapped every key of the store. Work goes on meanwhile. Stopped in the
  /// middle, it may be done again.
  Result<void> wrapAllWith(const WrappingKeys& wrapping);

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Keys = std::unordered_map<std::string, Secret, Hash, std::equal_to<>>;

  const Secret* findInMemory(std::string_view scope);
  Result<const Secret*> findAnywhere(std::string_view scope);
  Result<Secret> keyOrNew(std::string_view scope);
  void forget(std::string_view scope);
  const Secret* remember(std::string_view scope, const Secret& key);

  WrappingKeys wrapping_;
  pipeline::ScopeKeyStore& store_;
  std::mutex flush_mutex_;  ///< taken before mutex_, held while the store writes
  std::mutex mutex_;
  std::set<std::string, std::less<>> renewing_;  ///< scopes with a key that is to come
  std::optional<ErasureList> list_;
  Keys fresh_;     ///< made, not being stored yet
  Keys flushing_;  ///< being stored
  Keys young_;     ///< stored; when it is full it becomes the old one, and what the old one held is wiped
  Keys old_;
};

}  // namespace causeway::security
