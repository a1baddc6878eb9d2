#include "host/security/key_ring.hpp"

#include "host/base/text.hpp"
#include "host/security/digest.hpp"
#include "host/security/random.hpp"
#include "host/security/signing.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/security/security_support.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>

namespace causeway::security {
namespace {

std::string writeFile(const TemporaryFolder& folder, const std::string& content, mode_t mode = 0600) {
  const std::string path = folder.file("key");
  std::ofstream(path, std::ios::binary) << content;
  if (::chmod(path.c_str(), mode) != 0) throw std::runtime_error("chmod");
  return path;
}

TEST(KeyFile, RefusesAFileThatOthersMayRead) {
  const TemporaryFolder folder;
  for (const mode_t mode : {0640, 0604, 0620, 0601, 0666})
    EXPECT_EQ(failure(KeyFile::load(writeFile(folder, std::string(32, 'k'), mode))), ErrorKind::Refused) << mode;
}

TEST(KeyFile, RefusesAnotherLength) {
  const TemporaryFolder folder;
  for (const size_t size : {0U, 31U, 33U})
    EXPECT_EQ(failure(KeyFile::load(writeFile(folder, std::string(size, 'k')))), ErrorKind::Invalid) << size;
  EXPECT_EQ(failure(KeyFile::load(writeFile(folder, std::string(100'000, 'k')))), ErrorKind::TooLarge);
}

TEST(KeyFile, RefusesLinksFoldersAndNothing) {
  const TemporaryFolder folder;
  const std::string path = writeFile(folder, std::string(32, 'k'));
  ASSERT_EQ(::symlink(path.c_str(), folder.file("link").c_str()), 0);
  EXPECT_EQ(failure(KeyFile::load(folder.file("link"))), ErrorKind::Refused);
  EXPECT_EQ(failure(KeyFile::load(folder.file("."))), ErrorKind::Refused);
  EXPECT_EQ(failure(KeyFile::load(folder.file("missing"))), ErrorKind::NotFound);
}

TEST(KeyFile, NeverOverwritesAKeyFile) {
  const TemporaryFolder folder;
  ok(createKeyFile(folder.file("kek")));
  const std::string id = ok(KeyFile::load(folder.file("kek")))->id();
  EXPECT_EQ(failure(createKeyFile(folder.file("kek"))), ErrorKind::Conflict);
  EXPECT_EQ(ok(KeyFile::load(folder.file("kek")))->id(), id);
  EXPECT_EQ(failure(createKeyFile(folder.file("missing/kek"))), ErrorKind::NotFound);
}

TEST(KeyFile, MakesDifferentKeyFiles) {
  const TemporaryFolder folder;
  ok(createKeyFile(folder.file("one")));
  ok(createKeyFile(folder.file("two")));
  EXPECT_NE(ok(KeyFile::load(folder.file("one")))->id(), ok(KeyFile::load(folder.file("two")))->id());
}

TEST(Digest, MatchesPublishedValues) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("a", "b", "c"), sha256("abc"));
  EXPECT_EQ(hex(sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  const Secret key(std::string(20, '\x0b') + std::string(12, '\0'));  // RFC 4231, case 1: HMAC pads a key with zeros
  EXPECT_EQ(hex(Hmac(key)("Hi ", "Ther", "e")), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

TEST(Random, DiffersInAForkedChild) {
  std::array<unsigned char, 32> parent{};
  randomBytes(parent);
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    std::array<unsigned char, 32> mine{};
    randomBytes(mine);
    ::_exit(::write(ends[1], mine.data(), mine.size()) == 32 ? 0 : 1);
  }
  randomBytes(parent);
  std::array<unsigned char, 32> childs{};
  ASSERT_EQ(::read(ends[0], childs.data(), childs.size()), 32);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_NE(parent, childs);
}

TEST(Random, FillsEverySize) {
  for (const size_t size : {16U, 1000U, 4096U, 100'000U}) {
    std::vector<unsigned char> bytes(size);
    cryptographicRandom()(bytes);
    EXPECT_GT(std::set<unsigned char>(bytes.begin(), bytes.end()).size(), size == 16 ? 4U : 200U) << size;
  }
}

TEST(SigningKey, RefusesWhatIsNoKey) {
  const TemporaryFolder folder;
  EXPECT_EQ(failure(SigningKey::load(writeFile(folder, "no key"))), ErrorKind::Invalid);
  ok(ok(SigningKey::generate()).save(folder.file("open.pem")));
  ASSERT_EQ(::chmod(folder.file("open.pem").c_str(), 0644), 0);
  EXPECT_EQ(failure(SigningKey::load(folder.file("open.pem"))), ErrorKind::Refused);
  EXPECT_EQ(failure(PublicKey::parse("no key")), ErrorKind::Invalid);
  EXPECT_EQ(failure(verifySignature("", "bytes", "signature")), ErrorKind::Invalid);
}

TEST(SigningKey, RefusesAKeyOnAnotherCurve) {
  // A P-384 public key, made for this test.
  constexpr std::string_view other = R"(-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEQZ6qeaDxXiEcsefyBZrXDwHt1gPHNxc0
vRqrli0pJsN8TvbzyVNrAZB7SdF7py0IEqRi4iwSbBw4GrnZ3cUZuUO3KYVivbNN
o+pYw6R3+DJEImLZ8HcIRleqSpHZbkkn
-----END PUBLIC KEY-----
)";
  EXPECT_EQ(failure(PublicKey::parse(other)), ErrorKind::Invalid);
}

TEST(SigningKey, RefusesOtherBytesKeysAndSignatures) {
  const SigningKey key = ok(SigningKey::generate());
  const std::string signature = ok(key.sign("bytes"));
  EXPECT_EQ(failure(verifySignature(key.publicKeyPem(), "Bytes", signature)), ErrorKind::Refused);
  EXPECT_EQ(failure(verifySignature(ok(SigningKey::generate()).publicKeyPem(), "bytes", signature)),
            ErrorKind::Refused);
  EXPECT_EQ(failure(verifySignature(key.publicKeyPem(), "bytes", "")), ErrorKind::Refused);
  for (size_t i = 0; i < signature.size(); ++i) {
    std::string changed = signature;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(failure(verifySignature(key.publicKeyPem(), "bytes", changed)), ErrorKind::Refused) << "byte " << i;
  }
}

TEST(SigningKey, SignsAlsoAfterItWasSaved) {
  const TemporaryFolder folder;
  const SigningKey key = ok(SigningKey::generate());
  ok(key.save(folder.file("key.pem")));
  EXPECT_EQ(failure(key.save(folder.file("key.pem"))), ErrorKind::Conflict);
  const SigningKey loaded = ok(SigningKey::load(folder.file("key.pem")));
  EXPECT_EQ(loaded.publicKeyPem(), key.publicKeyPem());
  ok(verifySignature(key.publicKeyPem(), "bytes", ok(loaded.sign("bytes"))));
  ok(verifySignature(key.publicKeyPem(), "", ok(loaded.sign(""))));
}

}  // namespace
}  // namespace causeway::security
