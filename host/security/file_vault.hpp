#pragma once

#include "host/base/clock.hpp"
#include "host/pipeline/scope_keys.hpp"
#include "host/pipeline/vault.hpp"
#include "host/security/erasure_list.hpp"
#include "host/security/key_ring.hpp"
#include "host/security/scope_key_cache.hpp"

#include <memory>
#include <mutex>
#include <string>

namespace causeway::security {

/// A vault over files: scope keys and root keys in a key store, the key-encryption key in a file or token. A sealed value is: version (1 byte, 1), data key under the scope's key
/// (nonce 12, ciphertext 32, tag 16), content under the data key (nonce 12, ciphertext, tag 16): 89 bytes more than the
/// content. Scope and context are authenticated with both and stored with neither.
class FileVault final : public pipeline::Vault {
 public:
  /// Refused when the key store was filled under another key-encryption key. Of several, the one in force is taken; a change of the key
  /// that was stopped in the middle is brought to its end.
  static Result<std::unique_ptr<FileVault>> open(const KeyEncryptionKeys& keks,
                                                 std::unique_ptr<pipeline::ScopeKeyStore> scope_keys,
                                                 const Clock& clock);

  /// Another key-encryption key and a new generation of the key that wraps scope keys; on return every key is wrapped anew, and the
  /// former key opens nothing that stands in the key store. Work goes on meanwhile. However it is stopped, the two keys together open
  /// everything; `open` with both goes on where it was.
  Result<void> changeKek(const std::shared_ptr<KeyEncryptionKey>& next);
  /// The key-encryption key in force.
  std::string kekId() const;

  /// Puts every destroyed key on this list before it goes, and destroys now what stands there already: a backup of the keys that was put
  /// back brings nothing back that was erased since. Call once, before anything is opened.
  Result<void> keepList(ErasureList list);

  Result<std::string> seal(std::string_view scope, std::string_view context, std::string_view plain) override;
  Result<std::string> open(std::string_view scope, std::string_view context, std::string_view sealed) override;
  Result<std::string> sealAnew(std::string_view scope, std::string_view context, std::string_view plain) override;
  Result<void> renew(std::string_view scope) override;
  Result<void> flush() override;
  Result<void> destroy(std::string_view scope) override;
  std::string digest(std::string_view content) const override;
  std::string blindIndex(std::string_view kind, std::string_view value) const override;

 private:
  FileVault(KeyRing keys, std::unique_ptr<pipeline::ScopeKeyStore> scope_keys, const Clock& clock);
  Result<void> finishChange(KeyRing ring);

  const KeyRing keys_;  ///< as it was at the start: fingerprints never change
  mutable std::mutex ring_mutex_;
  KeyRing ring_;  ///< in force
  std::mutex change_mutex_;
  std::unique_ptr<pipeline::ScopeKeyStore> store_;
  ScopeKeyCache cache_;
  const Clock& clock_;
};

}  // namespace causeway::security
