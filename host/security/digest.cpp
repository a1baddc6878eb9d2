#include "host/security/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <array>
#include <cstdlib>

namespace causeway::security {
namespace {

// The functions below fail only without memory or without OpenSSL's default provider: nothing can go on then.
void require(bool done) {
  if (!done) std::abort();
}

struct FreeDigest {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeMac {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
struct FreeKdf {
  void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};

// Fetched once: a fetch by name costs more than the digest of a small value.
const EVP_MD* sha256Function() {
  static const EVP_MD* const function = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  require(function != nullptr);
  return function;
}

unsigned char* writable(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* readable(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

char* sha256Name() {
  static char name[] = "SHA256";
  return name;
}

}  // namespace

std::string sha256(std::string_view first, std::string_view second, std::string_view third) {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeDigest> context(EVP_MD_CTX_new());
  std::string out(32, '\0');
  require(EVP_DigestInit_ex2(context.get(), sha256Function(), nullptr) == 1);
  for (const std::string_view part : {first, second, third})
    require(part.empty() || EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1);
  require(EVP_DigestFinal_ex(context.get(), writable(out), nullptr) == 1);
  return out;
}

Secret deriveKey(const Secret& master, std::string_view purpose) {
  EVP_KDF* function = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
  require(function != nullptr);
  const std::unique_ptr<EVP_KDF_CTX, FreeKdf> context(EVP_KDF_CTX_new(function));
  EVP_KDF_free(function);
  std::string key(master.bytes());
  std::string info(purpose);
  const std::array<OSSL_PARAM, 4> params = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, sha256Name(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key.data(), key.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()), OSSL_PARAM_construct_end()};
  Secret out;
  require(EVP_KDF_derive(context.get(), out.writable().data(), Secret::kSize, params.data()) == 1);
  OPENSSL_cleanse(key.data(), key.size());
  return out;
}

Hmac::Hmac(const Secret& key) {
  EVP_MAC* function = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  require(function != nullptr);
  EVP_MAC_CTX* context = EVP_MAC_CTX_new(function);
  EVP_MAC_free(function);
  const std::array<OSSL_PARAM, 2> params = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha256Name(), 0),
                                            OSSL_PARAM_construct_end()};
  require(context != nullptr && EVP_MAC_init(context, key.data(), Secret::kSize, params.data()) == 1);
  keyed_ = std::shared_ptr<void>(context, [](void* held) { EVP_MAC_CTX_free(static_cast<EVP_MAC_CTX*>(held)); });
}

std::string Hmac::operator()(std::string_view first, std::string_view second, std::string_view third) const {
  const std::unique_ptr<EVP_MAC_CTX, FreeMac> context(EVP_MAC_CTX_dup(static_cast<const EVP_MAC_CTX*>(keyed_.get())));
  require(context != nullptr);
  for (const std::string_view part : {first, second, third})
    require(part.empty() || EVP_MAC_update(context.get(), readable(part), part.size()) == 1);
  std::string out(32, '\0');
  size_t size = 0;
  require(EVP_MAC_final(context.get(), writable(out), &size, out.size()) == 1);
  return out;
}

}  // namespace causeway::security
