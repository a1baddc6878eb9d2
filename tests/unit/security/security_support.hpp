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
  std::string key_id;
  std::map<std::string, std::string, std::less<>> wrapped;
  std::set<std::string, std::less<>> erased;
  int inserts = 0;
  bool disk_fails = false;
};

class MemoryScopeKeys final : public pipeline::ScopeKeyStore {
 public:
  explicit MemoryScopeKeys(KeyMemory& memory) : memory_(memory) {}

  Result<void> bindTo(std::string_view key_id) override {
    if (memory_.key_id.empty()) memory_.key_id = key_id;
    if (memory_.key_id != key_id) return fail(ErrorKind::Refused, "another key file");
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

  Result<void> erase(std::string_view scope, Instant) override {
    memory_.wrapped.erase(std::string(scope));
    memory_.erased.emplace(scope);
    return {};
  }

 private:
  KeyMemory& memory_;
};

}  // namespace causeway::security
