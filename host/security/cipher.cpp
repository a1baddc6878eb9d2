#include "host/security/cipher.hpp"

#include "host/security/random.hpp"

#include <openssl/evp.h>

#include <array>
#include <climits>
#include <cstdlib>
#include <memory>

namespace causeway::security {
namespace {

void require(bool done) {
  if (!done) std::abort();
}

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

EVP_CIPHER_CTX* threadContext() {
  thread_local const std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> context(EVP_CIPHER_CTX_new());
  require(context != nullptr);
  return context.get();
}

const EVP_CIPHER* aes256Gcm() {
  static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  require(cipher != nullptr);
  return cipher;
}

const unsigned char* readable(const char* text) { return reinterpret_cast<const unsigned char*>(text); }
unsigned char* writable(char* text) { return reinterpret_cast<unsigned char*>(text); }

}  // namespace

void encrypt(const Secret& key, std::string_view bound, std::string_view plain, std::string& out) {
  require(plain.size() < INT_MAX && bound.size() < INT_MAX);
  EVP_CIPHER_CTX* context = threadContext();
  const size_t start = out.size();
  out.resize(start + kCipherOverhead + plain.size());
  char* nonce = out.data() + start;
  char* text = nonce + kNonceSize;
  randomBytes({writable(nonce), kNonceSize});
  int size = 0;
  require(EVP_EncryptInit_ex2(context, aes256Gcm(), key.data(), readable(nonce), nullptr) == 1);
  require(EVP_EncryptUpdate(context, nullptr, &size, readable(bound.data()), static_cast<int>(bound.size())) == 1);
  require(EVP_EncryptUpdate(context, writable(text), &size, readable(plain.data()), static_cast<int>(plain.size())) ==
          1);
  require(EVP_EncryptFinal_ex(context, writable(text) + size, &size) == 1);
  require(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kTagSize, text + plain.size()) == 1);
}

bool decrypt(const Secret& key, std::string_view bound, std::string_view sealed, std::string& out) {
  if (sealed.size() < kCipherOverhead || sealed.size() >= INT_MAX || bound.size() >= INT_MAX) return false;
  EVP_CIPHER_CTX* context = threadContext();
  const char* text = sealed.data() + kNonceSize;
  const size_t length = sealed.size() - kCipherOverhead;
  std::array<char, kTagSize> tag{};
  sealed.copy(tag.data(), kTagSize, kNonceSize + length);
  out.resize(length);
  int size = 0;
  require(EVP_DecryptInit_ex2(context, aes256Gcm(), key.data(), readable(sealed.data()), nullptr) == 1);
  require(EVP_DecryptUpdate(context, nullptr, &size, readable(bound.data()), static_cast<int>(bound.size())) == 1);
  require(EVP_DecryptUpdate(context, writable(out.data()), &size, readable(text), static_cast<int>(length)) == 1);
  require(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kTagSize, tag.data()) == 1);
  if (EVP_DecryptFinal_ex(context, writable(out.data()) + size, &size) == 1) return true;
  OPENSSL_cleanse(out.data(), out.size());  // nobody may look at text that is not authentic
  out.clear();
  return false;
}

}  // namespace causeway::security
