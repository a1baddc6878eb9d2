#pragma once

#include "host/protection/text_search.hpp"
#include "host/protection/word_index.hpp"

#include <bitset>
#include <map>
#include <unordered_set>

namespace causeway::protection {

/// What a word of a name is to a person.
struct Sense {
  enum class Part : unsigned char {
    Given,
    Family,
    Whole
  };  ///< Whole: given and family name run together, jsmith, smithj
  std::uint32_t person = 0;
  Part part = Part::Given;
  bool form = false;  ///< another form of the recorded name, or a half of a double name
};

/// A run of words that is an address or the name of a place.
struct PlaceName {
  std::vector<WordIndex::Id> words;
  std::uint32_t person = 0;
  FindingKind kind = FindingKind::Address;
  Confidence alone = Confidence::Likely;
  bool needs_number = false;  ///< told only with the house number in front
  std::string number;         ///< of the house
};

struct NumberSense {
  std::uint32_t person = 0;
  FindingKind kind = FindingKind::Number;
  Confidence confidence = Confidence::Certain;
};

/// All that is looked for, by what a text would show. Open people are in it too, to tell them apart from hidden ones.
struct PeopleIndex {
  struct Somebody {
    std::string id;
    bool open = false;
    char gender = 0;       ///< by title: m, f or not known
    bool rank = false;     ///< an officer by title: a rank in front is no sign of somebody else
    std::string initials;  ///< of first names and family name as recorded first
    std::vector<std::vector<WordIndex::Id>> localities;  ///< town, county, village
  };
  explicit PeopleIndex(const NameLore& name_lore) : lore(name_lore) {}
  void add(const KnownPerson& person, bool open);

  const NameLore& lore;
  std::vector<Somebody> people;
  WordIndex words;
  std::vector<std::vector<Sense>> senses;  ///< by word
  std::vector<PlaceName> places;
  std::unordered_map<WordIndex::Id, std::vector<std::uint32_t>> places_by_word;    ///< by first word
  std::unordered_map<std::string, std::vector<std::uint32_t>> people_by_initials;  ///< "mr", "mlr"
  std::unordered_map<std::string, std::vector<std::string>> runs_by_start;  ///< Whole senses by their first 4 letters
  std::unordered_map<std::string, NumberSense> codes;  ///< letters and digits without anything between
  std::bitset<65536> code_starts;                      ///< by the first two characters
  std::size_t longest_code = 0;
  std::unordered_map<std::string, NumberSense> phones;      ///< 01632960123
  std::unordered_map<std::string, NumberSense> phone_ends;  ///< its last six or seven digits
  std::map<std::string, std::uint32_t> births;              ///< 2001-02-03
  std::vector<std::string> open_births;
  std::unordered_set<std::string>
      open_numbers;  ///< telephone numbers, codes and e-mail addresses that are no secret, as written below

 private:
  void addName(const KnownName& name, std::uint32_t person);
  void addPart(std::string_view text, Sense sense);
  void addForms(std::string_view name, Sense sense);
  void addWord(std::string_view word, Sense sense, bool slips);
  void addRuns(const KnownName& name, std::uint32_t person);
  void addAddress(const KnownAddress& address, std::uint32_t person);
  void addAddressPiece(std::string_view piece, std::uint32_t person, std::string& number, bool first);
  void addPlace(PlaceName place);
  void addPlaceOf(std::string_view place, std::uint32_t person);
  void addLocality(std::string_view text, std::uint32_t person);
  void addCode(std::string_view text, NumberSense sense);
  void addPhone(std::string_view text, std::uint32_t person);
  void addEmail(std::string_view text, std::uint32_t person);
  std::vector<WordIndex::Id> wordsOf(std::string_view text, bool slips);
};

/// The character of a code with those that are mistaken for one another made one (o and 0, i, l and 1).
char codeCharacter(char c);
/// Letters and digits of a text run together, folded, in the form of a code; empty when it holds other scripts.
std::string codeOf(std::string_view text);
/// A telephone number in British form without signs: +44 7700 900123 -> 07700900123.
std::string phoneOf(std::string_view digits);
bool isPostcode(std::string_view compact);

}  // namespace causeway::protection
