#pragma once

#include "host/security/secret.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace causeway::security {

/// SHA-256 of the parts one after another, 32 bytes.
std::string sha256(std::string_view first, std::string_view second = {}, std::string_view third = {});

/// HKDF-SHA-256 (RFC 5869): a key for one purpose out of a master key.
Secret deriveKey(const Secret& master, std::string_view purpose);

/// HMAC-SHA-256 under one key. Thread-safe.
class Hmac {
 public:
  explicit Hmac(const Secret& key);
  /// Of the parts one after another, 32 bytes.
  std::string operator()(std::string_view first, std::string_view second = {}, std::string_view third = {}) const;

 private:
  std::shared_ptr<void> keyed_;
};

}  // namespace causeway::security
