#include "host/security/pkcs11_token.hpp"

#include <openssl/crypto.h>

#include <utility>

namespace causeway::security {
namespace {

class TokenKey final : public KeyEncryptionKey {
 public:
  TokenKey(std::shared_ptr<Pkcs11Token> token, std::string key)
      : token_(std::move(token)), key_(std::move(key)), id_("token:" + key_) {}

  const std::string& id() const override { return id_; }

  Result<std::string> wrap(std::string_view bound, const Secret& key) override {
    return token_->encrypt(key_, bound, key.bytes());
  }

  Result<Secret> unwrap(std::string_view bound, std::string_view wrapped) override {
    CW_TRY(std::string plain, token_->decrypt(key_, bound, wrapped));
    if (plain.size() != Secret::kSize) return fail(ErrorKind::Broken, "a root key has another size than a key");
    Secret key(plain);
    OPENSSL_cleanse(plain.data(), plain.size());
    return key;
  }

 private:
  std::shared_ptr<Pkcs11Token> token_;
  std::string key_;
  std::string id_;
};

Failure noKey(const std::string& label) {
  return fail(ErrorKind::NotFound, "the PKCS#11 token has no key '" + label + "'; make it with: causeway keys");
}

}  // namespace

Result<KeyEncryptionKeys> keyEncryptionKeysIn(const std::shared_ptr<Pkcs11Token>& token, const std::string& label) {
  CW_TRY(const auto ids, token->secretKeys(label));
  if (ids.empty()) return noKey(label);
  KeyEncryptionKeys keys;
  for (const std::string& id : ids) keys.push_back(std::make_shared<TokenKey>(token, id));
  return keys;
}

Result<std::vector<SigningKey>> signingKeysIn(const std::shared_ptr<Pkcs11Token>& token, const std::string& label) {
  CW_TRY(const auto ids, token->signingKeys(label));
  if (ids.empty()) return noKey(label);
  std::vector<SigningKey> keys;
  for (const std::string& id : ids) {
    CW_TRY(const std::string der, token->publicKey(id));
    CW_TRY(const PublicKey open_half, PublicKey::fromDer(der));
    keys.push_back(
        SigningKey::elsewhere(open_half, [token, id](std::string_view bytes) { return token->sign(id, bytes); }));
  }
  return keys;
}

}  // namespace causeway::security
