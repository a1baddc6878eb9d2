#include "host/transport/keyed_digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

namespace causeway::transport {

Result<std::string> hmacSha256(std::string_view secret, std::string_view text) {
  std::string out(32, '\0');
  unsigned int length = 0;
  const auto* made = HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
                          reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                          reinterpret_cast<unsigned char*>(out.data()), &length);
  if (made == nullptr || length != out.size()) return fail(ErrorKind::Broken, "cannot compute a keyed digest");
  return out;
}

std::string base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // one more: the function ends what it writes with a NUL
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::string base64Url(std::string_view bytes) {
  std::string out = base64(bytes);
  out.erase(std::min(out.find('='), out.size()));
  std::ranges::replace(out, '+', '-');
  std::ranges::replace(out, '/', '_');
  return out;
}

}  // namespace causeway::transport
