#include "host/protection/raw_finding.hpp"
#include "host/protection/text_words.hpp"

#include <algorithm>
#include <array>

namespace causeway::protection {
namespace {

constexpr std::uint16_t kWithinCode =
    kGapSpace | kGapLine | kGapHyphen | kGapStop | kGapUnderscore | kGapAt | kGapBracket | kGapApostrophe;
constexpr std::uint16_t kWithinPhone = kGapSpace | kGapLine | kGapHyphen | kGapStop | kGapBracket | kGapPlus;
constexpr std::size_t kMostCodeWords = 16;
constexpr std::size_t kMostPhoneGroups = 12;

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return c >= 'a' && c <= 'z'; }

// Letters and digits go on without anything between.
bool runsOn(const WordHits& hits, std::size_t word) {
  return word + 1 < hits.size() && hits.text.words()[word + 1].gap_size == 0;
}

/// Telephone numbers: groups of digits that make one together.
class PhoneFinder {
 public:
  explicit PhoneFinder(const WordHits& hits) : hits_(hits), words_(hits.text.words()) {}

  void findAll(std::vector<RawFinding>& out) {
    for (std::size_t word = 0; word < hits_.size();) {
      std::size_t last = word;
      const bool behind_letters =
          word > 0 && words_[word].gap_size == 0 && !isZero(word - 1) && !words_[word - 1].digits;
      const bool found = isNumber(word) && !behind_letters && findAt(word, last, out);
      word = found ? last + 1 : word + 1;
    }
  }

 private:
  // O7700: the letter in place of the digit.
  bool isZero(std::size_t word) const {
    return words_[word].length == 1 && hits_.text.text(word) == "o" &&
           (runsOn(hits_, word) || (word > 0 && words_[word].gap_size == 0 && words_[word - 1].digits));
  }
  bool isNumber(std::size_t word) const { return !words_[word].blocked && (words_[word].digits || isZero(word)); }

  bool findAt(std::size_t first, std::size_t& last, std::vector<RawFinding>& out) const {
    RawFinding best;
    std::string digits;
    const bool plus = first < words_.size() && (words_[first].gap & kGapPlus) != 0;
    bool thin = false;
    for (std::size_t at = first; at < hits_.size() && at < first + kMostPhoneGroups && isNumber(at); ++at) {
      if (at > first && !(words_[at].gap_size == 0 || hits_.close(at - 1, kWithinPhone))) break;
      const auto group = hits_.text.text(at);
      // +44 (0)7700: the zero is not dialled with the 44.
      const bool trunk = (digits == "44" || digits == "0044") && group == "0" && (words_[at].gap & kGapBracket) != 0;
      if (!trunk) digits += isZero(at) ? "0" : group;
      thin = thin || (group.size() == 1 && !isZero(at) && !trunk);
      if (digits.size() > 17) break;
      if (runsOn(hits_, at) && !isNumber(at + 1)) continue;
      auto found = judge(digits, plus && !thin, thin ? 0 : words_[first].length);
      if (found.person == -2) continue;
      found.begin = words_[first].begin;
      found.end = words_[at].end;
      best = found;
      last = at;
    }
    if (best.end == 0) return false;
    out.push_back(best);
    return true;
  }

  // `first_group` is 0 where the groups are too small for the shape of a number to tell anything.
  RawFinding judge(std::string_view digits, bool plus, std::size_t first_group) const {
    const auto phone = phoneOf(digits);
    if (const auto known = hits_.index.phones.find(phone); known != hits_.index.phones.end())
      return {FindingKind::Phone, Confidence::Certain, 0, 0, known->second.person};
    if (const auto end = hits_.index.phone_ends.find(std::string(digits)); end != hits_.index.phone_ends.end())
      return {FindingKind::Phone, Confidence::Possible, 0, 0, end->second.person};
    if (hits_.index.open_numbers.contains(phone)) return {FindingKind::Phone, Confidence::Possible, 0, 0, -2};
    const bool mobile = phone.size() == 11 && phone.starts_with("07");
    const bool landline =
        (phone.size() == 11 || phone.size() == 10) && (phone.starts_with("01") || phone.starts_with("02"));
    const bool abroad = plus && digits.size() >= 9 && digits.size() <= 15 && !digits.starts_with("44");
    if (first_group >= 3 && (mobile || landline))
      return {FindingKind::Phone, mobile ? Confidence::Likely : Confidence::Possible, 0, 0, -1};
    if (plus && first_group >= 2 && (mobile || landline || abroad))
      return {FindingKind::Phone, Confidence::Likely, 0, 0, -1};
    return {FindingKind::Phone, Confidence::Possible, 0, 0, -2};
  }

