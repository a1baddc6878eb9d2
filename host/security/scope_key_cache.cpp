#include "host/security/scope_key_cache.hpp"

#include "host/base/text.hpp"
#include "host/security/cipher.hpp"
#include "host/security/digest.hpp"

#include <openssl/crypto.h>

#include <utility>
#include <vector>

namespace causeway::security {
namespace {

using pipeline::ScopeKey;
using pipeline::ScopeKeyRecord;

constexpr size_t kKeysInMemory = 50'000;
constexpr int kPage = 500;
// The first version had one generation only and did not say so.
constexpr char kFirstVersion = 1, kVersion = 2;
constexpr size_t kGenerationSize = 4;

/// Scope of the key that is to take the place of this one's.
std::string nextOf(std::string_view scope) { return "next:" + std::string(scope); }

/// By which a key that is gone is known again; tells nothing of it.
std::string fingerprintOf(const Secret& key) { return hex(sha256("causeway-destroyed-key-v1:", key.bytes())); }

std::string boundTo(std::string_view scope) { return "causeway-scope-key-v1:" + std::string(scope); }

std::string wrap(const WrappingKeys& wrapping, std::string_view scope, const Secret& key) {
  const auto& [generation, newest] = *wrapping.rbegin();
  std::string out(1, kVersion);
  for (size_t i = kGenerationSize; i-- > 0;) out += static_cast<char>((generation >> (8 * i)) & 0xFF);
  encrypt(newest, boundTo(scope), key.bytes(), out);
  return out;
}

// Zero when it is not said.
std::int64_t generationOf(std::string_view wrapped) {
  if (wrapped.empty() || wrapped[0] == kFirstVersion) return wrapped.empty() ? 0 : 1;
  if (wrapped[0] != kVersion || wrapped.size() < 1 + kGenerationSize) return 0;
  std::int64_t generation = 0;
  for (size_t i = 1; i <= kGenerationSize; ++i) generation = generation << 8 | static_cast<unsigned char>(wrapped[i]);
  return generation;
}

Result<Secret> unwrap(const WrappingKeys& wrapping, std::string_view scope, std::string_view wrapped) {
  const auto found = wrapping.find(generationOf(wrapped));
  const size_t start = !wrapped.empty() && wrapped[0] == kVersion ? 1 + kGenerationSize : 1;
  std::string plain;
  if (found == wrapping.end() || !decrypt(found->second, boundTo(scope), wrapped.substr(start), plain) ||
      plain.size() != Secret::kSize)
    return fail(ErrorKind::Broken, "the stored key of a scope was changed or belongs to another scope");
  Secret key(plain);
  OPENSSL_cleanse(plain.data(), plain.size());
  return key;
}

}  // namespace

const Secret* ScopeKeyCache::findInMemory(std::string_view scope) {
  for (const Keys* keys : {&fresh_, &flushing_, &young_})
    if (const auto found = keys->find(scope); found != keys->end()) return &found->second;
  const auto found = old_.find(scope);
  if (found == old_.end()) return nullptr;
  const Secret key = found->second;
  old_.erase(found);
  return remember(scope, key);
}

const Secret* ScopeKeyCache::remember(std::string_view scope, const Secret& key) {
  if (young_.size() >= kKeysInMemory) old_ = std::exchange(young_, {});
  return &young_.insert_or_assign(std::string(scope), key).first->second;
}

// Null when there is none; Refused when it was destroyed.
Result<const Secret*> ScopeKeyCache::findAnywhere(std::string_view scope) {
  if (const Secret* key = findInMemory(scope)) return key;
  CW_TRY(const ScopeKeyRecord record, store_.find(scope));
  if (record.state == ScopeKeyRecord::State::Unknown) return nullptr;
  if (record.state == ScopeKeyRecord::State::Erased)
    return fail(ErrorKind::Refused, "the key of this scope was destroyed: what it sealed is erased");
  CW_TRY(const Secret key, unwrap(wrapping_, scope, record.wrapped));
  return remember(scope, key);
}

Result<Secret> ScopeKeyCache::forSealing(std::string_view scope) {
  const std::scoped_lock guard(mutex_);
  return keyOrNew(renewing_.contains(scope) ? nextOf(scope) : std::string(scope));
}

Result<Secret> ScopeKeyCache::forSealingAnew(std::string_view scope) {
  const std::scoped_lock guard(mutex_);
  CW_CHECK_OK(findAnywhere(scope));
  auto key = keyOrNew(nextOf(scope));
  if (key) renewing_.emplace(scope);
  return key;
}

Result<std::optional<Secret>> ScopeKeyCache::nextForOpening(std::string_view scope) {
  const std::scoped_lock guard(mutex_);
  CW_TRY(const Secret* key, findAnywhere(nextOf(scope)));
  return key == nullptr ? std::nullopt : std::optional(*key);
}

Result<void> ScopeKeyCache::renew(std::string_view scope, Instant at) {
  CW_CHECK_OK(flush());
  const std::scoped_lock flushing(flush_mutex_);
  const std::scoped_lock guard(mutex_);
  CW_TRY(const Secret* found, findAnywhere(nextOf(scope)));
  if (found == nullptr) return {};
  const Secret key = *found;
  CW_TRY(const Secret* old, findAnywhere(scope));
  if (list_ && old != nullptr) CW_CHECK_OK(list_->add({std::string(scope), fingerprintOf(*old)}, at));
  CW_CHECK_OK(store_.replace({std::string(scope), wrap(wrapping_, scope, key)}, nextOf(scope)));
  forget(scope);
  forget(nextOf(scope));
  if (const auto one = renewing_.find(scope); one != renewing_.end()) renewing_.erase(one);
  remember(scope, key);
  return {};
}

Result<void> ScopeKeyCache::keepList(ErasureList list, Instant now) {
  const std::scoped_lock flushing(flush_mutex_);
  const std::scoped_lock guard(mutex_);
  for (const auto& entry : list.entries()) {
    CW_TRY(const ScopeKeyRecord record, store_.find(entry.scope));
    if (record.state != ScopeKeyRecord::State::Known) continue;
    if (!entry.fingerprint.empty()) {
      CW_TRY(const Secret key, unwrap(wrapping_, entry.scope, record.wrapped));
      if (fingerprintOf(key) != entry.fingerprint) continue;
      // The process ended while the key was being replaced: everything is sealed under the new one already.
      CW_TRY(const ScopeKeyRecord next, store_.find(nextOf(entry.scope)));
      if (next.state == ScopeKeyRecord::State::Known) {
        CW_TRY(const Secret fresh, unwrap(wrapping_, nextOf(entry.scope), next.wrapped));
        CW_CHECK_OK(store_.replace({entry.scope, wrap(wrapping_, entry.scope, fresh)}, nextOf(entry.scope)));
        forget(entry.scope);
        continue;
      }
    }
    CW_CHECK_OK(store_.erase(entry.scope, now));
    forget(entry.scope);
  }
  list_ = std::move(list);
  return {};
}

void ScopeKeyCache::forget(std::string_view scope) {
  for (Keys* keys : {&fresh_, &young_, &old_})
    if (const auto found = keys->find(scope); found != keys->end()) keys->erase(found);
}

Result<Secret> ScopeKeyCache::keyOrNew(std::string_view scope) {
  CW_TRY(const Secret* key, findAnywhere(scope));
  if (key == nullptr) key = &fresh_.emplace(std::string(scope), Secret::random()).first->second;
  return *key;
}

Result<Secret> ScopeKeyCache::forOpening(std::string_view scope) {
  const std::scoped_lock guard(mutex_);
  CW_TRY(const Secret* key, findAnywhere(scope));
  if (key == nullptr) return fail(ErrorKind::NotFound, "there is no key for this scope");
  return *key;
}

Result<void> ScopeKeyCache::flush() {
  const std::scoped_lock flushing(flush_mutex_);
  std::vector<ScopeKey> keys;
  {
    const std::scoped_lock guard(mutex_);
    if (fresh_.empty()) return {};
    flushing_ = std::exchange(fresh_, {});
    keys.reserve(flushing_.size());
    for (const auto& [scope, key] : flushing_) keys.push_back({scope, wrap(wrapping_, scope, key)});
  }
  auto stored = store_.insert(keys);  // without the lock: sealing goes on while the disk syncs
  const std::scoped_lock guard(mutex_);
  if (stored) {
    for (const auto& [scope, key] : flushing_) remember(scope, key);
  } else {
    fresh_.merge(flushing_);
  }
  flushing_.clear();
  return stored;
}

Result<void> ScopeKeyCache::destroy(std::string_view scope, Instant at) {
  const std::scoped_lock flushing(flush_mutex_);
  const std::scoped_lock guard(mutex_);
  // A key that was to come would open what is sealed under it already.
  CW_TRY(const auto next, findAnywhere(nextOf(scope)));
  if (list_) CW_CHECK_OK(list_->add({std::string(scope), {}}, at));
  if (next != nullptr) CW_CHECK_OK(store_.erase(nextOf(scope), at));
  CW_CHECK_OK(store_.erase(scope, at));
  forget(scope);
  forget(nextOf(scope));
  return {};
}

Result<void> ScopeKeyCache::wrapAllWith(const WrappingKeys& wrapping) {
  {
    // What is being stored was wrapped before: once it is there, the pages below find it.
    const std::scoped_lock flushing(flush_mutex_);
    const std::scoped_lock guard(mutex_);
    wrapping_ = wrapping;
  }
  const std::int64_t newest = wrapping.rbegin()->first;
  for (std::string after;;) {
    CW_TRY(const auto page, store_.keysAfter(after, kPage));
    if (page.empty()) return {};
    std::vector<pipeline::Rewrapped> again;
    for (const ScopeKey& stored : page) {
      if (generationOf(stored.wrapped) == newest) continue;
      CW_TRY(const Secret key, unwrap(wrapping, stored.scope, stored.wrapped));
      again.push_back({stored.scope, stored.wrapped, wrap(wrapping, stored.scope, key)});
    }
    if (!again.empty()) CW_CHECK_OK(store_.rewrap(again));
    after = page.back().scope;
  }
}

}  // namespace causeway::security
