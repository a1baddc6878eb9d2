#include "host/security/secret.hpp"

#include "host/security/random.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <cassert>

namespace causeway::security {

Secret::Secret(std::string_view bytes) {
  assert(bytes.size() == kSize);
  std::copy_n(bytes.begin(), std::min(bytes.size(), kSize), bytes_.begin());
}

Secret::~Secret() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

Secret Secret::random() {
  Secret secret;
  randomBytes(secret.bytes_);
  return secret;
}

}  // namespace causeway::security
