// A PKCS#11 module for tests: SoftHSM, that answers nothing while a file exists. CAUSEWAY_TEST_TOKEN names SoftHSM's library,
// CAUSEWAY_TEST_TOKEN_GONE the file.
#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <unistd.h>

#include <cstdlib>

namespace {

CK_FUNCTION_LIST* real = nullptr;
CK_FUNCTION_LIST wrapped;

bool gone() {
  const char* file = std::getenv("CAUSEWAY_TEST_TOKEN_GONE");
  return file != nullptr && ::access(file, F_OK) == 0;
}

CK_RV openSession(CK_SLOT_ID slot, CK_FLAGS flags, void* application, CK_NOTIFY notify, CK_SESSION_HANDLE* session) {
  return gone() ? CKR_DEVICE_REMOVED : real->C_OpenSession(slot, flags, application, notify, session);
}
CK_RV tokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO* info) {
  return gone() ? CKR_TOKEN_NOT_PRESENT : real->C_GetTokenInfo(slot, info);
}
CK_RV findInit(CK_SESSION_HANDLE session, CK_ATTRIBUTE* pattern, CK_ULONG count) {
  return gone() ? CKR_DEVICE_REMOVED : real->C_FindObjectsInit(session, pattern, count);
}
CK_RV signInit(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key) {
  return gone() ? CKR_DEVICE_REMOVED : real->C_SignInit(session, mechanism, key);
}
CK_RV encryptInit(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key) {
  return gone() ? CKR_DEVICE_REMOVED : real->C_EncryptInit(session, mechanism, key);
}
CK_RV decryptInit(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key) {
  return gone() ? CKR_DEVICE_REMOVED : real->C_DecryptInit(session, mechanism, key);
}

}  // namespace

extern "C" __attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
  const char* library = std::getenv("CAUSEWAY_TEST_TOKEN");
  void* module = library != nullptr ? ::dlopen(library, RTLD_NOW | RTLD_LOCAL) : nullptr;
  using GetList = CK_RV (*)(CK_FUNCTION_LIST**);
  const auto get = module != nullptr ? reinterpret_cast<GetList>(::dlsym(module, "C_GetFunctionList")) : nullptr;
  if (get == nullptr || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
  wrapped = *real;
  wrapped.C_OpenSession = openSession;
  wrapped.C_GetTokenInfo = tokenInfo;
  wrapped.C_FindObjectsInit = findInit;
  wrapped.C_SignInit = signInit;
  wrapped.C_EncryptInit = encryptInit;
  wrapped.C_DecryptInit = decryptInit;
  *list = &wrapped;
  return CKR_OK;
}
