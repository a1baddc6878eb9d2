#pragma once

#include "host/base/clock.hpp"
#include "host/pipeline/scope_keys.hpp"
#include "host/pipeline/vault.hpp"
#include "host/security/key_ring.hpp"
#include "host/security/scope_key_cache.hpp"

#include <memory>

namespace causeway::security {

/// A vault whose key-encryption key comes from a file. A sealed value is: version (1 byte, 1), data key under the scope's key
/// (nonce 12, ciphertext 32, tag 16), content under the data key (nonce 12, ciphertext, tag 16): 89 bytes more than the
/// content. Scope and context are authenticated with both and stored with neither.
class FileVault final : public pipeline::Vault {
 public:
  /// Refused when the key store was filled under another key file.
  static Result<std::unique_ptr<FileVault>> open(KeyRing keys, std::unique_ptr<pipeline::ScopeKeyStore> scope_keys,
                                                 const Clock& clock);

  Result<std::string> seal(std::string_view scope, std::string_view context, std::string_view plain) override;
  Result<std::string> open(std::string_view scope, std::string_view context, std::string_view sealed) override;
  Result<void> flush() override;
  Result<void> destroy(std::string_view scope) override;
  std::string digest(std::string_view content) const override;
  std::string blindIndex(std::string_view kind, std::string_view value) const override;

 private:
  FileVault(KeyRing keys, std::unique_ptr<pipeline::ScopeKeyStore> scope_keys, const Clock& clock);

  KeyRing keys_;
  std::unique_ptr<pipeline::ScopeKeyStore> store_;
  ScopeKeyCache cache_;
  const Clock& clock_;
};

}  // namespace causeway::security
