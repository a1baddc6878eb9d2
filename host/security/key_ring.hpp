#pragma once

#include "host/base/result.hpp"
#include "host/security/digest.hpp"
#include "host/security/secret.hpp"

#include <string>
#include <string_view>

namespace causeway::security {

/// The keys of one installation, all derived from one file of 32 random bytes (HKDF, one label for each use). Whoever has the
/// file can read everything; without it nothing can be read again: keep a copy in a safe place.
class KeyRing {
 public:
  /// Refused when the file may be read by others (see readPrivateFile), Invalid when it does not hold 32 bytes.
  static Result<KeyRing> load(const std::string& path);

  /// Wraps the keys of scopes.
  const Secret& wrappingKey() const { return wrapping_; }
  /// Tells key files apart, gives nothing of the key away; 32 bytes.
  const std::string& id() const { return id_; }
  /// Keyed fingerprint of content, 32 bytes.
  std::string digest(std::string_view content) const { return digest_(content); }
  /// Keyed index of an identifier of a kind, 32 bytes.
  std::string blindIndex(std::string_view kind, std::string_view value) const;

 private:
  explicit KeyRing(const Secret& master);
  Secret wrapping_;
  Hmac digest_;
  Hmac blind_index_;
  std::string id_;
};

/// Makes a key file; Conflict when there is one already.
Result<void> createKeyFile(const std::string& path);

}  // namespace causeway::security
