#include "host/protection/name_context.hpp"
#include "host/protection/raw_finding.hpp"

#include <algorithm>
#include <optional>

namespace causeway::protection {
namespace {

using Part = Sense::Part;
using How = Hit::How;

constexpr std::size_t kMostOfOneName = 64;  // people of one name that are looked at for each word: more tell no more

/// Judges the names of one text: a word is a name by what stands beside it.
class NameJudge {
 public:
  explicit NameJudge(const WordHits& hits) : near_(hits), hits_(hits), words_(hits.text.words()) {}

  void findAll(std::vector<RawFinding>& out) {
    for (std::size_t word = 0; word < hits_.size(); ++word)
      for (const auto& hit : hits_.at(word)) find(word, hit, out);
  }

 private:
  void find(std::size_t word, const Hit& hit, std::vector<RawFinding>& out) {
    std::size_t judged = 0;
    for (const auto& sense : hits_.index.senses[hit.id]) {
      if (hits_.index.people[sense.person].open) continue;
      const auto confidence = judge(word, hit, sense);
      if (confidence) out.push_back(spread(word, hit, sense, *confidence));
      if (confidence == Confidence::Certain || ++judged == kMostOfOneName) return;
    }
  }

  // It stands in a name of which somebody whom the reader may know explains more words than the hidden person does.
  bool isWithinOpenName(std::size_t word, std::uint32_t hidden) const {
    const int own = near_.wordsOfNameAround(word, hidden);
    for (const auto& hit : hits_.at(word))
      for (const auto& sense : hits_.index.senses[hit.id])
        if (hits_.index.people[sense.person].open && hit.how == How::Exact &&
            hits_.index.people[sense.person].id != hits_.index.people[hidden].id &&
            near_.wordsOfNameAround(word, sense.person) > own)
          return true;
    return false;
  }

  // The word is the name of somebody whom everybody may know, and nothing says that it is the hidden person's here.
  bool isSomebodyElse(std::size_t word, const Hit& hit, const Sense& sense) const {
    const auto& person = hits_.index.people[sense.person];
    if (isWithinOpenName(word, sense.person)) return true;
    if (near_.hasOtherPart(word, hit, sense.part, sense.person)) return false;
    const bool own_initial = near_.hasInitial(word, hit, sense.person);
    bool shared = false;
    for (const auto& other_hit : hits_.at(word))
      for (const auto& other : hits_.index.senses[other_hit.id]) {
        const auto& somebody = hits_.index.people[other.person];
        if (!somebody.open || other_hit.how != How::Exact || (!somebody.id.empty() && somebody.id == person.id))
          continue;
        if (near_.hasOtherPart(word, other_hit, other.part, other.person) || other.part == Part::Whole) return true;
        if (own_initial) continue;
        if (near_.hasInitial(word, other_hit, other.person)) return true;
        if (hit.how != How::Exact || (sense.form && !other.form)) return true;
        shared = true;
        if (near_.titleFits(word, somebody.gender) && !near_.titleFits(word, person.gender)) return true;
      }
    return shared && near_.leads(WordUse::Accused, word);
  }

  bool isPlace(std::size_t word, const Hit& hit) const {
    if (near_.leads(WordUse::NamedBefore, word)) return true;
    const auto next = near_.after(hit.last, kGapSpace);
    if (next < 0) return false;
    if (isDistrict(static_cast<std::size_t>(next))) return !near_.hasTitle(word);
    const auto at = static_cast<std::size_t>(next);
    if (near_.mixed() && !words_[at].capital) return false;
    const bool numbered = word > 0 && words_[word - 1].digits && hits_.close(word - 1, kGapSpace | kGapComma);
    if (is(WordUse::StreetType, near_.text(at)) && (near_.mixed() || numbered || near_.text(at).size() > 4))
      return !near_.hasTitle(word);
    return is(WordUse::NamedAfter, near_.text(at)) && !near_.hasTitle(word);
  }

  // HHJ Rhys; but "the judge heard" may be followed by anybody's first name.
  bool isJudge(std::size_t word, const Sense& sense) const {
    return sense.part == Part::Family && word > 0 && near_.leads(WordUse::Judge, word) && words_[word - 1].capital;
  }

