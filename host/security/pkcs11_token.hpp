#pragma once

#include "host/base/result.hpp"
#include "host/security/key_encryption_key.hpp"
#include "host/security/signing.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::security {

/// A token (an HSM, a smart card, SoftHSM) behind a PKCS#11 module. Its keys never leave it: they are made sensitive and not
/// extractable. While it does not answer every call fails with Unavailable; the next one tries again. Thread-safe.
class Pkcs11Token {
 public:
  struct Place {
    std::string module;  ///< shared library of the vendor
    std::string label;   ///< of the token
    std::string pin;     ///< of its user
  };

  /// Unavailable when the module or the token is not there, Refused when the PIN is wrong: it is not tried a second time, for a token
  /// locks itself.
  static Result<std::shared_ptr<Pkcs11Token>> open(Place place);
  ~Pkcs11Token();
  Pkcs11Token(const Pkcs11Token&) = delete;
  Pkcs11Token& operator=(const Pkcs11Token&) = delete;

  /// Ids (CKA_ID) of the AES keys with this label, in order; of the private P-256 keys.
  Result<std::vector<std::string>> secretKeys(std::string_view label);
  Result<std::vector<std::string>> signingKeys(std::string_view label);
  /// Makes an AES-256 key, or a P-256 key pair; its id.
  Result<std::string> makeSecretKey(std::string_view label);
  Result<std::string> makeSigningKey(std::string_view label);
  /// Destroys every key with this id.
  Result<void> destroy(std::string_view id);

  /// AES-256-GCM within the token: nonce, ciphertext, tag.
  Result<std::string> encrypt(std::string_view id, std::string_view bound, std::string_view plain);
  /// Broken when it is not what `encrypt` gave for these.
  Result<std::string> decrypt(std::string_view id, std::string_view bound, std::string_view sealed);
  /// ECDSA over the SHA-256 of the bytes, made within the token; DER.
  Result<std::string> sign(std::string_view id, std::string_view bytes);
  /// SubjectPublicKeyInfo (DER) of a key pair.
  Result<std::string> publicKey(std::string_view id);

 private:
  struct Impl;
  explicit Pkcs11Token(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The key-encryption keys with this label; NotFound when there is none.
Result<KeyEncryptionKeys> keyEncryptionKeysIn(const std::shared_ptr<Pkcs11Token>& token, const std::string& label);
/// The keys with this label that sign; NotFound when there is none.
Result<std::vector<SigningKey>> signingKeysIn(const std::shared_ptr<Pkcs11Token>& token, const std::string& label);

}  // namespace causeway::security
