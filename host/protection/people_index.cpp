#include "host/protection/people_index.hpp"

#include "host/protection/folded_text.hpp"
#include "host/protection/text_words.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

using Part = Sense::Part;

std::string folded(std::string_view text) {
  const FoldedText words(text);
  return words.words().empty() ? std::string() : std::string(words.joined(0, words.words().size() - 1));
}

std::string firstLetter(std::string_view folded_name) {
  if (folded_name.empty()) return {};
  std::size_t end = 1;
  while (end < folded_name.size() && (static_cast<unsigned char>(folded_name[end]) & 0xC0U) == 0x80U) ++end;
  return std::string(folded_name.substr(0, end));
}

char genderOf(std::string_view title) {
  const auto word = folded(title);
  if (is(WordUse::ManTitle, word)) return 'm';
  return is(WordUse::WomanTitle, word) ? 'f' : '\0';
}

}  // namespace

void PeopleIndex::add(const KnownPerson& person, bool open) {
  const auto number = static_cast<std::uint32_t>(people.size());
  people.push_back({person.id, open, 0, false, {}, {}});
  for (const auto& name : person.names) addName(name, number);
  for (const auto& address : person.addresses) addAddress(address, number);
  for (const auto& phone : person.phones) addPhone(phone, number);
  for (const auto& email : person.emails) addEmail(email, number);
  for (const auto& code : person.numbers) {
    const bool digits = std::ranges::any_of(code, [](char c) { return c >= '0' && c <= '9'; });
    if (digits ? codeOf(code).size() >= 6 : !lore.isCommonWord(folded(code)))
      addCode(code, {number, FindingKind::Number, digits ? Confidence::Certain : Confidence::Likely});
  }
  for (const auto& place : person.places) addPlaceOf(place, number);
  if (person.born_on.empty()) return;
  if (open) open_births.push_back(person.born_on);
  else births.emplace(person.born_on, number);
}

void PeopleIndex::addName(const KnownName& name, std::uint32_t person) {
  auto& somebody = people[person];
  if (somebody.gender == 0) somebody.gender = genderOf(name.title);
  somebody.rank = somebody.rank || is(WordUse::Rank, folded(name.title));
  std::string initials;
  for (const auto& given : name.given) {
    addPart(given, {person, Part::Given, false});
    const FoldedText parts(given);
    for (std::size_t i = 0; i < parts.words().size(); ++i) initials += firstLetter(parts.text(i));
  }
  addPart(name.preferred, {person, Part::Given, false});
  addPart(name.family, {person, Part::Family, false});
  initials += firstLetter(folded(name.family));
  if (!name.given.empty() && !name.family.empty()) {
    if (somebody.initials.empty()) somebody.initials = initials;
    people_by_initials[initials].push_back(person);
    const auto shorter = firstLetter(folded(name.given.front())) + firstLetter(folded(name.family));
    if (shorter != initials) people_by_initials[shorter].push_back(person);
    const FoldedText family(name.family);
    if (family.words().size() == 2) people_by_initials[shorter + firstLetter(family.text(1))].push_back(person);
  }
  addRuns(name, person);
}

// A part of a name as a whole, and each of its words: halves of a double name are used alone.
void PeopleIndex::addPart(std::string_view text, Sense sense) {
  const FoldedText name(text);
  const auto& parts = name.words();
  if (parts.empty()) return;
  const auto whole = name.joined(0, parts.size() - 1);
  if (whole.size() > 1) addWord(whole, sense, true);
  addForms(whole, sense);
  if (whole.starts_with("mc") && whole.size() > 4) addWord("mac" + std::string(whole.substr(2)), sense, true);
  if (whole.starts_with("mac") && whole.size() > 5) addWord("mc" + std::string(whole.substr(3)), sense, true);
  if (parts.size() < 2) return;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto word = name.text(i);
    if (word.size() < 3 || parts[i].digits || is(WordUse::Particle, word)) continue;
    const bool behind_mac = i > 0 && parts[i].gap_size == 0;
    if (behind_mac) continue;
    addWord(word, {sense.person, sense.part, sense.part == Part::Family}, true);
    addForms(word, sense);
  }
}

void PeopleIndex::addForms(std::string_view name, Sense sense) {
  if (people[sense.person].open && sense.part == Part::Family) return;
  for (const auto form : lore.formsOf(name)) addWord(form, {sense.person, sense.part, true}, false);
}

void PeopleIndex::addWord(std::string_view word, Sense sense, bool slips) {
  const auto id = words.add(word, slips && !people[sense.person].open);
  if (senses.size() <= id) senses.resize(id + 1);
  for (const auto& known : senses[id])
    if (known.person == sense.person && known.part == sense.part) return;
  senses[id].push_back(sense);
}

