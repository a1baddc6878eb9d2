#include "host/protection/raw_finding.hpp"
#include "host/protection/text_words.hpp"

#include <algorithm>
#include <optional>

namespace causeway::protection {
namespace {

using How = Hit::How;
constexpr std::size_t kCueReach = 8;  // words before an address that say whose or what it is

/// Finds addresses and names of places word by word.
class PlaceFinder {
 public:
  explicit PlaceFinder(const WordHits& hits) : hits_(hits), words_(hits.text.words()) {}

  void findKnown(std::vector<RawFinding>& out) {
    for (std::size_t word = 0; word < hits_.size(); ++word)
      for (const auto& hit : hits_.at(word)) {
        const auto places = hits_.index.places_by_word.find(hit.id);
        if (hit.how == How::Inside || places == hits_.index.places_by_word.end()) continue;
        for (const auto place : places->second) match(word, hits_.index.places[place], out);
      }
  }

  void findShapes(std::vector<RawFinding>& out) {
    for (std::size_t word = 0; word + 1 < hits_.size(); ++word)
      if (const auto last = shapeAt(word); last && !isExplained(word, *last)) {
        const auto ends = unknownEnd(*last);
        out.push_back(
            {FindingKind::Address, Confidence::Possible, words_[unitBefore(word)].begin, words_[ends].end, -1});
      }
  }

 private:
  std::string_view text(std::size_t word) const { return hits_.text.text(word); }
  bool mixed() const { return hits_.text.casing() == FoldedText::Case::Mixed; }

  // The last word of the run of words when it stands here.
  std::optional<std::size_t> runAt(std::size_t word, const std::vector<WordIndex::Id>& run) const {
    std::size_t at = word;
    for (std::size_t i = 0; i < run.size(); ++i) {
      if (at >= hits_.size() || (i > 0 && !hits_.close(at - 1, kWithinAddress))) return std::nullopt;
      const auto here = hits_.at(at);
      const auto hit =
          std::ranges::find_if(here, [&](const Hit& each) { return each.id == run[i] && each.how != How::Inside; });
      if (hit == here.end()) return std::nullopt;
      at = hit->last + 1;
    }
    return at - 1;
  }

  // The house number in front, perhaps with its letter: 14, 14a, 14-16.
  std::optional<std::size_t> numberBefore(std::size_t word) const {
    if (word == 0 || !hits_.close(word - 1, kWithinAddress & ~kGapStop)) return std::nullopt;
    auto at = word - 1;
    if (!words_[at].digits && words_[at].length == 1 && at > 0 && hits_.close(at - 1, kGapSpace, 1)) --at;
    if (!words_[at].digits || words_[at].length > 4) return std::nullopt;
    return at;
  }

  std::size_t unitBefore(std::size_t first) const {
    for (int steps = 0; steps < 3 && first > 0 && hits_.close(first - 1, kWithinAddress & ~kGapStop); ++steps) {
      const auto at = first - 1;
      const bool unit = is(WordUse::Unit, text(at)) && (words_[first].digits || words_[first].length == 1);
      const bool number = (words_[at].digits || words_[at].length == 1) && at > 0 && is(WordUse::Unit, text(at - 1)) &&
                          hits_.close(at - 1, kGapSpace | kGapStop);
      const bool range = words_[at].digits && words_[first].digits && (words_[first].gap & kGapHyphen) != 0;
      if (!unit && !number && !range) break;
      first = at;
    }
    return first;
  }

  void match(std::size_t word, const PlaceName& place, std::vector<RawFinding>& out) const {
    if (hits_.index.people[place.person].open) return;
    const auto last = runAt(word, place.words);
    if (!last) return;
    const auto number = numberBefore(word);
    const bool same = number && text(*number) == place.number;
    if (place.needs_number && !same) return;
    auto confidence = same ? Confidence::Certain : place.alone;
    if (!number && place.alone == Confidence::Possible && place.words.size() == 1 && !hits_.nameCase(word)) return;
    if (number && !same && place.alone == Confidence::Possible) confidence = Confidence::Possible;
    const auto first = place.kind == FindingKind::Address && number ? unitBefore(*number) : word;
    const auto end = place.kind == FindingKind::Address ? withLocality(*last, place.person) : *last;
    out.push_back({place.kind, confidence, words_[first].begin, words_[end].end, place.person});
  }

