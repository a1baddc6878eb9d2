#include "host/base/stable_id.hpp"

#include <array>
#include <cstdint>

namespace causeway {
namespace {

__extension__ using Wide = unsigned __int128;

class Fnv {
 public:
  void add(std::string_view part) {
    for (const char letter : part) mix(static_cast<unsigned char>(letter));
    for (std::uint64_t size = part.size(), i = 0; i < 8; ++i, size >>= 8U)
      mix(static_cast<unsigned char>(size & 0xFFU));
  }
  std::string hex() const {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (int shift = 124; shift >= 0; shift -= 4) out += digits[static_cast<size_t>(state_ >> shift) & 15U];
    return out;
  }

 private:
  void mix(unsigned char byte) { state_ = (state_ ^ byte) * kPrime; }

  static constexpr Wide kPrime = (Wide{1} << 88U) + 0x13BU;
  Wide state_ = (Wide{0x6C62272E07BB0142ULL} << 64U) | Wide{0x62B821756295C58DULL};
};

void addNode(Fnv& hash, const Node& node) {
  constexpr std::array<std::string_view, 4> kinds = {"null", "scalar", "list", "map"};
  hash.add(kinds[static_cast<size_t>(node.kind)]);
  hash.add(node.scalar);
  for (const auto& item : node.items) addNode(hash, item);
  for (const auto& entry : node.entries) {
    hash.add(entry.key);
    addNode(hash, entry.value);
  }
  hash.add("end");
}

}  // namespace

std::string stableId(std::initializer_list<std::string_view> parts) {
  Fnv hash;
  for (const auto part : parts) hash.add(part);
  return hash.hex();
}

std::string contentId(const std::vector<Node>& nodes) {
  Fnv hash;
  for (const auto& node : nodes) addNode(hash, node);
  return hash.hex();
}

}  // namespace causeway
