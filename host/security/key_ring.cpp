#include "host/security/key_ring.hpp"

#include "host/security/private_file.hpp"

#include <openssl/crypto.h>

namespace causeway::security {

KeyRing::KeyRing(const Secret& master)
    : wrapping_(deriveKey(master, "causeway wrapping v1")),
      digest_(deriveKey(master, "causeway digest v1")),
      blind_index_(deriveKey(master, "causeway blind index v1")),
      id_(deriveKey(master, "causeway key id v1").bytes()) {}

Result<KeyRing> KeyRing::load(const std::string& path) {
  CW_TRY(std::string bytes, readPrivateFile(path));
  if (bytes.size() != Secret::kSize) return fail(ErrorKind::Invalid, "the key file must hold exactly 32 bytes", path);
  const Secret master(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return KeyRing(master);
}

std::string KeyRing::blindIndex(std::string_view kind, std::string_view value) const {
  // The length in front keeps kind and value apart: "ur" + "n1" is not "urn" + "1".
  const std::string length = std::to_string(kind.size()) + ":";
  return blind_index_(length, kind, value);
}

Result<void> createKeyFile(const std::string& path) { return createPrivateFile(path, Secret::random().bytes()); }

}  // namespace causeway::security
