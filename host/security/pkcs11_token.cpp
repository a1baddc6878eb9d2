#include "host/security/pkcs11_token.hpp"

#include "host/security/cipher.hpp"
#include "host/security/digest.hpp"
#include "host/security/pkcs11_session.hpp"
#include "host/security/random.hpp"

#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <p11-kit/pkcs11.h>

#include <algorithm>
#include <array>
#include <utility>

namespace causeway::security {
namespace {

using Handle = CK_OBJECT_HANDLE;
using Session = CK_SESSION_HANDLE;

constexpr size_t kIdSize = 16;
constexpr size_t kHalfOfSignature = 32;
// DER of "public key on P-256"; the point follows.
constexpr std::string_view kPublicKeyStart(
    "\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00", 26);
constexpr std::string_view kP256("\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07", 10);
constexpr size_t kPointSize = 65;

CK_BYTE_PTR bytesOf(std::string_view text) {
  // PKCS#11 takes no pointers to const; it reads these only.
  return reinterpret_cast<CK_BYTE_PTR>(
      const_cast<char*>(text.data()));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, std::string_view value) {
  return {type, bytesOf(value), static_cast<CK_ULONG>(value.size())};
}

template <class Value>
CK_ATTRIBUTE attributeOf(CK_ATTRIBUTE_TYPE type, Value& value) {
  return {type, &value, sizeof value};
}

Result<std::string> derOf(std::string_view raw) {
  const std::unique_ptr<ECDSA_SIG, void (*)(ECDSA_SIG*)> pair(ECDSA_SIG_new(), ECDSA_SIG_free);
  const auto half = [&](size_t from) {
    return BN_bin2bn(bytesOf(raw.substr(from)), static_cast<int>(kHalfOfSignature), nullptr);
  };
  unsigned char* der = nullptr;
  const bool taken = pair != nullptr && raw.size() == 2 * kHalfOfSignature &&
                     ECDSA_SIG_set0(pair.get(), half(0), half(kHalfOfSignature)) == 1;
  const int size = taken ? i2d_ECDSA_SIG(pair.get(), &der) : -1;
  if (size <= 0) return fail(ErrorKind::Unavailable, "the PKCS#11 token gave no signature on P-256");
  std::string out(reinterpret_cast<char*>(der), static_cast<size_t>(size));
  OPENSSL_free(der);
  return out;
}

std::string newId() {
  std::string id(kIdSize, '\0');
  randomBytes({reinterpret_cast<unsigned char*>(id.data()), id.size()});
  return id;
}

}  // namespace

struct Pkcs11Token::Impl {
  explicit Impl(Place place) : session(std::move(place)) {}

  Result<std::vector<std::string>> ids(unsigned long kind, std::string_view label) {
    std::vector<std::string> out;
    CW_CHECK_OK(session.run("keys cannot be listed", [&](Session in) {
      out.clear();
      std::vector<Handle> found;
      CK_RV code = session.find(in, kind, CKA_LABEL, label, found);
      for (size_t i = 0; i < found.size() && code == CKR_OK; ++i) {
        out.emplace_back();
        code = session.value(in, found[i], CKA_ID, out.back());
      }
      return code;
    }));
    std::ranges::sort(out);
    return out;
  }

