#pragma once

#include "host/pipeline/scope_keys.hpp"
#include "host/pipeline/store.hpp"
#include "host/security/key_ring.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace causeway::security {

/// The value, or a failed test.
template <class T>
T ok(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// How something failed; nothing when it did not.
template <class T>
std::optional<ErrorKind> failure(const Result<T>& result) {
  return result ? std::nullopt : std::optional(result.error().kind);
}

inline Instant atSecond(int second) { return Instant(std::chrono::seconds(1'780'000'000 + second)); }

struct FixedClock final : Clock {
  Instant now() const override { return atSecond(0); }
};

/// Scope keys in memory, shared so that a second vault can be opened on what a first one left.
struct KeyMemory {
  std::string bound;
  std::vector<pipeline::RootKey> roots;
  std::map<std::string, std::string, std::less<>> wrapped;
  std::set<std::string, std::less<>> erased;
  int inserts = 0;
  bool disk_fails = false;
  int steps_left = 1'000'000;  ///< changes of the keys that still work before the process ends
};

class MemoryScopeKeys final : public pipeline::ScopeKeyStore {
 public:
  explicit MemoryScopeKeys(KeyMemory& memory) : memory_(memory) {}

  Result<std::string> boundTo() override { return memory_.bound; }
  Result<std::vector<pipeline::RootKey>> rootKeys() override { return memory_.roots; }
  Result<void> insertRoots(const std::vector<pipeline::RootKey>& keys) override {
    CW_CHECK_OK(step());
    memory_.roots.insert(memory_.roots.end(), keys.begin(), keys.end());
    return {};
  }
  Result<void> keepOnly(std::string_view kek_id, std::int64_t below) override {
    CW_CHECK_OK(step());
    std::erase_if(memory_.roots, [&](const auto& key) {
      return key.kek_id != kek_id || (key.generation > 0 && key.generation < below);
    });
    return {};
  }
  Result<std::vector<pipeline::ScopeKey>> keysAfter(std::string_view scope, int limit) override {
    std::vector<pipeline::ScopeKey> out;
    for (auto key = memory_.wrapped.upper_bound(scope); key != memory_.wrapped.end() && limit-- > 0; ++key)
      out.push_back({key->first, key->second});
    return out;
  }
  Result<void> rewrap(const std::vector<pipeline::Rewrapped>& keys) override {
    CW_CHECK_OK(step());
    for (const auto& key : keys)
      if (const auto found = memory_.wrapped.find(key.scope);
          found != memory_.wrapped.end() && found->second == key.before)
        found->second = key.after;
    return {};
  }

  Result<pipeline::ScopeKeyRecord> find(std::string_view scope) override {
    using State = pipeline::ScopeKeyRecord::State;
    if (const auto found = memory_.wrapped.find(scope); found != memory_.wrapped.end())
      return pipeline::ScopeKeyRecord{State::Known, found->second};
    return pipeline::ScopeKeyRecord{memory_.erased.contains(scope) ? State::Erased : State::Unknown, {}};
  }

  Result<void> insert(const std::vector<pipeline::ScopeKey>& keys) override {
    if (memory_.disk_fails) return fail(ErrorKind::Broken, "the disk failed");
    ++memory_.inserts;
    for (const auto& key : keys)
      if (!memory_.wrapped.emplace(key.scope, key.wrapped).second) return fail(ErrorKind::Conflict, "known");
    return {};
  }

  Result<void> replace(const pipeline::ScopeKey& key, std::string_view spent) override {
    memory_.wrapped[key.scope] = key.wrapped;
    memory_.wrapped.erase(std::string(spent));
    return {};
  }

  Result<void> erase(std::string_view scope, Instant) override {
    memory_.wrapped.erase(std::string(scope));
    memory_.erased.emplace(scope);
    return {};
  }

 private:
  Result<void> step() {
    if (--memory_.steps_left < 0) return fail(ErrorKind::Broken, "the process ends here");
    return {};
  }

  KeyMemory& memory_;
};

}  // namespace causeway::security
