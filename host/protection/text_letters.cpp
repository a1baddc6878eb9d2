#include "host/protection/text_letters.hpp"

#include <array>
#include <utility>

namespace causeway::protection {
namespace {

using Kind = Letter::Kind;

// Unicode 15.0 decompositions without their accents, letter case kept; '*' is two letters, '~' another letter, '-' no letter.
constexpr std::string_view kFrom00C0 =
    "AAAAAA*CEEEEIIIIDNOOOOO-OUUUUY**aaaaaa*ceeeeiiiidnooooo-ouuuuy*yAaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg"
    "GgGgHhHhIiIiIiIiIi**JjKkkLlLlLlLlLlNnNnNnnNnOoOoOo**RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"
    "bBBb~~~CcDDDd~EEEFfG~~~IKkl~~Nn~Oo~~Pp~~~~~tTtTUu~VYyZz~~~~~~~~~~~~~*~~~~~~~~AaIiOoUuUuUuUuUueAa"
    "Aa~~~~GgKkOoOo~~j~~~Gg~~NnAa~~~~AaAaEeEeIiIiOoOoRrRrUuUuSsTt~~Hh~d~~ZzAaEeOoOoOoOoYylntj~~ACcLTs"
    "z~~BU~EeJj~~RrYy";
constexpr std::string_view kFrom1E00 =
    "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMmMmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRr"
    "SsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVvWwWwWwWwWwXxXxYyZzZzZzhtwy~s~~*~AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe"
    "EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy~~~~~~";
// Cyrillic and Greek letters with a Latin twin; a capital of these scripts is told by its place.
struct Twin {
  char32_t from;
  char to;
};
constexpr std::array<Twin, 62> kTwins = {
    {{U'а', 'a'}, {U'А', 'A'}, {U'В', 'B'}, {U'с', 'c'}, {U'С', 'C'}, {U'е', 'e'}, {U'Е', 'E'}, {U'ё', 'e'},
     {U'Ё', 'E'}, {U'Н', 'H'}, {U'һ', 'h'}, {U'і', 'i'}, {U'І', 'I'}, {U'ї', 'i'}, {U'Ї', 'I'}, {U'ј', 'j'},
     {U'Ј', 'J'}, {U'к', 'k'}, {U'К', 'K'}, {U'м', 'm'}, {U'М', 'M'}, {U'о', 'o'}, {U'О', 'O'}, {U'р', 'p'},
     {U'Р', 'P'}, {U'ѕ', 's'}, {U'Ѕ', 'S'}, {U'т', 't'}, {U'Т', 'T'}, {U'у', 'y'}, {U'У', 'Y'}, {U'х', 'x'},
     {U'Х', 'X'}, {U'ԁ', 'd'}, {U'ԛ', 'q'}, {U'ԝ', 'w'}, {U'ӏ', 'l'}, {U'α', 'a'}, {U'Α', 'A'}, {U'Β', 'B'},
     {U'ε', 'e'}, {U'Ε', 'E'}, {U'Ζ', 'Z'}, {U'Η', 'H'}, {U'ι', 'i'}, {U'Ι', 'I'}, {U'κ', 'k'}, {U'Κ', 'K'},
     {U'Μ', 'M'}, {U'Ν', 'N'}, {U'ν', 'v'}, {U'ο', 'o'}, {U'Ο', 'O'}, {U'ρ', 'p'}, {U'Ρ', 'P'}, {U'Τ', 'T'},
     {U'τ', 't'}, {U'υ', 'u'}, {U'Υ', 'Y'}, {U'Χ', 'X'}, {U'χ', 'x'}, {U'ό', 'o'}}};
constexpr std::string_view kSmall = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kDigits = "0123456789";

struct Point {
  char32_t value = 0;
  std::uint32_t bytes = 0;  // 0: not UTF-8
};

Point pointAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::uint32_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - at < bytes) return {};
  char32_t value = lead & (0xFFU >> (bytes + 1));
  for (std::uint32_t i = 1; i < bytes; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return {};
    value = (value << 6U) | (byte(at + i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kLeast[bytes] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, bytes};
}

Letter plain(char32_t c) {
  Letter out;
  if (c >= U'a' && c <= U'z') out.base = kSmall.substr(c - U'a', 1);
  else if (c >= U'A' && c <= U'Z') out.base = kSmall.substr(c - U'A', 1);
  else if (c >= U'0' && c <= U'9') out.base = kDigits.substr(c - U'0', 1);
  out.capital = c >= U'A' && c <= U'Z';
  if (!out.base.empty()) out.kind = c <= U'9' ? Kind::Digit : Kind::Letter;
  else if (c == U'\n' || c == U'\r' || c == U'\v' || c == U'\f') out.kind = Kind::Line;
  else if (c == U' ' || c == U'\t') out.kind = Kind::Space;
  else if (c == U'\'' || c == U'`') out.kind = Kind::Apostrophe;
  else if (c == U'-') out.kind = Kind::Hyphen;
  return out;
}

std::string_view twoLetters(char32_t c) {
  switch (c) {
    case U'Æ':
    case U'æ': return "ae";
    case U'Þ':
    case U'þ': return "th";
    case U'ß':
    case U'ẞ': return "ss";
    case U'Ĳ':
    case U'ĳ': return "ij";
    case U'Œ':
    case U'œ': return "oe";
    default: return "dz";
  }
}

Letter latin(char32_t c, char base, std::string_view itself) {
  if (base == '-') return {};
  if (base == '~') return {Kind::Letter, false, itself, 1};
  if (base == '*') return {Kind::Letter, c == U'Æ' || c == U'Þ' || c == U'Œ' || c == U'Ĳ', twoLetters(c), 1};
  return plain(static_cast<char32_t>(base));
}

bool isSpace(char32_t c) {
  return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x1680;
}

bool isNothing(char32_t c) {
  return c == 0xAD || (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF || c == 0x34F || (c >= 0xFE00 && c <= 0xFE0F);
}

bool isApostrophe(char32_t c) {
  return c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2032 || c == 0x2BC || c == 0x2BB || c == 0xB4 ||
         c == 0x2BE || c == 0x2BF || c == 0xFF07;
}

bool isHyphen(char32_t c) { return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 || c == 0xFF0D; }

// Signs and pictures of the general blocks; everything else beyond the tables is taken for a letter of its script.
bool isMark(char32_t c) {
  return c < 0xC0 || (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3001 && c <= 0x303F) || (c >= 0xE000 && c <= 0xF8FF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF20) || c >= 0x1F000;
}

Letter beyondAscii(char32_t c, std::string_view itself) {
  Letter out;
  if (isNothing(c)) out.kind = Kind::Nothing;
  else if (isSpace(c)) out.kind = Kind::Space;
  else if (c == 0x85 || c == 0x2028 || c == 0x2029) out.kind = Kind::Line;
  else if (isApostrophe(c)) out.kind = Kind::Apostrophe;
  else if (isHyphen(c)) out.kind = Kind::Hyphen;
  else if (c >= 0xC0 && c < 0xC0 + kFrom00C0.size()) return latin(c, kFrom00C0[c - 0xC0], itself);
  else if (c >= 0x1E00 && c < 0x1E00 + kFrom1E00.size()) return latin(c, kFrom1E00[c - 0x1E00], itself);
  else if (c >= 0xFF01 && c <= 0xFF5E) return plain(c - 0xFF01 + U'!');
  else if (isMark(c)) out.kind = Kind::Mark;
  else {
    for (const auto& twin : kTwins)
      if (twin.from == c) return plain(static_cast<char32_t>(twin.to));
    out.kind = Kind::Letter;
    out.base = itself;
  }
  return out;
}

}  // namespace

Letter letterAt(std::string_view text, std::size_t at) {
  const Point point = pointAt(text, at);
  if (point.bytes == 0) return {};
  Letter out = point.value < 0x80 ? plain(point.value) : beyondAscii(point.value, text.substr(at, point.bytes));
  out.bytes = point.bytes;
  return out;
}

}  // namespace causeway::protection
