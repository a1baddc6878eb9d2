#pragma once

#include "host/base/short_text.hpp"

#include <bit>
#include <cstdint>
#include <string_view>

namespace causeway::mapping {

/// Length and ends of a name as one number: names that differ seldom agree in it.
inline std::uint64_t nameKey(std::string_view name) {
  const size_t size = name.size();
  const char* at = name.data();
  std::uint64_t head = 0, tail = 0;
  if (size >= 8) {
    head = bytesAt<std::uint64_t>(at);
    tail = bytesAt<std::uint64_t>(at + size - 8);
  } else if (size >= 4) {
    head = bytesAt<std::uint32_t>(at);
    tail = bytesAt<std::uint32_t>(at + size - 4);
  } else if (size > 0) {
    const auto byte = [at](size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(at[i])); };
    head = byte(0) | byte(size / 2) << 8U | byte(size - 1) << 16U;
  }
  return (head ^ std::rotl(tail, 23)) * 31 + size;
}

/// A place in a table of 2^bits places for a key.
inline size_t placeOf(std::uint64_t key, unsigned bits) { return (key * 0x9E3779B97F4A7C15U) >> (64U - bits); }

}  // namespace causeway::mapping
