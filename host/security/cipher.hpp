#pragma once

#include "host/security/secret.hpp"

#include <string>
#include <string_view>

namespace causeway::security {

/// AES-256-GCM in pieces of fixed shape: a random nonce of 12 bytes, the ciphertext, a tag of 16 bytes.
constexpr size_t kNonceSize = 12;
constexpr size_t kTagSize = 16;
constexpr size_t kCipherOverhead = kNonceSize + kTagSize;

/// Appends nonce, ciphertext and tag to `out`. `bound` is authenticated with it but not stored.
void encrypt(const Secret& key, std::string_view bound, std::string_view plain, std::string& out);

/// The plain text; false when key, bound text or bytes are not the ones it was encrypted with.
bool decrypt(const Secret& key, std::string_view bound, std::string_view sealed, std::string& out);

}  // namespace causeway::security
