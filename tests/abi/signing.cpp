#include "tests/abi/signing.hpp"

#include "host/base/text.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <stdexcept>

namespace causeway::abi {
namespace {

const auto* bytesOf(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

void must(bool succeeded) {
  if (!succeeded) throw std::runtime_error("OpenSSL failed in a test");
}

}  // namespace

SigningKey::SigningKey() : key_(EVP_EC_gen("P-256"), [](void* key) { EVP_PKEY_free(static_cast<EVP_PKEY*>(key)); }) {
  must(key_ != nullptr);
}

std::string SigningKey::sign(std::string_view bytes) const {
  const Context context(EVP_MD_CTX_new());
  must(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, static_cast<EVP_PKEY*>(key_.get())) == 1);
  std::string out(256, '\0');
  size_t size = out.size();
  must(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, bytesOf(bytes),
                      bytes.size()) == 1);
  out.resize(size);
  return out;
}

std::string SigningKey::pem() const {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), BIO_free);
  must(PEM_write_bio_PrivateKey(memory.get(), static_cast<EVP_PKEY*>(key_.get()), nullptr, nullptr, 0, nullptr,
                                nullptr) == 1);
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<size_t>(size)};
}

plugin::Trust SigningKey::trust() const {
  const auto verify = [key = key_](std::string_view bytes, std::string_view signature) -> Result<void> {
    const Context context(EVP_MD_CTX_new());
    must(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, static_cast<EVP_PKEY*>(key.get())) == 1);
    const int good =
        EVP_DigestVerify(context.get(), bytesOf(signature), signature.size(), bytesOf(bytes), bytes.size());
    if (good != 1) return fail(ErrorKind::Refused, "not signed by this key");
    return {};
  };
  return {.verify = verify, .sha256 = sha256Hex, .development = false};
}

std::string sha256Hex(std::string_view bytes) {
  std::string out(32, '\0');
  must(EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr, EVP_sha256(),
                  nullptr) == 1);
  return hex(out);
}

plugin::Trust nothing() { return {}; }

plugin::Trust development() { return {.verify = {}, .sha256 = {}, .development = true}; }

}  // namespace causeway::abi
