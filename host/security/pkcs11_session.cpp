#include "host/security/pkcs11_session.hpp"

#include <openssl/crypto.h>
#include <p11-kit/p11-kit.h>
#include <p11-kit/pkcs11.h>

#include <array>

namespace causeway::security {
namespace {

CK_BYTE_PTR bytesOf(std::string_view text) {
  // PKCS#11 takes no pointers to const; it reads these only.
  return reinterpret_cast<CK_BYTE_PTR>(
      const_cast<char*>(text.data()));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

Failure noAnswer(const char* step, CK_RV code) {
  return fail(ErrorKind::Unavailable,
              std::string("the PKCS#11 token does not answer: ") + step + ", " + p11_kit_strerror(code));
}

// What nobody can mend by asking again in a new session.
bool isOfTheRequest(CK_RV code) { return code == CKR_ENCRYPTED_DATA_INVALID || code == CKR_ENCRYPTED_DATA_LEN_RANGE; }

}  // namespace

Pkcs11Session::~Pkcs11Session() {
  OPENSSL_cleanse(place_.pin.data(), place_.pin.size());
  if (module_ == nullptr) return;
  disconnect();
  p11_kit_module_finalize(module_);
  p11_kit_module_release(module_);
}

Result<void> Pkcs11Session::open() {
  CK_FUNCTION_LIST* module = p11_kit_module_load(place_.module.c_str(), 0);
  if (module == nullptr) return fail(ErrorKind::Unavailable, "the PKCS#11 module cannot be loaded", place_.module);
  if (const CK_RV code = p11_kit_module_initialize(module); code != CKR_OK) {
    p11_kit_module_release(module);
    return noAnswer("its module does not start", code);
  }
  module_ = module;
  return connect();
}

Result<unsigned long> Pkcs11Session::slot() {
  std::array<CK_SLOT_ID, 64> slots{};
  CK_ULONG count = slots.size();
  if (const CK_RV code = module_->C_GetSlotList(CK_TRUE, slots.data(), &count); code != CKR_OK)
    return noAnswer("no list of slots", code);
  for (CK_ULONG i = 0; i < count; ++i) {
    CK_TOKEN_INFO info{};
    if (module_->C_GetTokenInfo(slots.at(i), &info) != CKR_OK) continue;
    std::string_view label(reinterpret_cast<const char*>(info.label), sizeof info.label);
    label = label.substr(0, label.find_last_not_of(' ') + 1);
    if (label == place_.label) return slots.at(i);
  }
  return fail(ErrorKind::Unavailable, "there is no PKCS#11 token of the configured label");
}

void Pkcs11Session::disconnect() {
  if (session_ != CK_INVALID_HANDLE) module_->C_CloseSession(session_);
  session_ = CK_INVALID_HANDLE;
}

Result<void> Pkcs11Session::connect() {
  if (session_ != CK_INVALID_HANDLE) return {};
  if (pin_refused_)
    return fail(ErrorKind::Refused, "the PKCS#11 token refused its PIN; start again with the right one");
  CW_TRY(const CK_SLOT_ID id, slot());
  CK_SESSION_HANDLE opened = CK_INVALID_HANDLE;
  CK_RV code = module_->C_OpenSession(id, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &opened);
  if (code != CKR_OK) return noAnswer("no session", code);
  code = module_->C_Login(opened, CKU_USER, bytesOf(place_.pin), static_cast<CK_ULONG>(place_.pin.size()));
  if (code == CKR_OK || code == CKR_USER_ALREADY_LOGGED_IN) {
    session_ = opened;
    return {};
  }
  module_->C_CloseSession(opened);
  pin_refused_ =
      code == CKR_PIN_INCORRECT || code == CKR_PIN_LOCKED || code == CKR_PIN_INVALID || code == CKR_PIN_LEN_RANGE;
  if (pin_refused_) return fail(ErrorKind::Refused, "the PKCS#11 token refuses its PIN");
  return noAnswer("no login", code);
}

Pkcs11Session::Code Pkcs11Session::tried(const Work& work) {
  const CK_RV code = work(session_);
  if (code == CKR_OK || isOfTheRequest(code)) return code;
  disconnect();
  return connect() ? work(session_) : code;
}

Result<void> Pkcs11Session::run(const char* step, const Work& work) {
  const std::scoped_lock guard(mutex_);
  CW_CHECK_OK(connect());
  const CK_RV code = tried(work);
  if (code == CKR_OK) return {};
  if (isOfTheRequest(code))
    return fail(ErrorKind::Broken, "a root key was changed, or another key of the token wrapped it");
  disconnect();
  return noAnswer(step, code);
}

Pkcs11Session::Code Pkcs11Session::find(Handle session, unsigned long kind, unsigned long by, std::string_view value,
                                        std::vector<Handle>& out) {
  std::array<CK_ATTRIBUTE, 2> pattern{CK_ATTRIBUTE{CKA_CLASS, &kind, sizeof kind},
                                      CK_ATTRIBUTE{by, bytesOf(value), static_cast<CK_ULONG>(value.size())}};
  CK_RV code = module_->C_FindObjectsInit(session, pattern.data(), pattern.size());
  if (code != CKR_OK) return code;
  std::array<CK_OBJECT_HANDLE, 64> found{};
  CK_ULONG count = 0;
  code = module_->C_FindObjects(session, found.data(), found.size(), &count);
  module_->C_FindObjectsFinal(session);
  out.assign(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count));
  return code;
}

Pkcs11Session::Code Pkcs11Session::one(Handle session, unsigned long kind, std::string_view id, Handle& out) {
  std::vector<Handle> found;
  const CK_RV code = find(session, kind, CKA_ID, id, found);
  if (code != CKR_OK) return code;
  if (found.empty()) return CKR_TOKEN_NOT_PRESENT;
  out = found.front();
  return CKR_OK;
}

Pkcs11Session::Code Pkcs11Session::value(Handle session, Handle object, unsigned long attribute, std::string& out) {
  CK_ATTRIBUTE asked{attribute, nullptr, 0};
  const CK_RV code = module_->C_GetAttributeValue(session, object, &asked, 1);
  if (code != CKR_OK) return code;
  out.resize(asked.ulValueLen);
  asked.pValue = out.data();
  return module_->C_GetAttributeValue(session, object, &asked, 1);
}

}  // namespace causeway::security
