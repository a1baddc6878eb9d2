#include "host/security/file_vault.hpp"

#include "host/security/cipher.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <utility>

namespace causeway::security {
namespace {

constexpr char kVersion = 1;
constexpr size_t kWrappedSize = Secret::kSize + kCipherOverhead;
constexpr size_t kOverhead = 1 + kWrappedSize + kCipherOverhead;

/// What a piece of a sealed value is bound to: its use, version, scope and context, each told apart from the next.
std::string boundTo(char use, std::string_view scope, std::string_view context) {
  std::string out;
  out.reserve(scope.size() + context.size() + 16);
  out += use;
  out += kVersion;
  out += std::to_string(scope.size());
  out += ':';
  out += scope;
  out += context;
  return out;
}

Failure changed() {
  return fail(ErrorKind::Broken, "a sealed value was changed, or belongs to another scope or context");
}

std::string sealUnder(const Secret& scope_key, std::string_view scope, std::string_view context,
                      std::string_view plain) {
  const Secret data_key = Secret::random();
  std::string bound = boundTo('k', scope, context);
  std::string out;
  out.reserve(kOverhead + plain.size());
  out += kVersion;
  encrypt(scope_key, bound, data_key.bytes(), out);
  bound[0] = 'c';
  encrypt(data_key, bound, plain, out);
  return out;
}

Result<std::string> openUnder(const Secret& scope_key, std::string_view scope, std::string_view context,
                              std::string_view sealed) {
  if (sealed.size() < kOverhead) return changed();
  if (sealed[0] != kVersion)
    return fail(ErrorKind::Broken, "a sealed value has a version that this program does not know");
  std::string bound = boundTo('k', scope, context);
  std::string key_bytes;
  if (!decrypt(scope_key, bound, sealed.substr(1, kWrappedSize), key_bytes)) return changed();
  const Secret data_key(key_bytes);
  OPENSSL_cleanse(key_bytes.data(), key_bytes.size());
  bound[0] = 'c';
  std::string plain;
  if (!decrypt(data_key, bound, sealed.substr(1 + kWrappedSize), plain)) return changed();
  return plain;
}

}  // namespace

FileVault::FileVault(KeyRing keys, std::unique_ptr<pipeline::ScopeKeyStore> scope_keys, const Clock& clock)
    : keys_(std::move(keys)),
      ring_(keys_),
      store_(std::move(scope_keys)),
      cache_(keys_.wrappingKeys(), *store_),
      clock_(clock) {}

Result<std::unique_ptr<FileVault>> FileVault::open(const KeyEncryptionKeys& keks,
                                                   std::unique_ptr<pipeline::ScopeKeyStore> scope_keys,
                                                   const Clock& clock) {
  CW_TRY(auto ring, KeyRing::open(keks, *scope_keys));
  const bool unfinished = ring.wrappingKeys().size() > 1;
  std::unique_ptr<FileVault> vault(new FileVault(std::move(ring), std::move(scope_keys), clock));
  if (unfinished) CW_CHECK_OK(vault->finishChange(vault->keys_));
  return vault;
}

std::string FileVault::kekId() const {
  const std::scoped_lock guard(ring_mutex_);
  return ring_.kekId();
}

Result<void> FileVault::changeKek(const std::shared_ptr<KeyEncryptionKey>& next) {
  const std::scoped_lock one_at_a_time(change_mutex_);
  CW_TRY(const auto rows, store_->rootKeys());
  std::int64_t generation = 0;
  for (const auto& row : rows) generation = std::max(generation, row.generation + 1);
  if (std::ranges::none_of(rows, [&](const auto& row) { return row.kek_id == next->id(); })) {
    // From here on the next key is the one in force, whatever happens.
    CW_TRY(const auto wrapped, ring_.wrappedFor(*next, generation));
    CW_CHECK_OK(store_->insertRoots(wrapped));
  }
  CW_TRY(auto ring, KeyRing::open({next}, *store_));
  return finishChange(std::move(ring));
}

Result<void> FileVault::finishChange(KeyRing ring) {
  const auto& wrapping = ring.wrappingKeys();
  CW_CHECK_OK(cache_.wrapAllWith(wrapping));
  CW_CHECK_OK(store_->keepOnly(ring.kekId(), wrapping.rbegin()->first));
  const std::scoped_lock guard(ring_mutex_);
  ring_ = std::move(ring);
  return {};
}

Result<std::string> FileVault::seal(std::string_view scope, std::string_view context, std::string_view plain) {
  CW_TRY(const Secret scope_key, cache_.forSealing(scope));
  return sealUnder(scope_key, scope, context, plain);
}

Result<std::string> FileVault::sealAnew(std::string_view scope, std::string_view context, std::string_view plain) {
  CW_TRY(const Secret scope_key, cache_.forSealingAnew(scope));
  return sealUnder(scope_key, scope, context, plain);
}

Result<void> FileVault::renew(std::string_view scope) { return cache_.renew(scope, clock_.now()); }

Result<void> FileVault::keepList(ErasureList list) { return cache_.keepList(std::move(list), clock_.now()); }

Result<std::string> FileVault::open(std::string_view scope, std::string_view context, std::string_view sealed) {
  CW_TRY(const Secret scope_key, cache_.forOpening(scope));
  auto plain = openUnder(scope_key, scope, context, sealed);
  if (plain || sealed.size() < kOverhead) return plain;
  // It may be sealed already under the key that is to come.
  CW_TRY(const auto next, cache_.nextForOpening(scope));
  return next ? openUnder(*next, scope, context, sealed) : plain;
}

Result<void> FileVault::flush() { return cache_.flush(); }

Result<void> FileVault::destroy(std::string_view scope) { return cache_.destroy(scope, clock_.now()); }

std::string FileVault::digest(std::string_view content) const { return keys_.digest(content); }

std::string FileVault::blindIndex(std::string_view kind, std::string_view value) const {
  return keys_.blindIndex(kind, value);
}

}  // namespace causeway::security