  // PR1: what stands before it is a town.
  bool isDistrict(std::size_t word) const {
    return !words_[word].digits && words_[word].length <= 2 && words_[word].capital && word + 1 < hits_.size() &&
           words_[word + 1].digits && words_[word + 1].gap_size == 0 && words_[word + 1].length <= 2;
  }

  bool isDate(std::size_t word, const Hit& hit) const {
    if (monthOf(hits_.text.joined(word, hit.last)) == 0) return false;
    const auto near_number = [&](std::int64_t at) { return at >= 0 && words_[static_cast<std::size_t>(at)].digits; };
    if (near_number(near_.after(hit.last, kNamesApart)) || near_number(near_.before(word, kNamesApart | kGapSlash)))
      return true;
    const auto previous = near_.before(word, kNamesApart);
    if (previous < 0) return false;
    const auto lead = near_.text(static_cast<std::size_t>(previous));
    for (const std::string_view each : {"in", "of", "th", "st", "nd", "rd", "since", "until", "before", "after",
                                        "early", "late", "mid", "last", "next", "during", "by", "from", "this"})
      if (lead == each) return true;
    return false;
  }

  // An ordinary word that is also a name, with nothing of the person beside it.
  std::optional<Confidence> judgeWeak(std::size_t word, const Hit& hit, const Sense& sense) const {
    if (hit.how != How::Exact || isDate(word, hit)) return std::nullopt;
    if (near_.hasTitle(word) && hits_.nameCase(word))
      return sense.part == Part::Family ? Confidence::Likely : Confidence::Possible;
    const auto previous = near_.before(word);
    const bool cue = previous >= 0 && is(WordUse::Cue, near_.text(static_cast<std::size_t>(previous)));
    if (!near_.mixed()) return cue || words_[hit.last].possessive ? std::optional(Confidence::Possible) : std::nullopt;
    if (!words_[word].capital ||
        (previous >= 0 && is(WordUse::Article, near_.text(static_cast<std::size_t>(previous)))))
      return std::nullopt;
    if (!words_[word].starts_sentence) return Confidence::Possible;
    const auto next = near_.after(hit.last, kGapSpace | kGapLine);
    const bool does = next >= 0 && is(WordUse::Does, near_.text(static_cast<std::size_t>(next))) &&
                      near_.text(static_cast<std::size_t>(next)) != "and";
    return words_[hit.last].possessive || does || cue ? std::optional(Confidence::Possible) : std::nullopt;
  }

  std::optional<Confidence> judgeAlone(std::size_t word, const Hit& hit, const Sense& sense) const {
    if (sense.part == Part::Whole) return Confidence::Likely;
    if (near_.isWeak(word, hit)) return judgeWeak(word, hit, sense);
    switch (hit.how) {
      case How::Exact:
        if (near_.leads(WordUse::Rank, word) && !hits_.index.people[sense.person].rank) return Confidence::Possible;
        return hits_.nameCase(word) ? Confidence::Likely : Confidence::Possible;
      case How::Inside: return Confidence::Possible;
      case How::Slip: return hits_.nameCase(word) ? std::optional(Confidence::Possible) : std::nullopt;
      case How::Sound: break;
    }
    return words_[word].capital && words_[word].length > 6 ? std::optional(Confidence::Possible) : std::nullopt;
  }

  std::optional<Confidence> judge(std::size_t word, const Hit& hit, const Sense& sense) const {
    if (isSomebodyElse(word, hit, sense) || isJudge(word, sense)) return std::nullopt;
    const bool cased = hits_.nameCase(word) || (!near_.isWeak(word, hit) && hit.how != How::Sound);
    if (cased && near_.hasOtherPart(word, hit, sense.part, sense.person))
      return hit.how == How::Exact   ? Confidence::Certain
             : hit.how == How::Sound ? Confidence::Possible
                                     : Confidence::Likely;
    if (isPlace(word, hit)) return std::nullopt;
    const bool own = hits_.nameCase(word) && hit.how != How::Sound && sense.part == Part::Family &&
                     (near_.hasInitial(word, hit, sense.person) ||
                      (hit.how == How::Exact && !near_.isWeak(word, hit) && near_.hasTitle(word)));
    auto alone = judgeAlone(word, hit, sense);
    if (own && !isDate(word, hit)) alone = std::max(alone.value_or(Confidence::Possible), Confidence::Likely);
    // The word is the name of somebody whom the reader may know as well: it tells nothing new until something beside it is the hidden
    // person's own. In a family's case most of these are the accused.
    if (alone && isSharedWithOpen(word))
      return own || near_.leads(WordUse::Cue, word) ? std::optional(Confidence::Possible) : std::nullopt;
    return alone;
  }

