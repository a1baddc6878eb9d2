#include "host/security/file_vault.hpp"
#include "host/security/pkcs11_token.hpp"
#include "tests/unit/security/audit_fixture.hpp"

#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>

namespace causeway::security {
namespace {

constexpr const char* kSoftHsm = "/usr/lib/softhsm/libsofthsm2.so";
constexpr const char* kPin = "482913";

/// A new token in a folder of its own, behind a module that can be made to answer nothing.
class TokenTest : public AuditFixture {
 protected:
  void SetUp() override {
    if (::access(kSoftHsm, R_OK) != 0) GTEST_SKIP() << "SoftHSM is not installed: nothing about tokens was tested";
    std::ofstream(folder_.file("softhsm.conf"))
        << "directories.tokendir = " << folder_.file(".") << "\nlog.level = ERROR\n";
    ::setenv("SOFTHSM2_CONF", folder_.file("softhsm.conf").c_str(), 1);
    ::setenv("CAUSEWAY_TEST_TOKEN", kSoftHsm, 1);
    ::setenv("CAUSEWAY_TEST_TOKEN_GONE", folder_.file("gone").c_str(), 1);
    const std::string command =
        std::string("softhsm2-util --init-token --free --label causeway --so-pin 1111 --pin ") + kPin + " > /dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c): no part of it comes from outside
  }

