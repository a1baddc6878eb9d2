#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace causeway::protection {

/// Words by their number, found as they are written, with one slip, or as they sound. A look-up costs the length of the word, however
/// many words there are.
class WordIndex {
 public:
  using Id = std::uint32_t;
  static constexpr std::size_t kLeastForSlips = 5;  ///< letters; in shorter words one slip makes another word
  static constexpr std::size_t kLeastForSound = 6;

  /// The number of the word, new or known. `slips`: also to be found misspelt.
  Id add(std::string_view word, bool slips);
  std::optional<Id> find(std::string_view word) const;
  /// Adds the words at one slip from this one (a letter more, less, other, or two swapped), never itself.
  void nearTo(std::string_view word, std::vector<Id>& out) const;
  /// Adds the words that sound like this one, never itself.
  void soundingLike(std::string_view word, std::vector<Id>& out) const;
  std::size_t size() const { return words_.size(); }
  const std::string& wordOf(Id id) const { return words_[id]; }

 private:
  static constexpr std::size_t kFilter = 1U << 16U;
  void addKey(std::uint64_t key, Id id);
  void collect(std::uint64_t key, std::string_view word, std::vector<Id>& out) const;

  std::vector<std::string> words_;
  std::vector<bool> slips_;
  std::unordered_map<std::string, Id> ids_;
  std::unordered_map<std::uint64_t, std::vector<Id>> by_key_;  // of the word and of it without each of its letters
  std::unordered_map<std::string, std::vector<Id>> by_sound_;
  std::bitset<kFilter> filter_;
};

/// The consonants of a word as they sound in English, Welsh and Polish spelling; a vowel in front is "a". Empty for other scripts.
std::string soundOf(std::string_view word);
/// At most one letter more, less, other, or two neighbours swapped.
bool withinOneSlip(std::string_view a, std::string_view b);

}  // namespace causeway::protection
