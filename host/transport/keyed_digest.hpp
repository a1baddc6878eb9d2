#pragma once

#include "host/base/result.hpp"

#include <string>
#include <string_view>

namespace causeway::transport {

/// HMAC-SHA-256 of the text under a partner's shared secret, 32 bytes. Broken when the machine cannot compute it.
Result<std::string> hmacSha256(std::string_view secret, std::string_view text);

std::string base64(std::string_view bytes);     ///< RFC 4648 section 4, with padding
std::string base64Url(std::string_view bytes);  ///< RFC 4648 section 5, without padding

}  // namespace causeway::transport
