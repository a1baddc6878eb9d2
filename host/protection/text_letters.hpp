#pragma once

#include <cstdint>
#include <string_view>

namespace causeway::protection {

/// One character of a text, read for comparing names: never for showing.
struct Letter {
  enum class Kind : unsigned char {
    Letter,   ///< part of a word
    Digit,    ///< part of a number
    Nothing,  ///< seen by nobody: soft hyphen, zero-width space, combining accent
    Apostrophe,
    Hyphen,
    Space,
    Line,  ///< end of a line
    Mark,  ///< any other sign; `base` has it when it is ASCII
  };
  Kind kind = Kind::Mark;
  bool capital = false;
  std::string_view
      base;  ///< the letter without accent in lower case, or the digit; the character itself when it is of another script
  std::uint32_t bytes = 1;  ///< length in the text
};

/// The character that begins at `at`, which must be inside the text. A byte that is not UTF-8 is a mark of length 1. Accents and strokes
/// are taken off (Latin-1, Latin Extended-A and B, Latin Extended Additional), full-width forms are made plain, and Cyrillic and Greek
/// letters that look like Latin ones are read as those.
Letter letterAt(std::string_view text, std::size_t at);

}  // namespace causeway::protection
