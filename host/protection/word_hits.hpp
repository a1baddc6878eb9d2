#pragma once

#include "host/protection/folded_text.hpp"
#include "host/protection/people_index.hpp"

#include <span>

namespace causeway::protection {

/// A known word in a text, perhaps over several words of it ("Mc Donald", "Rhi-\nannon").
struct Hit {
  enum class How : unsigned char { Exact, Inside, Slip, Sound };
  WordIndex::Id id = 0;
  std::uint32_t last = 0;  ///< word of the text with which it ends
  How how = How::Exact;
};

/// A text with what of the index occurs in it, word by word.
class WordHits {
 public:
  WordHits(const PeopleIndex& index, const FoldedText& text);

  const PeopleIndex& index;
  const FoldedText& text;

  /// What begins with this word.
  std::span<const Hit> at(std::size_t word) const;
  std::size_t size() const { return text.words().size(); }
  /// Signs between `before` and the next word are only of these kinds, and few.
  bool close(std::size_t before, std::uint16_t signs, std::size_t characters = 4) const;
  /// Written as a name may be in this text: with a capital, or in a text that does not use them so.
  bool nameCase(std::size_t word) const;

 private:
  void findAt(std::size_t word);
  void findJoined(std::size_t word);
  void findSpaced(std::size_t word);
  void findSlips(std::size_t word, bool has_name);
  void findInside(std::size_t word);
  void add(WordIndex::Id id, std::size_t last, Hit::How how);
  bool hasName(std::size_t from) const;

  std::vector<Hit> hits_;
  std::vector<std::uint32_t> starts_;
};

/// What may stand between two words of one name, or of one address.
constexpr std::uint16_t kWithinName = kGapSpace | kGapLine | kGapHyphen | kGapStop | kGapUnderscore | kGapApostrophe;
constexpr std::uint16_t kWithinAddress = kWithinName | kGapComma | kGapBracket;

}  // namespace causeway::protection
