#pragma once

#include "host/base/ids.hpp"

#include <span>

namespace causeway::security {

/// Fills the buffer from OpenSSL's generator, through a small pool for each thread that a forked child does not share.
/// Ends the process when the generator fails: no key or id may be made without it.
void randomBytes(std::span<unsigned char> out);

/// The source that the host gives to Ids.
RandomSource cryptographicRandom();

}  // namespace causeway::security
