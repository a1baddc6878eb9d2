#pragma once

#include "host/pipeline/scope_keys.hpp"
#include "host/security/digest.hpp"
#include "host/security/key_encryption_key.hpp"
#include "host/security/secret.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace causeway::security {

/// Keys that wrap scope keys, by generation. The newest one wraps; the others open what it has not wrapped anew yet.
using WrappingKeys = std::map<std::int64_t, Secret>;

/// The root keys of one installation, which stand in the key store wrapped by the key-encryption key.
class KeyRing {
 public:
  /// Makes root keys for a new store; derives those of a store of the first version, which then has them too. Of several
  /// key-encryption keys the one in force is the one under which the newest generation stands. Refused when none of them is one of
  /// this store's.
  static Result<KeyRing> open(const KeyEncryptionKeys& keks, pipeline::ScopeKeyStore& store);
  /// Everything that is in this ring and a new generation of this number, wrapped by another key-encryption key.
  Result<std::vector<pipeline::RootKey>> wrappedFor(KeyEncryptionKey& next, std::int64_t generation) const;

  const WrappingKeys& wrappingKeys() const { return wrapping_; }
  const std::string& kekId() const { return kek_id_; }
  /// Keyed fingerprint of content, 32 bytes.
  std::string digest(std::string_view content) const { return digest_(content); }
  /// Keyed index of an identifier of a kind, 32 bytes.
  std::string blindIndex(std::string_view kind, std::string_view value) const;

 private:
  KeyRing(const Secret& index, WrappingKeys wrapping, std::string kek_id);
  static Result<KeyRing> begin(KeyEncryptionKey& kek, pipeline::ScopeKeyStore& store);
  static Result<std::vector<pipeline::RootKey>> wrapped(const Secret& index, const WrappingKeys& wrapping,
                                                        KeyEncryptionKey& kek);

  Secret index_;
  WrappingKeys wrapping_;
  Hmac digest_;
  Hmac blind_index_;
  std::string kek_id_;
};

}  // namespace causeway::security
