#pragma once

#include "host/protection/text_words.hpp"
#include "host/protection/word_hits.hpp"

#include <optional>

namespace causeway::protection {

/// Signs between the parts of one name: also "Rhys, Megan" and megan@rhys.
constexpr std::uint16_t kNamesApart = kWithinName | kGapComma | kGapAt;

/// What stands beside a word of a text, as far as it tells whose name it is. Places are numbers of words; -1 is none.
class NameContext {
 public:
  explicit NameContext(const WordHits& text_hits) : hits(text_hits), words(text_hits.text.words()) {}

  const WordHits& hits;
  const std::vector<Word>& words;

  std::string_view text(std::size_t word) const { return hits.text.text(word); }
  bool mixed() const { return hits.text.casing() == FoldedText::Case::Mixed; }
  /// An ordinary word as well, or too short to tell.
  bool isWeak(std::size_t word, const Hit& hit) const;
  /// The next word on either side, when it is close by.
  std::int64_t before(std::size_t word, std::uint16_t signs = kWithinName) const;
  std::int64_t after(std::size_t word, std::uint16_t signs = kWithinName) const;

  /// A name of the person that ends with the word: its first word. `not_this`: only other parts of the name.
  std::int64_t endingAt(std::int64_t word, std::uint32_t person, std::optional<Sense::Part> not_this) const;
  /// A name of the person that starts with the word: its last word.
  std::int64_t startingAt(std::int64_t word, std::uint32_t person, std::optional<Sense::Part> not_this) const;
  /// A word between a first name and a family name that may be a middle name, though none is on record.
  bool mayBeMiddleName(std::int64_t word) const;
  /// The first name beside the family name, or the reverse.
  bool hasOtherPart(std::size_t word, const Hit& hit, Sense::Part part, std::uint32_t person) const;
  /// How many words of the unbroken name in which the word stands are names of this person: "Imran Muhammad Hussain" is he of whom all
  /// three are.
  int wordsOfNameAround(std::size_t word, std::uint32_t person) const;
  bool isInitialOf(std::int64_t word, std::uint32_t person) const;
  bool hasInitial(std::size_t word, const Hit& hit, std::uint32_t person) const;

  /// A word of this use stands in front, perhaps with initials or a collar number between.
  bool leads(WordUse use, std::size_t word) const;
  bool hasTitle(std::size_t word) const;
  bool titleFits(std::size_t word, char gender) const;
  bool isTitle(std::size_t word) const;
  /// Joined to the word before by nothing but a hyphen.
  bool isTied(std::size_t word) const;

 private:
  bool isPartOf(const Hit& hit, std::uint32_t person, std::optional<Sense::Part> not_this) const;
  std::int64_t leading(std::size_t word) const;
};

}  // namespace causeway::protection
