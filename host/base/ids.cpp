#include "host/base/ids.hpp"

#include "host/base/text.hpp"

#include <string_view>

namespace causeway {
namespace {

std::string uuid(std::array<unsigned char, 16> bytes, unsigned version) {
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | (version << 4U));
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);
  std::string out = hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  for (const size_t dash : {8U, 13U, 18U, 23U}) out.insert(dash, "-");
  return out;
}

}  // namespace

std::string Ids::timeOrdered() const {
  std::array<unsigned char, 16> bytes{};
  random_(bytes);
  auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now().time_since_epoch()).count();
  for (size_t i = 6; i-- > 0; millis >>= 8) bytes[i] = static_cast<unsigned char>(millis & 0xFF);
  return uuid(bytes, 7);
}

std::string Ids::random() const {
  std::array<unsigned char, 16> bytes{};
  random_(bytes);
  return uuid(bytes, 4);
}

}  // namespace causeway
