#pragma once

#include "host/base/result.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace causeway::plugin {

/// Checks a detached signature over bytes with the plugin-signing key of this installation: ECDSA P-256 with SHA-256, DER.
/// Refused when it is not that key's signature over exactly these bytes.
using VerifySignature = std::function<Result<void>(std::string_view bytes, std::string_view signature)>;

/// SHA-256 of bytes as 64 lower-case hexadecimal digits.
using Sha256Hex = std::function<std::string(std::string_view bytes)>;

/// What an installation trusts. The folder of cryptography gives both functions.
struct Trust {
  VerifySignature verify;    ///< empty: no plugin-signing key is configured, so nothing counts as signed
  Sha256Hex sha256;          ///< needed with `verify`
  bool development = false;  ///< also load libraries that carry no signature; one that is wrong is refused all the same
};

}  // namespace causeway::plugin
