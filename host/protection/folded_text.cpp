#include "host/protection/folded_text.hpp"

#include "host/protection/text_letters.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

using Kind = Letter::Kind;

std::uint16_t signOf(const Letter& letter, char c) {
  switch (letter.kind) {
    case Kind::Space: return kGapSpace;
    case Kind::Line: return kGapLine;
    case Kind::Hyphen: return kGapHyphen;
    case Kind::Apostrophe: return kGapApostrophe;
    default: break;
  }
  switch (c) {
    case '.':
    case '!':
    case '?': return kGapStop;
    case ',': return kGapComma;
    case '_': return kGapUnderscore;
    case '@': return kGapAt;
    case ':':
    case ';': return kGapColon;
    case '/':
    case '\\': return kGapSlash;
    case '(':
    case ')':
    case '[':
    case ']':
    case '"': return kGapBracket;
    case '+': return kGapPlus;
    default: return kGapOther;
  }
}

}  // namespace

FoldedText::FoldedText(std::string_view text) : original_(text.substr(0, 0xFFFFFFF0U)) {
  folded_.reserve(original_.size());
  words_.reserve(original_.size() / 5 + 1);
  read();
  blockMarkers();
  judgeCasing();
}

std::string_view FoldedText::joined(std::size_t first, std::size_t last) const {
  const auto& end = words_[last];
  return std::string_view(folded_).substr(words_[first].at, end.at + end.length - words_[first].at);
}

void FoldedText::close(std::size_t at) {
  if (!open_) return;
  open_ = false;
  word_.end = static_cast<std::uint32_t>(at);
  word_.length = static_cast<std::uint32_t>(folded_.size()) - word_.at;
  word_.all_capitals = !word_.digits && letters_ > 1 && capitals_ == letters_;
  words_.push_back(word_);
  gap_ = 0;
  gap_size_ = 0;
  sentence_ = false;
}

void FoldedText::read() {
  std::size_t apostrophe = 0;  // one past an apostrophe inside the open word, waiting for what follows; 0: none
  std::size_t end = 0;         // one past the last character of the open word
  for (std::size_t at = 0; at < original_.size();) {
    const Letter letter = letterAt(original_, at);
    const bool wordly = letter.kind == Kind::Letter || letter.kind == Kind::Digit;
    if (letter.kind == Kind::Nothing) {
      at += letter.bytes;
      continue;
    }
    if (wordly) {
      const bool digit = letter.kind == Kind::Digit;
      const auto next = at + letter.bytes;
      const bool last = next >= original_.size() || letterAt(original_, next).kind != Kind::Letter;
      if (open_ && apostrophe != 0 && letter.base == "s" && last) {
        // Megan's: the name ends before the apostrophe.
        word_.possessive = true;
        close(end);
        gap_ = kGapApostrophe;
        gap_size_ = 0;
        apostrophe = 0;
        at = next;
        continue;
      }
      const bool turns = open_ && (word_.digits != digit || (letter.capital && small_seen_ && apostrophe == 0));
      if (turns || (open_ && digit && apostrophe != 0)) close(end);
      if (!open_) {
        open_ = true;
        word_ = Word{};
        word_.begin = static_cast<std::uint32_t>(at);
        word_.at = static_cast<std::uint32_t>(folded_.size());
        word_.gap = gap_;
        word_.gap_size = static_cast<std::uint16_t>(std::min<std::uint32_t>(gap_size_, 65535));
        word_.digits = digit;
        word_.capital = letter.capital;
        word_.starts_sentence = sentence_;
        capitals_ = letters_ = 0;
        small_seen_ = false;
      }
      apostrophe = 0;
      folded_ += letter.base;
      ++letters_;
      capitals_ += letter.capital ? 1 : 0;
      small_seen_ = small_seen_ || (!digit && !letter.capital);
      at = next;
      end = at;
      if (letter.base.size() > 2) close(end);  // another script without spaces: each sign is a word
      continue;
    }
    if (open_ && letter.kind == Kind::Apostrophe && !word_.digits && apostrophe == 0) {
      apostrophe = at + letter.bytes;
      at += letter.bytes;
      continue;
    }
    if (open_) close(end);
    if (apostrophe != 0) {
      gap_ |= kGapApostrophe;
      ++gap_size_;
      apostrophe = 0;
    }
    const auto sign = signOf(letter, original_[at]);
    gap_ |= sign;
    gap_size_ = std::min<std::uint32_t>(gap_size_ + 1, 65535);
    sentence_ = sentence_ || (sign & (kGapStop | kGapLine | kGapColon)) != 0;
    at += letter.bytes;
  }
  close(end);
}

void FoldedText::blockMarkers() {
  for (auto open = original_.find('['); open != std::string_view::npos; open = original_.find('[', open + 1)) {
    const auto rest = original_.substr(open);
    for (const auto marker : removalMarkers()) {
      if (!rest.starts_with(marker)) continue;
      auto word = std::ranges::lower_bound(words_, static_cast<std::uint32_t>(open), {}, &Word::begin);
      for (; word != words_.end() && word->begin < open + marker.size(); ++word) word->blocked = true;
    }
  }
}

void FoldedText::judgeCasing() {
  std::size_t capital = 0, small = 0, shouted = 0, long_words = 0;
  for (const auto& word : words_) {
    if (word.digits || word.blocked) continue;
    (word.capital ? capital : small) += 1;
    if (word.length < 3) continue;
    ++long_words;
    shouted += word.all_capitals ? 1 : 0;
  }
  if (capital == 0 && small > 0) casing_ = Case::AllSmall;
  else if (long_words > 0 && shouted * 5 >= long_words * 4) casing_ = Case::AllCapitals;
}

const std::vector<std::string_view>& removalMarkers() {
  static const std::vector<std::string_view> markers = {
      "[name removed]",           "[address removed]",         "[telephone number removed]",
      "[e-mail address removed]", "[personal number removed]", "[date of birth removed]",
      "[place removed]"};
  return markers;
}

}  // namespace causeway::protection
