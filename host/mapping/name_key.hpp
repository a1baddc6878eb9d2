#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace causeway::mapping {

/// Length and ends of a name as one number: names that differ seldom agree in it.
inline std::uint64_t nameKey(std::string_view name) {
  std::uint64_t head = 0, tail = 0;
  if (name.size() >= sizeof head) {
    std::memcpy(&head, name.data(), sizeof head);
    std::memcpy(&tail, name.data() + (name.size() - sizeof tail), sizeof tail);
  } else {
    for (const char c : name) head = head << 8U | static_cast<unsigned char>(c);
  }
  return (head ^ std::rotl(tail, 23)) * 31 + name.size();
}

}  // namespace causeway::mapping