  bool isSharedWithOpen(std::size_t word) const {
    return std::ranges::any_of(hits_.at(word), [&](const Hit& hit) {
      return hit.how == How::Exact && std::ranges::any_of(hits_.index.senses[hit.id], [&](const Sense& sense) {
               return hits_.index.people[sense.person].open;
             });
    });
  }

  // A word beside half a name that can be its other half in a form that is not on record: a short form, a name before marriage.
  bool mayBeOtherHalf(std::size_t word, std::size_t behind_gap) const {
    if (words_[behind_gap].gap != kGapSpace || words_[word].digits || !words_[word].capital || words_[word].length < 3)
      return false;
    if (near_.text(word).size() < 3 || !near_.mixed() || hits_.index.lore.isCommonWord(near_.text(word)) ||
        monthOf(near_.text(word)) != 0)
      return false;
    if (is(WordUse::Rank, near_.text(word)) || is(WordUse::Judge, near_.text(word)) ||
        is(WordUse::Cue, near_.text(word)))
      return false;
    return std::ranges::none_of(hits_.at(word), [&](const Hit& hit) { return !hits_.index.senses[hit.id].empty(); });
  }

  // Takes in what belongs to the name on both sides: titles, initials, other parts, middle names, the other half of a double name.
  RawFinding spread(std::size_t word, const Hit& hit, const Sense& sense, Confidence confidence) const {
    const auto person = sense.person;
    std::size_t first = word, last = hit.last;
    for (int steps = 0; steps < 6; ++steps) {
      const auto previous = near_.before(first, kNamesApart);
      if (previous < 0) break;
      const auto at = static_cast<std::size_t>(previous);
      const bool comma = (words_[first].gap & kGapComma) != 0;
      const auto start = hits_.nameCase(at) ? near_.endingAt(previous, person, std::nullopt) : -1;
      const auto one_more = near_.before(at);
      if (start >= 0) first = static_cast<std::size_t>(start);
      else if (!comma && (near_.isTitle(at) || near_.isInitialOf(previous, person) || near_.isTied(first))) first = at;
      else if (!comma && one_more >= 0 && near_.mayBeMiddleName(previous) &&
               near_.endingAt(one_more, person, std::nullopt) >= 0)
        first = at;
      else break;
    }
    for (int steps = 0; steps < 6; ++steps) {
      const auto next = near_.after(last, kNamesApart);
      if (next < 0) break;
      const auto at = static_cast<std::size_t>(next);
      const bool comma = (words_[at].gap & kGapComma) != 0;
      const auto end = hits_.nameCase(at) ? near_.startingAt(next, person, std::nullopt) : -1;
      const auto one_more = near_.after(at);
      const bool run_on = words_[at].gap_size == 0 && words_[at].digits;  // megan87
      if (end >= 0) last = static_cast<std::size_t>(end);
      else if (near_.isInitialOf(next, person) || (!comma && (near_.isTied(at) || run_on))) last = at;
      else if (!comma && one_more >= 0 && near_.mayBeMiddleName(next) &&
               near_.startingAt(one_more, person, std::nullopt) >= 0)
        last = at;
      else break;
    }
    if (first == word && last == hit.last && !near_.isWeak(word, hit) && hit.how != How::Sound) {
      if (sense.part == Part::Family && word > 0 && hits_.close(word - 1, kGapSpace, 1) &&
          mayBeOtherHalf(word - 1, word))
        --first;
      if (sense.part == Part::Given && hits_.close(last, kGapSpace, 1) && mayBeOtherHalf(last + 1, last + 1)) ++last;
    }
    return {FindingKind::Name, confidence, words_[first].begin, words_[last].end, person};
  }

  const NameContext near_;
  const WordHits& hits_;
  const std::vector<Word>& words_;
};

}  // namespace

void findNames(const WordHits& hits, std::vector<RawFinding>& out) { NameJudge(hits).findAll(out); }

}  // namespace causeway::protection