// As in user names, file names and e-mail addresses.
void PeopleIndex::addRuns(const KnownName& name, std::uint32_t person) {
  const auto family = folded(name.family);
  if (family.size() < 2) return;
  std::vector<std::string> firsts;
  if (!name.given.empty()) firsts.push_back(folded(name.given.front()));
  if (!name.preferred.empty()) firsts.push_back(folded(name.preferred));
  const auto recorded = firsts.size();
  for (std::size_t i = 0; i < recorded; ++i)
    for (const auto form : lore.formsOf(firsts[i])) firsts.emplace_back(form);
  const auto addRun = [&](const std::string& run) {
    if (run.size() < 5) return;
    addWord(run, {person, Part::Whole, false}, false);
    if (run.size() >= 7 && !people[person].open) runs_by_start[run.substr(0, 4)].push_back(run);
  };
  for (const auto& first : firsts) {
    if (first.empty()) continue;
    if (first.size() > 1) {
      addRun(first + family);
      addRun(family + first);
    }
    if (family.size() < 4) continue;
    addRun(firstLetter(first) + family);
    addRun(family + firstLetter(first));
  }
}

std::vector<WordIndex::Id> PeopleIndex::wordsOf(std::string_view text, bool slips) {
  const FoldedText read(text);
  std::vector<WordIndex::Id> out;
  for (std::size_t i = 0; i < read.words().size(); ++i)
    out.push_back(words.add(shortForm(read.text(i)), slips && !read.words()[i].digits));
  if (senses.size() < words.size()) senses.resize(words.size());
  return out;
}

char codeCharacter(char c) {
  if (c == 'o') return '0';
  return c == 'i' || c == 'l' ? '1' : c;
}

std::string codeOf(std::string_view text) {
  std::string out = folded(text);
  for (char& c : out) {
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) return {};
    c = codeCharacter(c);
  }
  return out;
}

void PeopleIndex::addCode(std::string_view text, NumberSense sense) {
  auto code = codeOf(text);
  if (code.size() < 5 || code.size() > 80) return;
  if (people[sense.person].open) {
    open_numbers.insert(std::move(code));
    return;
  }
  code_starts.set(static_cast<std::size_t>(static_cast<unsigned char>(code[0])) * 256 +
                  static_cast<unsigned char>(code[1]));
  longest_code = std::max(longest_code, code.size());
  codes.emplace(std::move(code), sense);
}

std::string phoneOf(std::string_view digits) {
  std::string out(digits);
  if (out.starts_with("0044")) out.erase(0, 4);
  else if (out.starts_with("44") && out.size() >= 11) out.erase(0, 2);
  else return out;
  if (!out.starts_with('0')) out.insert(out.begin(), '0');
  return out;
}

void PeopleIndex::addPhone(std::string_view text, std::uint32_t person) {
  std::string digits;
  for (const char c : text)
    if (c >= '0' && c <= '9') digits += c;
  if (const auto trunk = text.find("(0)"); trunk != std::string_view::npos)
    if (const auto at = digits.find("440"); at != std::string::npos && at < 3) digits.erase(at + 2, 1);
  const auto phone = phoneOf(digits);
  if (phone.size() < 6) return;
  if (people[person].open) {
    open_numbers.insert(phone);
    return;
  }
  phones.emplace(phone, NumberSense{person, FindingKind::Phone, Confidence::Certain});
  if (phone.size() < 10) return;
  for (const std::size_t length : {std::size_t{6}, std::size_t{7}})
    phone_ends.emplace(phone.substr(phone.size() - length),
                       NumberSense{person, FindingKind::Phone, Confidence::Possible});
}

void PeopleIndex::addEmail(std::string_view text, std::uint32_t person) {
  const auto at = text.find('@');
  if (at == std::string_view::npos) return;
  const NumberSense sense{person, FindingKind::Email, Confidence::Certain};
  const std::string local(text.substr(0, at)), domain(text.substr(at + 1));
  const auto spelt = [](std::string_view part) {
    std::string out;
    for (const char c : part) out += c == '.' ? std::string(" dot ") : std::string(1, c);
    return out;
  };
  for (const char* sign : {" ", " at "}) {
    addCode(local + sign + domain, sense);
    addCode(local + sign + spelt(domain), sense);
    addCode(spelt(local) + sign + spelt(domain), sense);
  }
  if (codeOf(local).size() >= 6) addCode(local, {person, FindingKind::Email, Confidence::Likely});
}

}  // namespace causeway::protection
