#include "sms_text.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace referral {
namespace {

constexpr int kLongest = 918;  // six parts of 153

constexpr std::u32string_view kGsm =
    U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    U"abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr std::u32string_view kTwice = U"^{}\\[~]|€";
constexpr std::u32string_view kWelsh = U"ÀÁÂÈÊËÌÍÎÏÒÓÔÙÚÛÝáâêëíîïóôúûýÿŴŵŶŷŸẀẁẂẃẄẅỲỳ";

// The next character of a UTF-8 text; 0 when it is not one.
char32_t next(std::string_view text, size_t& at) {
  const auto byte = [&](size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(at);
  const int more = first < 0x80 ? 0 : first >> 5 == 0x06 ? 1 : first >> 4 == 0x0E ? 2 : first >> 3 == 0x1E ? 3 : -1;
  if (more < 0 || at + static_cast<size_t>(more) >= text.size()) return 0;
  char32_t out = more == 0 ? first : static_cast<char32_t>(first & (0x3F >> more));
  for (int i = 1; i <= more; ++i) {
    const std::uint8_t other = byte(at + static_cast<size_t>(i));
    if (other >> 6 != 0x02) return 0;
    out = (out << 6) | (other & 0x3FU);
  }
  at += static_cast<size_t>(more) + 1;
  return out;
}

}  // namespace

std::optional<SmsSize> smsSize(std::string_view text) {
  SmsSize out;
  int length = 0;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next(text, at);
    if (kTwice.find(c) != std::u32string_view::npos) length += 2;
    else if (c != 0 && kGsm.find(c) != std::u32string_view::npos) length += 1;
    else if (c != 0 && kWelsh.find(c) != std::u32string_view::npos) ++length, out.wide = true;
    else return std::nullopt;
  }
  if (length == 0 || length > kLongest) return std::nullopt;
  const int one = out.wide ? 70 : 160, each = out.wide ? 67 : 153;
  out.parts = length <= one ? 1 : (length + each - 1) / each;
  return out;
}

}  // namespace referral
