#pragma once

#include "host/base/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace causeway::security {

/// A P-256 public key. Thread-safe.
class PublicKey {
 public:
  /// Invalid when it is no PEM public key on P-256.
  static Result<PublicKey> parse(std::string_view pem);
  /// ECDSA with SHA-256 over the bytes; the signature is DER.
  bool verifies(std::string_view bytes, std::string_view signature_der) const;

 private:
  explicit PublicKey(std::shared_ptr<void> key) : key_(std::move(key)) {}
  std::shared_ptr<void> key_;
};

/// A P-256 private key for signatures. Thread-safe.
class SigningKey {
 public:
  static Result<SigningKey> generate();
  /// PEM (PKCS#8, without a passphrase) from a file that only the owner may read; see readPrivateFile.
  static Result<SigningKey> load(const std::string& path);
  /// Into a new private file; Conflict when there is one already.
  Result<void> save(const std::string& path) const;

  /// ECDSA with SHA-256, DER.
  Result<std::string> sign(std::string_view bytes) const;
  /// PEM, to give to others.
  const std::string& publicKeyPem() const { return public_pem_; }

 private:
  SigningKey(std::shared_ptr<void> key, std::string public_pem)
      : key_(std::move(key)), public_pem_(std::move(public_pem)) {}
  static Result<SigningKey> wrap(std::shared_ptr<void> key);
  std::shared_ptr<void> key_;
  std::string public_pem_;
};

/// Ok when the signature is good; Refused when it is not, Invalid when the key is none.
Result<void> verifySignature(std::string_view public_key_pem, std::string_view bytes, std::string_view signature_der);

}  // namespace causeway::security