  std::shared_ptr<Pkcs11Token> token() { return ok(Pkcs11Token::open({CAUSEWAY_UNRELIABLE_TOKEN, "causeway", kPin})); }
  void remove() { std::ofstream(folder_.file("gone")) << ""; }
  void bringBack() { ::unlink(folder_.file("gone").c_str()); }
};

TEST_F(TokenTest, SaysWhenThereIsNoModuleOrTokenOrRightPin) {
  EXPECT_EQ(failure(Pkcs11Token::open({folder_.file("missing.so"), "causeway", kPin})), ErrorKind::Unavailable);
  EXPECT_EQ(failure(Pkcs11Token::open({CAUSEWAY_UNRELIABLE_TOKEN, "another", kPin})), ErrorKind::Unavailable);
  const auto refused = Pkcs11Token::open({CAUSEWAY_UNRELIABLE_TOKEN, "causeway", "000000"});
  ASSERT_EQ(failure(refused), ErrorKind::Refused);
  EXPECT_EQ(refused.error().text().find("000000"), std::string::npos);
  remove();
  EXPECT_EQ(failure(Pkcs11Token::open({CAUSEWAY_UNRELIABLE_TOKEN, "causeway", kPin})), ErrorKind::Unavailable);
}

TEST_F(TokenTest, HasNoKeyUntilOneIsMade) {
  const auto hsm = token();
  EXPECT_EQ(failure(keyEncryptionKeysIn(hsm, "kek")), ErrorKind::NotFound);
  EXPECT_EQ(failure(signingKeysIn(hsm, "audit")), ErrorKind::NotFound);
  const std::string id = ok(hsm->makeSecretKey("kek"));
  EXPECT_EQ(ok(hsm->secretKeys("kek")), std::vector{id});
  EXPECT_TRUE(ok(hsm->secretKeys("other")).empty());
  ok(hsm->destroy(id));
  EXPECT_TRUE(ok(hsm->secretKeys("kek")).empty());
}

TEST_F(TokenTest, OpensNothingThatWasChanged) {
  const auto hsm = token();
  const std::string id = ok(hsm->makeSecretKey("kek")), other = ok(hsm->makeSecretKey("kek"));
  const std::string sealed = ok(hsm->encrypt(id, "bound", "plain text"));
  EXPECT_EQ(ok(hsm->decrypt(id, "bound", sealed)), "plain text");
  EXPECT_EQ(failure(hsm->decrypt(id, "other", sealed)), ErrorKind::Broken);
  EXPECT_EQ(failure(hsm->decrypt(other, "bound", sealed)), ErrorKind::Broken);
  EXPECT_EQ(failure(hsm->decrypt(id, "bound", "short")), ErrorKind::Broken);
  for (size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 4);
    EXPECT_EQ(failure(hsm->decrypt(id, "bound", changed)), ErrorKind::Broken) << i;
  }
  EXPECT_NE(ok(hsm->encrypt(id, "bound", "plain text")), sealed) << "a nonce of its own each time";
}

TEST_F(TokenTest, SignsWhatOpenSslVerifies) {
  const auto hsm = token();
  ok(hsm->makeSigningKey("audit"));
  const auto key = ok(signingKeysIn(hsm, "audit")).front();
  for (const std::string& text : {std::string(), std::string("one"), std::string(5000, 'x')}) {
    const std::string signature = ok(key.sign(text));
    ok(verifySignature(key.publicKeyPem(), text, signature));
    EXPECT_EQ(failure(verifySignature(key.publicKeyPem(), text + "!", signature)), ErrorKind::Refused);
  }
  EXPECT_EQ(failure(key.save(folder_.file("copy.pem"))), ErrorKind::Refused) << "it cannot leave the token";
}

// Whoever is logged in may use a key, and cannot see it.
TEST_F(TokenTest, NeverGivesAKeyOut) {
  const auto hsm = token();
  ok(hsm->makeSecretKey("kek"));
  ok(hsm->makeSigningKey("audit"));
  void* module = ::dlopen(kSoftHsm, RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(module, nullptr);
  CK_FUNCTION_LIST* functions = nullptr;
  ASSERT_EQ(reinterpret_cast<CK_RV (*)(CK_FUNCTION_LIST**)>(::dlsym(module, "C_GetFunctionList"))(&functions), CKR_OK);
  std::array<CK_SLOT_ID, 8> slots{};
  CK_ULONG count = slots.size();
  ASSERT_EQ(functions->C_GetSlotList(CK_TRUE, slots.data(), &count), CKR_OK);
  const auto ours = std::ranges::find_if(slots, [&](CK_SLOT_ID slot) {
    CK_TOKEN_INFO info{};
    return functions->C_GetTokenInfo(slot, &info) == CKR_OK && info.label[0] == 'c';
  });
  ASSERT_NE(ours, slots.end());
  CK_SESSION_HANDLE session = 0;
  ASSERT_EQ(functions->C_OpenSession(*ours, CKF_SERIAL_SESSION, nullptr, nullptr, &session), CKR_OK);
  for (CK_OBJECT_CLASS kind : {CKO_SECRET_KEY, CKO_PRIVATE_KEY}) {
    CK_ATTRIBUTE pattern{CKA_CLASS, &kind, sizeof kind};
    CK_OBJECT_HANDLE key = 0;
    CK_ULONG found = 0;
    functions->C_FindObjectsInit(session, &pattern, 1);
    functions->C_FindObjects(session, &key, 1, &found);
    functions->C_FindObjectsFinal(session);
    ASSERT_EQ(found, 1U);
    CK_ATTRIBUTE value{CKA_VALUE, nullptr, 0};
    EXPECT_EQ(functions->C_GetAttributeValue(session, key, &value, 1), CKR_ATTRIBUTE_SENSITIVE);
  }
  functions->C_CloseSession(session);
}

TEST_F(TokenTest, HoldsTheAuditLogWhileItIsGone) {
  const auto hsm = token();
  ok(hsm->makeSigningKey("audit"));
  key_ = ok(signingKeysIn(hsm, "audit")).front();
  open();
  writeGroups({3});
  remove();
  {
    const auto tx = ok(store_->begin());
    ok(log_->append(*tx, event(written_)));
    EXPECT_EQ(failure(log_->seal(*tx, atSecond(9))), ErrorKind::Unavailable);
  }
  ok(log_->rollBack());
  EXPECT_EQ(verify().leaves, 3) << "nothing unsigned was kept";
  bringBack();
  writeGroups({2});
  EXPECT_EQ(verify().leaves, 5);
  EXPECT_FALSE(verify().fault);
}

TEST_F(TokenTest, ChangesTheKeyThatSigns) {
  const auto hsm = token();
  ok(hsm->makeSigningKey("audit"));
  key_ = ok(signingKeysIn(hsm, "audit")).front();
  open();
  writeGroups({2});
  const std::string next_id = ok(hsm->makeSigningKey("next"));
  const auto next = ok(signingKeysIn(hsm, "next")).front();
  {
    const auto tx = ok(store_->begin());
    ok(log_->changeKey(next, event(written_++)));
    ok(log_->seal(*tx, atSecond(written_)));
    ok(tx->commit());
  }
  writeGroups({2});
  EXPECT_EQ(verify().keys, 2);
  EXPECT_FALSE(ok(verifyAudit(*store_, next.publicKeyPem())).fault);
}

class TokenVaultTest : public TokenTest {
 protected:
  Result<std::unique_ptr<FileVault>> openVault(const std::shared_ptr<Pkcs11Token>& hsm) {
    CW_TRY(const auto keys, keyEncryptionKeysIn(hsm, "kek"));
    return FileVault::open(keys, std::make_unique<MemoryScopeKeys>(memory_), clock_);
  }
  KeyMemory memory_;
  FixedClock clock_;
};

TEST_F(TokenVaultTest, DoesNotOpenWithoutItsToken) {
  const auto hsm = token();
  ok(hsm->makeSecretKey("kek"));
  ok(openVault(hsm));
  remove();
  EXPECT_EQ(failure(openVault(hsm)), ErrorKind::Unavailable);
  bringBack();
  ok(openVault(hsm));
}

TEST_F(TokenVaultTest, MakesNoRootKeysThatItCannotWrap) {
  const auto hsm = token();
  ok(hsm->makeSecretKey("kek"));
  const auto keys = ok(keyEncryptionKeysIn(hsm, "kek"));
  remove();
  EXPECT_EQ(failure(FileVault::open(keys, std::make_unique<MemoryScopeKeys>(memory_), clock_)), ErrorKind::Unavailable);
  EXPECT_TRUE(memory_.roots.empty());
}

TEST_F(TokenVaultTest, ChangesItsKeyAndTakesTheOneInForce) {
  const auto hsm = token();
  ok(hsm->makeSecretKey("kek"));
  const auto vault = ok(openVault(hsm));
  const std::string sealed = ok(vault->seal("case-1", "snapshot", "content"));
  ok(vault->flush());
  const std::string former = vault->kekId();
  ok(hsm->makeSecretKey("kek"));
  for (const auto& key : ok(keyEncryptionKeysIn(hsm, "kek")))
    if (key->id() != former) ok(vault->changeKek(key));
  EXPECT_NE(vault->kekId(), former);
  EXPECT_EQ(ok(ok(openVault(hsm))->open("case-1", "snapshot", sealed)), "content");
}

}  // namespace
}  // namespace causeway::security
