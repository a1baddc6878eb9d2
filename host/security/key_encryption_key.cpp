#include "host/security/key_encryption_key.hpp"

#include "host/security/cipher.hpp"
#include "host/security/digest.hpp"
#include "host/security/private_file.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace causeway::security {
namespace {

// The names in a folder are durable once the folder itself is synced.
bool syncFolderOf(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  const int fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool synced = ::fsync(fd) == 0;
  return ::close(fd) == 0 && synced;
}

Failure cannotSwap(const std::string& path) {
  return fail(ErrorKind::Broken, std::string("the next key file cannot take its place: ") + std::strerror(errno), path);
}

}  // namespace

KeyFile::KeyFile(const Secret& master)
    : master_(master),
      wrapping_(deriveKey(master, "causeway root wrapping v2")),
      id_(deriveKey(master, "causeway key id v1").bytes()) {}

Result<std::shared_ptr<KeyFile>> KeyFile::load(const std::string& path) {
  CW_TRY(std::string bytes, readPrivateFile(path));
  if (bytes.size() != Secret::kSize) return fail(ErrorKind::Invalid, "the key file must hold exactly 32 bytes", path);
  const Secret master(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return std::shared_ptr<KeyFile>(new KeyFile(master));
}

Result<KeyEncryptionKeys> KeyFile::loadAll(const std::string& path) {
  KeyEncryptionKeys keys;
  CW_TRY(auto present, load(path));
  keys.push_back(std::move(present));
  auto next = load(nextFileOf(path));
  if (!next && next.error().kind != ErrorKind::NotFound) return std::unexpected(std::move(next).error());
  if (next) keys.push_back(*std::move(next));
  return keys;
}

Result<std::string> KeyFile::wrap(std::string_view bound, const Secret& key) {
  std::string out;
  encrypt(wrapping_, bound, key.bytes(), out);
  return out;
}

Result<Secret> KeyFile::unwrap(std::string_view bound, std::string_view wrapped) {
  std::string plain;
  if (!decrypt(wrapping_, bound, wrapped, plain) || plain.size() != Secret::kSize)
    return fail(ErrorKind::Broken, "a root key was changed, or another key wrapped it");
  Secret key(plain);
  OPENSSL_cleanse(plain.data(), plain.size());
  return key;
}

Result<void> createKeyFile(const std::string& path) { return createPrivateFile(path, Secret::random().bytes()); }

std::string nextFileOf(const std::string& path) { return path + ".next"; }

Result<std::string> swapInNextFile(const std::string& path, const std::string& mark) {
  std::string retired = path + ".retired-" + mark;
  const std::string next = nextFileOf(path);
  if (::access(next.c_str(), F_OK) != 0) return retired;
  // At every moment there is a file at the path: the old one gets a second name, then the new one takes the first.
  if (::link(path.c_str(), retired.c_str()) != 0 && errno != EEXIST) return cannotSwap(path);
  if (::rename(next.c_str(), path.c_str()) != 0 || !syncFolderOf(path)) return cannotSwap(path);
  return retired;
}

}  // namespace causeway::security