  // "..., Barnsley, South Yorkshire": as recorded, or one capital name behind a comma.
  std::size_t withLocality(std::size_t last, std::uint32_t person) const {
    for (int steps = 0; steps < 4; ++steps) {
      if (!hits_.close(last, kWithinAddress & ~kGapStop)) break;
      std::optional<std::size_t> end;
      for (const auto& locality : hits_.index.people[person].localities)
        if (const auto found = runAt(last + 1, locality)) end = std::max(end.value_or(0), *found);
      if (!end) end = unknownLocality(last);
      if (!end) break;
      last = *end;
    }
    return last;
  }

  std::optional<std::size_t> unknownLocality(std::size_t last) const {
    const auto next = last + 1;
    if (!mixed() || (words_[next].gap & kGapComma) == 0 || !words_[next].capital || words_[next].digits)
      return std::nullopt;
    if (words_[next].starts_sentence || hits_.index.lore.isCommonWord(text(next)) || isOpenName(next))
      return std::nullopt;
    return next;
  }
  std::size_t unknownEnd(std::size_t last) const {
    for (int steps = 0; steps < 2 && hits_.close(last, kWithinAddress & ~kGapStop); ++steps) {
      const auto next = unknownLocality(last);
      if (!next) break;
      last = *next;
    }
    return last;
  }

  bool isOpenName(std::size_t word) const {
    return std::ranges::any_of(hits_.at(word), [&](const Hit& hit) {
      return std::ranges::any_of(hits_.index.senses[hit.id],
                                 [&](const Sense& sense) { return hits_.index.people[sense.person].open; });
    });
  }

  // 14 Acacia Avenue: a number, one to three names, a type of street.
  std::optional<std::size_t> shapeAt(std::size_t word) const {
    if (!words_[word].digits || words_[word].length > 3 || words_[word].blocked) return std::nullopt;
    if (word > 0 && hits_.close(word - 1, kGapSlash | kGapStop | kGapColon | kGapHyphen, 1) &&
        words_[word].gap_size > 0 && words_[word - 1].digits)
      return std::nullopt;  // a date or a time
    auto at = word + 1;
    if (words_[at].length == 1 && !words_[at].digits && words_[at].gap_size == 0) ++at;
    std::size_t own = 0;
    for (const auto from = at; at < hits_.size() && at < from + 4 &&
                               hits_.close(at - 1, kGapSpace | kGapLine | kGapApostrophe | kGapComma, 2);
         ++at) {
      if (words_[at].digits || !hits_.nameCase(at) || monthOf(text(at)) != 0) return std::nullopt;
      if (own > 0 && is(WordUse::StreetType, text(at)) && !is(WordUse::StreetType, text(at - 1))) return streetEnd(at);
      if ((words_[at].gap & kGapComma) != 0 && own > 0) return std::nullopt;
      if (!mixed() && hits_.index.lore.isCommonWord(text(at))) return std::nullopt;
      ++own;
    }
    return std::nullopt;
  }

  std::optional<std::size_t> streetEnd(std::size_t at) const {
    // "12 Month Community Order Way" or "21 St": the word before must be a name of its own.
    const auto name = text(at - 1);
    if (name.size() < 3 || is(WordUse::Unit, name)) return std::nullopt;
    if (is(WordUse::Premises, text(at)) && at + 1 < hits_.size() && hits_.close(at, kGapSpace) &&
        words_[at + 1].capital && mixed())
      return std::nullopt;  // 3 Swansea Crown Court Orders
    if (text(at) == "court" && is(WordUse::NamedAfter, name)) return std::nullopt;
    return at;
  }

  // Its own words say that it is the defendant's, or a place that anybody may know.
  bool isExplained(std::size_t first, std::size_t last) const {
    for (const auto& place : hits_.index.places)
      if (hits_.index.people[place.person].open && !place.needs_number)
        for (std::size_t at = first; at <= last; ++at)
          if (runAt(at, place.words)) return true;
    bool sentence = words_[first].starts_sentence;
    for (std::size_t steps = 0, at = first; at > 0 && steps < kCueReach && !sentence; ++steps) {
      --at;
      if (is(WordUse::Residence, text(at)) || (is(WordUse::Premises, text(at)) && steps < 4)) return true;
      sentence = words_[at].starts_sentence;
    }
    return false;
  }

  const WordHits& hits_;
  const std::vector<Word>& words_;
};

}  // namespace

void findPlaces(const WordHits& hits, std::vector<RawFinding>& out) { PlaceFinder(hits).findKnown(out); }
void findAddressShapes(const WordHits& hits, std::vector<RawFinding>& out) { PlaceFinder(hits).findShapes(out); }

}  // namespace causeway::protection
