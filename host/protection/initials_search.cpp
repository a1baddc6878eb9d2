#include "host/protection/raw_finding.hpp"
#include "host/protection/text_words.hpp"

namespace causeway::protection {
namespace {

/// J.S., J S, JS, Ms R: initials of somebody hidden.
class InitialsJudge {
 public:
  explicit InitialsJudge(const WordHits& hits) : hits_(hits), words_(hits.text.words()) {}

  void findAll(std::vector<RawFinding>& out) {
    for (std::size_t word = 0; word < hits_.size(); ++word) {
      if (words_[word].digits || words_[word].blocked) continue;
      if (words_[word].length == 1) apart(word, out);
      else if (words_[word].length <= 4) together(word, out);
    }
  }

 private:
  bool mixed() const { return hits_.text.casing() == FoldedText::Case::Mixed; }
  bool leads(WordUse use, std::size_t word) const {
    return word > 0 && hits_.close(word - 1, kGapSpace | kGapLine | kGapStop) && is(use, hits_.text.text(word - 1));
  }
  bool titled(std::size_t word) const {
    return leads(WordUse::ManTitle, word) || leads(WordUse::WomanTitle, word) || leads(WordUse::OtherTitle, word);
  }

  std::int64_t hidden(std::string_view initials) const {
    const auto found = hits_.index.people_by_initials.find(std::string(initials));
    if (found == hits_.index.people_by_initials.end()) return -1;
    for (const auto person : found->second)
      if (!hits_.index.people[person].open) return person;
    return -1;
  }

  void add(std::size_t first, std::size_t last, std::int64_t person, std::vector<RawFinding>& out) const {
    const bool title = titled(first);
    out.push_back({FindingKind::Name, title ? Confidence::Likely : Confidence::Possible,
                   words_[title ? first - 1 : first].begin, words_[last].end, person});
  }

  void apart(std::size_t word, std::vector<RawFinding>& out) const {
    if (!words_[word].capital && hits_.text.casing() != FoldedText::Case::AllSmall) return;
    bool dotted = true;
    std::size_t last = word;
    while (last + 1 < hits_.size() && last < word + 3 && words_[last + 1].length == 1 && !words_[last + 1].digits &&
           hits_.close(last, kGapSpace | kGapStop | kGapHyphen, 2) &&
           words_[last + 1].capital == words_[word].capital) {
      ++last;
      dotted = dotted && (words_[last].gap & kGapStop) != 0;
    }
    for (auto end = last; end > word; --end) {
      const auto person = hidden(hits_.text.joined(word, end));
      if (person < 0 || (!dotted && !mixed() && !titled(word))) continue;
      return add(word, end, person, out);
    }
    if (last == word) alone(word, out);
  }

  // "Ms R": nothing but the first letter of the family name behind a title.
  void alone(std::size_t word, std::vector<RawFinding>& out) const {
    if (!titled(word) || !hits_.nameCase(word) || !hits_.nameCase(word - 1)) return;
    const auto letter = hits_.text.text(word);
    for (std::size_t person = 0; person < hits_.index.people.size(); ++person) {
      const auto& somebody = hits_.index.people[person];
      if (somebody.open || !somebody.initials.ends_with(letter)) continue;
      if ((somebody.gender == 'f' && leads(WordUse::ManTitle, word)) ||
          (somebody.gender == 'm' && leads(WordUse::WomanTitle, word)))
        continue;
      return add(word, word, static_cast<std::int64_t>(person), out);
    }
  }

  void together(std::size_t word, std::vector<RawFinding>& out) const {
    const auto letters = hits_.text.text(word);
    const bool told = titled(word) || leads(WordUse::Cue, word);
    if (hits_.text.casing() == FoldedText::Case::AllSmall ? !told : !words_[word].all_capitals) return;
    if (!titled(word) && is(WordUse::Abbreviation, letters)) return;
    if (!mixed() && (!told || hits_.index.lore.isCommonWord(letters))) return;
    if (word + 1 < hits_.size() && words_[word + 1].digits && words_[word + 1].gap_size == 0)
      return;  // MH26 is no name
    if (word > 0 && words_[word - 1].digits && words_[word].gap_size == 0) return;
    if (const auto person = hidden(letters); person >= 0) add(word, word, person, out);
  }

  const WordHits& hits_;
  const std::vector<Word>& words_;
};

}  // namespace

void findInitials(const WordHits& hits, std::vector<RawFinding>& out) {
  if (!hits.index.people_by_initials.empty()) InitialsJudge(hits).findAll(out);
}

}  // namespace causeway::protection
