#include "host/security/signing.hpp"

#include "host/security/private_file.hpp"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <climits>
#include <utility>

namespace causeway::security {
namespace {

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
struct FreeDigest {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;
using Digest = std::unique_ptr<EVP_MD_CTX, FreeDigest>;

std::shared_ptr<void> own(EVP_PKEY* key) {
  return {key, [](void* held) { EVP_PKEY_free(static_cast<EVP_PKEY*>(held)); }};
}

EVP_PKEY* keyOf(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }

Bio bioOf(std::string_view text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(std::min<size_t>(text.size(), INT_MAX))));
}

std::string contentOf(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return size > 0 ? std::string(data, static_cast<size_t>(size)) : std::string();
}

bool isP256(EVP_PKEY* key) {
  std::array<char, 32> group{};
  size_t size = 0;
  return EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1 &&
         std::string_view(group.data()) == "prime256v1";
}

// A key with a passphrase is refused rather than asked for at a terminal that nobody watches.
int noPassphrase(char*, int, int, void*) { return -1; }

const unsigned char* readable(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

Result<PublicKey> PublicKey::parse(std::string_view pem) {
  const Bio bio = bioOf(pem);
  auto key = own(PEM_read_bio_PUBKEY(bio.get(), nullptr, noPassphrase, nullptr));
  ERR_clear_error();
  if (!key || !isP256(keyOf(key))) return fail(ErrorKind::Invalid, "this is not a PEM public key on P-256");
  return PublicKey(std::move(key));
}

Result<PublicKey> PublicKey::fromDer(std::string_view der) {
  const unsigned char* at = readable(der);
  auto key = own(d2i_PUBKEY(nullptr, &at, static_cast<long>(std::min<size_t>(der.size(), INT_MAX))));
  ERR_clear_error();
  if (!key || !isP256(keyOf(key)) || at != readable(der) + der.size())
    return fail(ErrorKind::Invalid, "this is not a public key on P-256");
  return PublicKey(std::move(key));
}

Result<std::vector<PublicKey>> PublicKey::parseAll(std::string_view pem) {
  constexpr std::string_view start = "-----BEGIN ";
  std::vector<PublicKey> keys;
  size_t from = pem.find(start);
  do {
    const size_t next = from == std::string_view::npos ? from : pem.find(start, from + 1);
    CW_TRY(PublicKey key, parse(from == std::string_view::npos ? pem : pem.substr(from, next - from)));
    keys.push_back(std::move(key));
    from = next;
  } while (from != std::string_view::npos);
  return keys;
}

std::string PublicKey::der() const {
  unsigned char* bytes = nullptr;
  const int size = i2d_PUBKEY(keyOf(key_), &bytes);
  std::string out(reinterpret_cast<char*>(bytes), static_cast<size_t>(std::max(size, 0)));
  OPENSSL_free(bytes);
  return out;
}

std::string PublicKey::pem() const {
  const Bio bio(BIO_new(BIO_s_mem()));
  return bio != nullptr && PEM_write_bio_PUBKEY(bio.get(), keyOf(key_)) == 1 ? contentOf(bio.get()) : std::string();
}

bool PublicKey::verifies(std::string_view bytes, std::string_view signature_der) const {
  const Digest context(EVP_MD_CTX_new());
  const bool good =
      context != nullptr && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, keyOf(key_)) == 1 &&
      EVP_DigestVerify(context.get(), readable(signature_der), signature_der.size(), readable(bytes), bytes.size()) ==
          1;
  ERR_clear_error();
  return good;
}

Result<SigningKey> SigningKey::wrap(std::shared_ptr<void> key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  if (bio == nullptr || PEM_write_bio_PUBKEY(bio.get(), keyOf(key)) != 1)
    return fail(ErrorKind::Broken, "the public part of a signing key cannot be written");
  return SigningKey(std::move(key), contentOf(bio.get()));
}

SigningKey SigningKey::elsewhere(const PublicKey& open_half, Signer signer) {
  SigningKey key(nullptr, open_half.pem());
  key.signer_ = std::move(signer);
  return key;
}

Result<SigningKey> SigningKey::generate() {
  auto key = own(EVP_EC_gen("P-256"));
  if (!key) return fail(ErrorKind::Broken, "a signing key cannot be made");
  return wrap(std::move(key));
}

Result<SigningKey> SigningKey::load(const std::string& path) {
  CW_TRY(std::string pem, readPrivateFile(path));
  const Bio bio = bioOf(pem);
  auto key = own(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassphrase, nullptr));
  OPENSSL_cleanse(pem.data(), pem.size());
  ERR_clear_error();
  if (!key || !isP256(keyOf(key)))
    return fail(ErrorKind::Invalid, "the file must hold a PEM private key on P-256 without a passphrase", path);
  return wrap(std::move(key));
}

Result<void> SigningKey::save(const std::string& path) const {
  if (!key_) return fail(ErrorKind::Refused, "this signing key does not leave its token");
  const Bio bio(BIO_new(BIO_s_secmem()));
  if (bio == nullptr ||
      PEM_write_bio_PKCS8PrivateKey(bio.get(), keyOf(key_), nullptr, nullptr, 0, nullptr, nullptr) != 1)
    return fail(ErrorKind::Broken, "a signing key cannot be written as PEM");
  std::string pem = contentOf(bio.get());
  auto created = createPrivateFile(path, pem);
  OPENSSL_cleanse(pem.data(), pem.size());
  return created;
}

Result<std::string> SigningKey::sign(std::string_view bytes) const {
  if (signer_) return signer_(bytes);
  const Digest context(EVP_MD_CTX_new());
  std::string signature(128, '\0');
  size_t size = signature.size();
  if (context == nullptr || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, keyOf(key_)) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, readable(bytes),
                     bytes.size()) != 1)
    return fail(ErrorKind::Broken, "signing failed");
  signature.resize(size);
  return signature;
}

Result<void> verifySignature(std::string_view public_key_pem, std::string_view bytes, std::string_view signature_der) {
  CW_TRY(const PublicKey key, PublicKey::parse(public_key_pem));
  if (!key.verifies(bytes, signature_der))
    return fail(ErrorKind::Refused, "the signature does not belong to these bytes and key");
  return {};
}

}  // namespace causeway::security
