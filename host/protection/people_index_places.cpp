#include "host/protection/folded_text.hpp"
#include "host/protection/people_index.hpp"
#include "host/protection/text_words.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return c >= 'a' && c <= 'z'; }

std::vector<std::string_view> piecesOf(std::string_view line) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at <= line.size();) {
    const auto end = std::min(line.find_first_of(",;\n", at), line.size());
    out.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// How a piece of an address reads: [flat 3] [14a] acacia avenue.
struct Piece {
  std::string number;
  std::vector<std::string> words;
  bool street = false;
  bool house = false;
  bool common = true;   // every word beside the type is an ordinary one
  std::size_t own = 0;  // words beside the type
};

Piece read(std::string_view text, const NameLore& lore) {
  const FoldedText folded(text);
  Piece out;
  std::size_t i = 0;
  const auto& all = folded.words();
  for (; i < all.size(); ++i) {
    const auto word = folded.text(i);
    if (all[i].digits) out.number = word;
    else if (!is(WordUse::Unit, word) && !(word.size() == 1 && i > 0 && i + 1 < all.size())) break;
  }
  for (; i < all.size(); ++i) {
    const auto word = folded.text(i);
    out.words.emplace_back(word);
    const bool type = is(WordUse::StreetType, word);
    out.street = out.street || type;
    out.house = out.house || is(WordUse::HouseWord, word);
    if (type) continue;
    ++out.own;
    out.common = out.common && lore.isCommonWord(word);
  }
  return out;
}

}  // namespace

bool isPostcode(std::string_view compact) {
  if (compact.size() < 5 || compact.size() > 7 || !isLetter(compact[0])) return false;
  const auto in = compact.substr(compact.size() - 3), out = compact.substr(0, compact.size() - 3);
  return isDigit(in[0]) && isLetter(in[1]) && isLetter(in[2]) && std::ranges::any_of(out, isDigit) &&
         std::ranges::all_of(out, [](char c) { return isDigit(c) || isLetter(c); });
}

void PeopleIndex::addAddress(const KnownAddress& address, std::uint32_t person) {
  std::string number;
  bool first = true;
  for (const auto& line : address.lines)
    for (const auto piece : piecesOf(line)) {
      if (piece == address.town || piece == address.county) continue;
      addAddressPiece(piece, person, number, first);
      first = first && number.empty();
    }
  addCode(address.postcode, {person, FindingKind::Address, Confidence::Certain});
  addLocality(address.town, person);
  addLocality(address.county, person);
}

void PeopleIndex::addAddressPiece(std::string_view piece, std::uint32_t person, std::string& number, bool first) {
  const FoldedText folded(piece);
  if (folded.words().empty()) return;
  if (isPostcode(folded.joined(0, folded.words().size() - 1)))
    return addCode(piece, {person, FindingKind::Address, Confidence::Certain});
  const Piece parts = read(piece, lore);
  if (!parts.number.empty()) number = parts.number;
  if (parts.words.empty()) return;
  std::string text;
  for (const auto& word : parts.words) text += word + ' ';
  PlaceName place{wordsOf(text, true), person, FindingKind::Address, Confidence::Likely, false, number};
  const std::size_t letters = text.size() - parts.words.size();
  if (parts.street && parts.own > 0) {
    if (parts.common) place.alone = Confidence::Possible;
    addPlace(place);
    // "14 Acacia": the type is often left out.
    if (is(WordUse::StreetType, parts.words.back()) && !number.empty() && place.words.size() > 1) {
      place.words.pop_back();
      place.needs_number = true;
      addPlace(std::move(place));
    }
    return;
  }
  const bool named = parts.house || (first && (parts.words.size() > 1 || letters >= 7));
  if (!named && parts.number.empty()) return addLocality(piece, person);
  place.needs_number = parts.words.size() == 1 && (letters < 7 || parts.common);
  if (place.needs_number && number.empty()) return;
  if (parts.common) place.alone = Confidence::Possible;
  addPlace(std::move(place));
}

void PeopleIndex::addPlace(PlaceName place) {
  places_by_word[place.words.front()].push_back(static_cast<std::uint32_t>(places.size()));
  places.push_back(std::move(place));
}

void PeopleIndex::addLocality(std::string_view text, std::uint32_t person) {
  if (auto found = wordsOf(text, true); !found.empty()) people[person].localities.push_back(std::move(found));
}

// A school or an employer: its whole name, its name without the words for what it is ("Hillside" of Hillside Primary School), and
// without those in the middle ("Hillside School").
void PeopleIndex::addPlaceOf(std::string_view name, std::uint32_t person) {
  const auto pieces = piecesOf(name);
  const Piece parts = read(pieces.front(), lore);
  std::string text;
  for (const auto& word : parts.words) text += word + ' ';
  const auto all = wordsOf(text, true);
  if (all.empty()) return;
  const auto isKind = [&](std::size_t i) {
    const auto& word = parts.words[i];
    return is(WordUse::NamedAfter, word) || is(WordUse::Premises, word) || is(WordUse::PlaceKind, word);
  };
  const auto add = [&](std::vector<WordIndex::Id> ids, Confidence alone) {
    addPlace({std::move(ids), person, FindingKind::Place, alone, false, {}});
  };
  const auto isCommon = [&](std::size_t i) { return lore.isCommonWord(parts.words[i]); };
  add(all, all.size() == 1 && isCommon(0) ? Confidence::Possible : Confidence::Likely);
  for (auto size = all.size(); size > 1 && isKind(size - 1); --size) {
    if (size == 2 && isCommon(0)) break;
    add({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(size - 1)}, Confidence::Possible);
  }
  if (all.size() > 2 && isKind(all.size() - 1)) add({all.front(), all.back()}, Confidence::Possible);
}

}  // namespace causeway::protection
