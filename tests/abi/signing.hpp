#pragma once

#include "host/plugin/trust.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace causeway::abi {

/// A plugin-signing key of a test, made anew each time.
class SigningKey {
 public:
  SigningKey();
  /// DER signature, ECDSA P-256 with SHA-256.
  std::string sign(std::string_view bytes) const;
  /// What a host trusts that knows only this key.
  plugin::Trust trust() const;
  /// The private key, PEM.
  std::string pem() const;

 private:
  std::shared_ptr<void> key_;
};

std::string sha256Hex(std::string_view bytes);

/// What a host trusts that has no key and no development mode.
plugin::Trust nothing();
/// What a host trusts in development mode without a key.
plugin::Trust development();

}  // namespace causeway::abi