  const WordHits& hits_;
  const std::vector<Word>& words_;
};

bool isNationalInsurance(std::string_view code) {
  constexpr std::string_view kNever = "dfiquv";
  if (code.size() != 9 || !isLetter(code[0]) || !isLetter(code[1]) || code[8] < 'a' || code[8] > 'd') return false;
  if (kNever.contains(code[0]) || kNever.contains(code[1]) || code[1] == 'o') return false;
  return std::ranges::all_of(code.substr(2, 6), isDigit);
}

// Ten digits of which the last checks the others, modulo 11.
bool isNhsNumber(std::string_view code) {
  if (code.size() != 10 || !std::ranges::all_of(code, isDigit)) return false;
  int sum = 0;
  for (int i = 0; i < 9; ++i) sum += (code[static_cast<std::size_t>(i)] - '0') * (10 - i);
  const int check = (11 - sum % 11) % 11;
  return check != 10 && check == code[9] - '0';
}

bool isDriverNumber(std::string_view code) {
  if (code.size() != 16 || !isLetter(code[0])) return false;
  const auto letterOrNine = [](char c) { return isLetter(c) || c == '9'; };
  return std::ranges::all_of(code.substr(0, 5), letterOrNine) && std::ranges::all_of(code.substr(5, 6), isDigit) &&
         std::ranges::all_of(code.substr(11, 2), letterOrNine) && isLetter(code[14]) && isLetter(code[15]);
}

constexpr std::array<std::string_view, 9> kOfficialDomains = {
    "gov.uk", "police.uk", "cjsm.net", "nhs.uk", "nhs.net", "mod.uk", "judiciary.uk", "parliament.uk", "gov.wales"};

bool isOfficial(std::string_view domain) {
  return std::ranges::any_of(kOfficialDomains, [&](std::string_view official) {
    return domain.ends_with(official) &&
           (domain.size() == official.size() || domain[domain.size() - official.size() - 1] == '.');
  });
}

bool isLocalSign(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '.' || c == '_' || c == '%' ||
         c == '+' || c == '-' || byte >= 0x80;
}

bool isDomainSign(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '.' || c == '-';
}

bool saidBefore(const WordHits& hits, std::size_t word, std::string_view cue) {
  for (std::size_t at = word, steps = 0; at > 0 && steps < 4; ++steps)
    if (hits.text.text(--at) == cue) return true;
  return false;
}

void shapeAt(const WordHits& hits, std::size_t first, std::vector<RawFinding>& out) {
  const auto& words = hits.text.words();
  for (std::size_t last = first; last < hits.size() && last < first + 6; ++last) {
    if (words[last].blocked ||
        (last > first && words[last].gap_size > 0 && !hits.close(last - 1, kGapSpace | kGapHyphen, 1)))
      return;
    const auto code = hits.text.joined(first, last);
    if (code.size() > 16) return;
    if (code.size() < 9 || runsOn(hits, last)) continue;
    if (hits.index.open_numbers.contains(codeOf(code))) return;
    const auto add = [&](Confidence confidence) {
      out.push_back({FindingKind::Number, confidence, words[first].begin, words[last].end, -1});
    };
    if (isNationalInsurance(code) && words[first].capital && !hits.index.lore.isCommonWord(code.substr(0, 2)))
      return add(Confidence::Likely);
    const bool grouped = last == first + 2 && words[first].length == 3 && words[first + 1].length == 3;
    if (isNhsNumber(code) && (grouped || saidBefore(hits, first, "nhs"))) return add(Confidence::Likely);
    if (isDriverNumber(code)) return add(Confidence::Possible);
    const bool passport = code.size() == 9 && std::ranges::all_of(code, isDigit) && saidBefore(hits, first, "passport");
    if (passport && !saidBefore(hits, first, "surrender")) return add(Confidence::Possible);
  }
}

}  // namespace

void findCodes(const WordHits& hits, std::vector<RawFinding>& out) {
  const auto& index = hits.index;
  if (index.codes.empty()) return;
  const auto& words = hits.text.words();
  std::string code;
  for (std::size_t first = 0; first < hits.size(); ++first) {
    if (words[first].blocked || (first > 0 && words[first].gap_size == 0 && words[first].digits)) continue;
    code.clear();
    for (std::size_t last = first; last < hits.size() && last < first + kMostCodeWords; ++last) {
      if (last > first && words[last].gap_size > 0 && !hits.close(last - 1, kWithinCode)) break;
      for (const char c : hits.text.text(last)) code += codeCharacter(c);
      if (code.size() > index.longest_code) break;
      if (code.size() < 2) continue;
      if (!index.code_starts.test(static_cast<std::size_t>(static_cast<unsigned char>(code[0])) * 256 +
                                  static_cast<unsigned char>(code[1])))
        break;
      if (code.size() < 5 || (runsOn(hits, last) && words[last].digits == words[last + 1].digits)) continue;
      const auto found = index.codes.find(code);
      if (found == index.codes.end()) continue;
      out.push_back(
          {found->second.kind, found->second.confidence, words[first].begin, words[last].end, found->second.person});
    }
  }
}

void findPhones(const WordHits& hits, std::vector<RawFinding>& out) { PhoneFinder(hits).findAll(out); }

void findEmailShapes(const WordHits& hits, std::vector<RawFinding>& out) {
  const auto text = hits.text.original();
  for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    std::size_t begin = at, end = at + 1;
    while (begin > 0 && isLocalSign(text[begin - 1])) --begin;
    while (end < text.size() && isDomainSign(text[end])) ++end;
    while (end > at + 1 && !((text[end - 1] | 0x20) >= 'a' && (text[end - 1] | 0x20) <= 'z')) --end;
    std::string domain;
    for (const char c : text.substr(at + 1, end - at - 1))
      domain += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    const auto dot = domain.rfind('.');
    if (begin == at || dot == std::string::npos || dot == 0 || domain.size() - dot < 3 || isOfficial(domain)) continue;
    if (hits.index.open_numbers.contains(codeOf(text.substr(begin, end - begin)))) continue;
    out.push_back({FindingKind::Email, Confidence::Likely, static_cast<std::uint32_t>(begin),
                   static_cast<std::uint32_t>(end), -1});
  }
}

void findNumberShapes(const WordHits& hits, std::vector<RawFinding>& out) {
  const auto& words = hits.text.words();
  for (std::size_t word = 0; word < hits.size(); ++word) {
    if (word > 0 && words[word].gap_size == 0) continue;
    const bool begins = words[word].digits ? words[word].length >= 3 : words[word].length <= 5;
    if (begins) shapeAt(hits, word, out);
  }
}

}  // namespace causeway::protection