  Pkcs11Session session;
};

Pkcs11Token::Pkcs11Token(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pkcs11Token::~Pkcs11Token() = default;

Result<std::shared_ptr<Pkcs11Token>> Pkcs11Token::open(Place place) {
  auto impl = std::make_unique<Impl>(std::move(place));
  CW_CHECK_OK(impl->session.open());
  return std::shared_ptr<Pkcs11Token>(new Pkcs11Token(std::move(impl)));
}

Result<std::vector<std::string>> Pkcs11Token::secretKeys(std::string_view label) {
  return impl_->ids(CKO_SECRET_KEY, label);
}

Result<std::vector<std::string>> Pkcs11Token::signingKeys(std::string_view label) {
  return impl_->ids(CKO_PRIVATE_KEY, label);
}

Result<std::string> Pkcs11Token::makeSecretKey(std::string_view label) {
  std::string id = newId();
  CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
  CK_ULONG size = Secret::kSize;
  std::array<CK_ATTRIBUTE, 9> shape{
      attributeOf(CKA_TOKEN, yes),      attributeOf(CKA_PRIVATE, yes), attributeOf(CKA_SENSITIVE, yes),
      attributeOf(CKA_EXTRACTABLE, no), attributeOf(CKA_ENCRYPT, yes), attributeOf(CKA_DECRYPT, yes),
      attributeOf(CKA_VALUE_LEN, size), attribute(CKA_LABEL, label),   attribute(CKA_ID, std::string_view(id))};
  CW_CHECK_OK(impl_->session.run("no key can be made", [&](Session in) {
    CK_MECHANISM mechanism{CKM_AES_KEY_GEN, nullptr, 0};
    Handle key = CK_INVALID_HANDLE;
    return impl_->session.module().C_GenerateKey(in, &mechanism, shape.data(), shape.size(), &key);
  }));
  return id;
}

Result<std::string> Pkcs11Token::makeSigningKey(std::string_view label) {
  std::string id = newId();
  CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
  std::array<CK_ATTRIBUTE, 5> open_shape{attributeOf(CKA_TOKEN, yes), attributeOf(CKA_VERIFY, yes),
                                         attribute(CKA_EC_PARAMS, kP256), attribute(CKA_LABEL, label),
                                         attribute(CKA_ID, std::string_view(id))};
  std::array<CK_ATTRIBUTE, 7> shape{attributeOf(CKA_TOKEN, yes),
                                    attributeOf(CKA_PRIVATE, yes),
                                    attributeOf(CKA_SENSITIVE, yes),
                                    attributeOf(CKA_EXTRACTABLE, no),
                                    attributeOf(CKA_SIGN, yes),
                                    attribute(CKA_LABEL, label),
                                    attribute(CKA_ID, std::string_view(id))};
  CW_CHECK_OK(impl_->session.run("no key can be made", [&](Session in) {
    CK_MECHANISM mechanism{CKM_EC_KEY_PAIR_GEN, nullptr, 0};
    Handle open_half = CK_INVALID_HANDLE, key = CK_INVALID_HANDLE;
    return impl_->session.module().C_GenerateKeyPair(in, &mechanism, open_shape.data(), open_shape.size(), shape.data(),
                                                     shape.size(), &open_half, &key);
  }));
  return id;
}

Result<void> Pkcs11Token::destroy(std::string_view id) {
  return impl_->session.run("a key cannot be destroyed", [&](Session in) -> CK_RV {
    for (const CK_OBJECT_CLASS kind : {CKO_SECRET_KEY, CKO_PRIVATE_KEY, CKO_PUBLIC_KEY}) {
      std::vector<Handle> found;
      CK_RV code = impl_->session.find(in, kind, CKA_ID, id, found);
      for (size_t i = 0; i < found.size() && code == CKR_OK; ++i)
        code = impl_->session.module().C_DestroyObject(in, found[i]);
      if (code != CKR_OK) return code;
    }
    return CKR_OK;
  });
}

Result<std::string> Pkcs11Token::encrypt(std::string_view id, std::string_view bound, std::string_view plain) {
  std::string out(kNonceSize + plain.size() + kTagSize, '\0');
  randomBytes({bytesOf(out), kNonceSize});
  CW_CHECK_OK(impl_->session.run("nothing can be encrypted", [&](Session in) {
    CK_GCM_PARAMS gcm{bytesOf(out), kNonceSize, kNonceSize * 8, bytesOf(bound), bound.size(), kTagSize * 8};
    CK_MECHANISM mechanism{CKM_AES_GCM, &gcm, sizeof gcm};
    Handle key = CK_INVALID_HANDLE;
    CK_RV code = impl_->session.one(in, CKO_SECRET_KEY, id, key);
    if (code == CKR_OK) code = impl_->session.module().C_EncryptInit(in, &mechanism, key);
    CK_ULONG size = plain.size() + kTagSize;
    if (code == CKR_OK)
      code = impl_->session.module().C_Encrypt(in, bytesOf(plain), plain.size(), bytesOf(out) + kNonceSize, &size);
    return code == CKR_OK && size != plain.size() + kTagSize ? CKR_GENERAL_ERROR : code;
  }));
  return out;
}

Result<std::string> Pkcs11Token::decrypt(std::string_view id, std::string_view bound, std::string_view sealed) {
  if (sealed.size() < kCipherOverhead) return fail(ErrorKind::Broken, "a root key is too short");
  std::string out(sealed.size(), '\0');  // some tokens want room for the tag too
  CW_CHECK_OK(impl_->session.run("nothing can be decrypted", [&](Session in) {
    CK_GCM_PARAMS gcm{bytesOf(sealed), kNonceSize, kNonceSize * 8, bytesOf(bound), bound.size(), kTagSize * 8};
    CK_MECHANISM mechanism{CKM_AES_GCM, &gcm, sizeof gcm};
    Handle key = CK_INVALID_HANDLE;
    CK_RV code = impl_->session.one(in, CKO_SECRET_KEY, id, key);
    if (code == CKR_OK) code = impl_->session.module().C_DecryptInit(in, &mechanism, key);
    CK_ULONG size = out.size();
    if (code == CKR_OK)
      code = impl_->session.module().C_Decrypt(in, bytesOf(sealed) + kNonceSize, sealed.size() - kNonceSize,
                                               bytesOf(out), &size);
    if (code == CKR_OK) out.resize(size);
    // SoftHSM says this of a tag that does not match, and nothing else does after a key was found.
    return code == CKR_GENERAL_ERROR && key != CK_INVALID_HANDLE ? CKR_ENCRYPTED_DATA_INVALID : code;
  }));
  return out;
}

Result<std::string> Pkcs11Token::sign(std::string_view id, std::string_view bytes) {
  const std::string digest = sha256(bytes);
  std::string raw(2 * kHalfOfSignature, '\0');
  CW_CHECK_OK(impl_->session.run("nothing can be signed", [&](Session in) {
    CK_MECHANISM mechanism{CKM_ECDSA, nullptr, 0};
    Handle key = CK_INVALID_HANDLE;
    CK_RV code = impl_->session.one(in, CKO_PRIVATE_KEY, id, key);
    if (code == CKR_OK) code = impl_->session.module().C_SignInit(in, &mechanism, key);
    CK_ULONG size = raw.size();
    if (code == CKR_OK) code = impl_->session.module().C_Sign(in, bytesOf(digest), digest.size(), bytesOf(raw), &size);
    return code == CKR_OK && size != raw.size() ? CKR_GENERAL_ERROR : code;
  }));
  return derOf(raw);
}

Result<std::string> Pkcs11Token::publicKey(std::string_view id) {
  std::string point;
  CW_CHECK_OK(impl_->session.run("a public key cannot be read", [&](Session in) {
    Handle key = CK_INVALID_HANDLE;
    const CK_RV code = impl_->session.one(in, CKO_PUBLIC_KEY, id, key);
    return code == CKR_OK ? impl_->session.value(in, key, CKA_EC_POINT, point) : code;
  }));
  // An octet string around the point; some tokens leave it out.
  if (point.size() > kPointSize) point.erase(0, point.size() - kPointSize);
  CW_TRY(const PublicKey key, PublicKey::fromDer(std::string(kPublicKeyStart) + point));
  return key.der();
}

}  // namespace causeway::security
