#pragma once

#include "host/base/result.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::security {

/// A P-256 public key. Thread-safe.
class PublicKey {
 public:
  /// Invalid when it is no PEM public key on P-256.
  static Result<PublicKey> parse(std::string_view pem);
  /// As `der` gave it.
  static Result<PublicKey> fromDer(std::string_view der);
  /// Every block of a PEM text, in order; Invalid when there is none or one of them is no such key.
  static Result<std::vector<PublicKey>> parseAll(std::string_view pem);
  /// ECDSA with SHA-256 over the bytes; the signature is DER.
  bool verifies(std::string_view bytes, std::string_view signature_der) const;
  /// SubjectPublicKeyInfo.
  std::string der() const;
  std::string pem() const;

 private:
  explicit PublicKey(std::shared_ptr<void> key) : key_(std::move(key)) {}
  std::shared_ptr<void> key_;
};

/// A P-256 private key for signatures, in memory or in a token that signs with it. Thread-safe.
class SigningKey {
 public:
  /// Signs bytes: ECDSA with SHA-256, DER.
  using Signer = std::function<Result<std::string>(std::string_view bytes)>;
  /// A key that stays where it is: only its public half is here.
  static SigningKey elsewhere(const PublicKey& open_half, Signer signer);
  static Result<SigningKey> generate();
  /// PEM (PKCS#8, without a passphrase) from a file that only the owner may read; see readPrivateFile.
  static Result<SigningKey> load(const std::string& path);
  /// Into a new private file; Conflict when there is one already, Refused for a key that stands elsewhere.
  Result<void> save(const std::string& path) const;

  /// ECDSA with SHA-256, DER. Unavailable when the token that has the key does not answer.
  Result<std::string> sign(std::string_view bytes) const;
  /// PEM, to give to others.
  const std::string& publicKeyPem() const { return public_pem_; }

 private:
  SigningKey(std::shared_ptr<void> key, std::string public_pem)
      : key_(std::move(key)), public_pem_(std::move(public_pem)) {}
  static Result<SigningKey> wrap(std::shared_ptr<void> key);
  std::shared_ptr<void> key_;  ///< empty: `signer_` has it
  std::string public_pem_;
  Signer signer_;
};

/// Ok when the signature is good; Refused when it is not, Invalid when the key is none.
Result<void> verifySignature(std::string_view public_key_pem, std::string_view bytes, std::string_view signature_der);

}  // namespace causeway::security
