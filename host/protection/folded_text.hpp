#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::protection {

/// What stands between a word and the word before it; several may hold.
constexpr std::uint16_t kGapSpace = 1;
constexpr std::uint16_t kGapLine = 2;
constexpr std::uint16_t kGapHyphen = 4;
constexpr std::uint16_t kGapStop = 8;  ///< . ! ?
constexpr std::uint16_t kGapComma = 16;
constexpr std::uint16_t kGapApostrophe = 32;
constexpr std::uint16_t kGapUnderscore = 64;
constexpr std::uint16_t kGapAt = 128;
constexpr std::uint16_t kGapColon = 256;  ///< : ;
constexpr std::uint16_t kGapSlash = 512;
constexpr std::uint16_t kGapBracket = 1024;
constexpr std::uint16_t kGapPlus = 2048;
constexpr std::uint16_t kGapOther = 4096;

/// A run of letters, or of digits, with its place in the text as it was written.
struct Word {
  std::uint32_t begin = 0;  ///< first byte in the original
  std::uint32_t end = 0;    ///< one past the last byte
  std::uint32_t at = 0;     ///< place in the folded letters
  std::uint32_t length = 0;
  std::uint16_t gap = 0;  ///< signs (kGapSpace ...) between this and the word before
  std::uint16_t gap_size =
      0;  ///< characters between; 0 where "McDonald" or "AB12" was parted. The first word of a text: 65535
  bool digits = false;
  bool capital = false;       ///< its first letter is one
  bool all_capitals = false;  ///< all of them, and there are two or more
  bool starts_sentence = false;
  bool possessive = false;  ///< followed by 's
  bool blocked = false;     ///< part of a marker that an earlier removal left
};

/// A text read for searching: words without case, accents, apostrophes and invisible characters, each with its place. One pass.
class FoldedText {
 public:
  enum class Case { Mixed, AllCapitals, AllSmall };

  explicit FoldedText(std::string_view text);

  const std::vector<Word>& words() const { return words_; }
  std::string_view original() const { return original_; }
  std::string_view text(std::size_t word) const { return joined(word, word); }
  /// The words from `first` to `last` as if nothing stood between them.
  std::string_view joined(std::size_t first, std::size_t last) const;
  /// How the text uses capitals: where it does not tell names by them, a search must not either.
  Case casing() const { return casing_; }

 private:
  void read();
  void close(std::size_t at);
  void blockMarkers();
  void judgeCasing();

  std::string_view original_;
  std::string folded_;
  std::vector<Word> words_;
  Case casing_ = Case::Mixed;
  // While reading:
  Word word_;
  bool open_ = false;
  bool small_seen_ = false;
  std::uint32_t capitals_ = 0;
  std::uint32_t letters_ = 0;
  std::uint16_t gap_ = 0;
  std::uint32_t gap_size_ = 65535;
  bool sentence_ = true;
};

/// What stands where something was removed: "[name removed]". In the order of their kinds (text_search.hpp).
const std::vector<std::string_view>& removalMarkers();

}  // namespace causeway::protection
