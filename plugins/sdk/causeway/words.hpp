#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

/// What adapters ask of single words and letters. ASCII only, whatever the locale of the process: codes and field names are.
namespace causeway::sdk {

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }

inline bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

/// Letters A to Z in lower case, everything else as it is.
inline std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace causeway::sdk
