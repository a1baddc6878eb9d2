#include "host/protection/word_hits.hpp"

#include "host/protection/text_words.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

constexpr std::size_t kMostJoined = 4;      // words
constexpr std::size_t kMostSpaced = 24;     // letters written apart
constexpr std::size_t kLongestToPart = 40;  // letters

bool mayJoin(const Word& before, const Word& word) {
  if (word.digits || word.blocked || word.gap_size > 3) return false;
  if (word.gap_size == 0) return true;
  if ((word.gap & ~(kGapSpace | kGapLine | kGapHyphen | kGapApostrophe)) != 0) return false;
  return word.gap_size == 1 || (word.gap & kGapLine) != 0 || before.length < 4;
}

}  // namespace

WordHits::WordHits(const PeopleIndex& people, const FoldedText& read) : index(people), text(read) {
  starts_.reserve(size() + 1);
  for (std::size_t word = 0; word < size(); ++word) {
    starts_.push_back(static_cast<std::uint32_t>(hits_.size()));
    if (!text.words()[word].blocked) findAt(word);
  }
  starts_.push_back(static_cast<std::uint32_t>(hits_.size()));
}

std::span<const Hit> WordHits::at(std::size_t word) const {
  return std::span(hits_).subspan(starts_[word], starts_[word + 1] - starts_[word]);
}

bool WordHits::close(std::size_t before, std::uint16_t signs, std::size_t characters) const {
  if (before + 1 >= size()) return false;
  const auto& next = text.words()[before + 1];
  return !next.blocked && !text.words()[before].blocked && next.gap_size <= characters && (next.gap & ~signs) == 0;
}

bool WordHits::nameCase(std::size_t word) const {
  return text.casing() != FoldedText::Case::Mixed || text.words()[word].capital;
}

void WordHits::add(WordIndex::Id id, std::size_t last, Hit::How how) {
  for (std::size_t i = starts_.back(); i < hits_.size(); ++i)
    if (hits_[i].id == id && hits_[i].last == last) return;
  hits_.push_back({id, static_cast<std::uint32_t>(last), how});
}

bool WordHits::hasName(std::size_t from) const {
  return std::ranges::any_of(std::span(hits_).subspan(from),
                             [&](const Hit& hit) { return !index.senses[hit.id].empty(); });
}

void WordHits::findAt(std::size_t word) {
  const auto letters = text.text(word);
  const auto before = hits_.size();
  if (const auto id = index.words.find(letters)) add(*id, word, Hit::How::Exact);
  if (const auto id = index.words.find(shortForm(letters))) add(*id, word, Hit::How::Exact);
  if (text.words()[word].digits) return;
  if (letters.size() > 3 && letters.ends_with('s') && !hasName(before))
    for (const std::size_t ending : {std::size_t{1}, std::size_t{2}})  // the Stones, the Rhyses
      if (ending == 1 || letters.ends_with("es"))
        if (const auto id = index.words.find(letters.substr(0, letters.size() - ending)))
          add(*id, word, Hit::How::Exact);
  findJoined(word);
  if (letters.size() == 1) findSpaced(word);
  findSlips(word, hasName(before));
  if (!hasName(before)) findInside(word);
}

void WordHits::findJoined(std::size_t word) {
  const auto& words = text.words();
  for (std::size_t last = word + 1; last < size() && last < word + kMostJoined && mayJoin(words[last - 1], words[last]);
       ++last) {
    const auto letters = text.joined(word, last);
    if (letters.size() < 4) continue;
    if (const auto id = index.words.find(letters)) add(*id, last, Hit::How::Exact);
    const bool parted = (words[last].gap & (kGapHyphen | kGapLine)) != 0 || words[last].gap_size == 0 ||
                        is(WordUse::Particle, text.text(word));
    if (last > word + 1 || !parted || letters.size() < 7 || index.lore.isCommonWord(letters)) continue;
    std::vector<WordIndex::Id> near;
    index.words.nearTo(letters, near);
    for (const auto id : near) add(id, last, Hit::How::Slip);
  }
}

// S M I T H
void WordHits::findSpaced(std::size_t word) {
  const auto& words = text.words();
  std::size_t last = word;
  while (last + 1 < size() && last + 1 < word + kMostSpaced && words[last + 1].length == 1 && !words[last + 1].digits &&
         close(last, kWithinName, 3))
    ++last;
  for (std::size_t end = word + 2; end <= last; ++end)
    if (const auto id = index.words.find(text.joined(word, end))) add(*id, end, Hit::How::Exact);
}

void WordHits::findSlips(std::size_t word, bool has_name) {
  const auto letters = text.text(word);
  if (has_name || index.lore.isCommonWord(letters)) return;
  std::vector<WordIndex::Id> found;
  index.words.nearTo(letters, found);
  for (const auto id : found) add(id, word, Hit::How::Slip);
  if (!found.empty() || !nameCase(word)) return;
  index.words.soundingLike(letters, found);
  for (const auto id : found) add(id, word, Hit::How::Sound);
}

// meganrhysstatement, rhysstatement: a name run together with something else.
void WordHits::findInside(std::size_t word) {
  const auto letters = text.text(word);
  if (letters.size() < 8 || index.lore.isCommonWord(letters)) return;
  if (!index.runs_by_start.empty())
    for (std::size_t at = 0; at + 7 <= letters.size(); ++at) {
      const auto runs = index.runs_by_start.find(std::string(letters.substr(at, 4)));
      if (runs == index.runs_by_start.end()) continue;
      for (const auto& run : runs->second)
        if (letters.substr(at).starts_with(run)) add(*index.words.find(run), word, Hit::How::Inside);
    }
  if (letters.size() > kLongestToPart) return;
  for (std::size_t part = 3; part + 3 <= letters.size(); ++part) {
    const auto front = letters.substr(0, part), back = letters.substr(part);
    if (front.size() >= 4 && index.lore.isCommonWord(back))
      if (const auto id = index.words.find(front)) add(*id, word, Hit::How::Inside);
    if (back.size() >= 4 && index.lore.isCommonWord(front))
      if (const auto id = index.words.find(back)) add(*id, word, Hit::How::Inside);
  }
}

}  // namespace causeway::protection
