#pragma once

#include <array>
#include <span>
#include <string_view>

namespace causeway::security {

/// A key of 256 bits that is wiped from memory when it goes.
class Secret {
 public:
  static constexpr size_t kSize = 32;

  Secret() = default;
  explicit Secret(std::string_view bytes);  ///< exactly kSize bytes
  ~Secret();
  Secret(const Secret& other) = default;
  Secret& operator=(const Secret& other) = default;

  static Secret random();

  std::string_view bytes() const { return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}; }
  const unsigned char* data() const { return bytes_.data(); }
  std::span<unsigned char> writable() { return bytes_; }

 private:
  std::array<unsigned char, kSize> bytes_{};
};

}  // namespace causeway::security
