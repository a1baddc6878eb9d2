#pragma once

#include "host/base/result.hpp"
#include "host/plugin/trust.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::plugin {

/// What whoever signed an adapter says about it: <library>.manifest.json, signed in <library>.manifest.sig.
struct Manifest {
  std::string name;
  std::string version;
  unsigned abi_major = 0;
  unsigned abi_minor = 0;
  std::vector<std::string> capabilities;  ///< "classify_reply", "convert", "identify", "wrap"
  std::string sha256;                     ///< of the library, 64 lower-case hexadecimal digits
};

/// Reads a manifest strictly: every key once, none unknown, each of its type. Invalid otherwise.
Result<Manifest> parseManifest(std::string_view json);

/// The signed manifest of a library with these bytes, after every check that needs no loading. Nothing when the library
/// carries no signature and `trust.development` lets it pass. Refused when it is unsigned, when the signature is not of a
/// trusted key, or when the library is not the one that was signed.
Result<std::optional<Manifest>> checkedManifest(const std::string& file, std::string_view bytes, const Trust& trust);

/// Compares versions by their numbers: -1, 0 or 1. A part that is missing counts as 0: 1.2 is 1.2.0.
int compareVersions(std::string_view a, std::string_view b);

}  // namespace causeway::plugin
