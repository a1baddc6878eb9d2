#include "host/protection/word_index.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

std::uint64_t mixed(std::uint64_t key, char c) { return (key ^ static_cast<unsigned char>(c)) * 1099511628211ULL; }

constexpr std::uint64_t kSeed = 14695981039346656037ULL;

// The word without its letter at `out`; nothing is left out when `out` is its length.
std::uint64_t keyWithout(std::string_view word, std::size_t out) {
  std::uint64_t key = kSeed;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (i != out) key = mixed(key, word[i]);
  return key ^ (key >> 29U);
}

bool isVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'j'; }

char soundOf(char c) {
  switch (c) {
    case 'c':
    case 'q':
    case 'g': return 'k';
    case 'z':
    case 'x': return 's';
    case 'w': return 'v';
    case 'd': return 't';
    case 'b': return 'p';
    default: return c;
  }
}

}  // namespace

std::string soundOf(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    char c = word[i];
    if (c < 'a' || c > 'z') return {};
    const char next = i + 1 < word.size() ? word[i + 1] : '\0';
    if (c == 'p' && next == 'h') c = 'f';
    else if (c == 'b' && next == 'h') c = 'w';                                                // Siobhan
    else if (c == 's' && next == 'c' && i + 2 < word.size() && word[i + 2] == 'h') continue;  // sch like ch
    else if (c == 'c' && (next == 'h' || next == 'z')) c = 's';
    else if (c == 'c' && (next == 'e' || next == 'i')) c = 's';
    if (c == 'h') continue;
    if (isVowel(c)) {
      if (out.empty()) out += 'a';
      continue;
    }
    const char sound = soundOf(c);
    if (out.empty() || out.back() != sound) out += sound;
  }
  return out;
}

bool withinOneSlip(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t at = 0;
  while (at < a.size() && a[at] == b[at]) ++at;
  if (a.size() < b.size()) return a.substr(at) == b.substr(at + 1);
  if (at == a.size()) return true;
  if (a.substr(at + 1) == b.substr(at + 1)) return true;
  return at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at] && a.substr(at + 2) == b.substr(at + 2);
}

WordIndex::Id WordIndex::add(std::string_view word, bool slips) {
  const auto [place, added] = ids_.try_emplace(std::string(word), static_cast<Id>(words_.size()));
  const Id id = place->second;
  if (added) {
    words_.emplace_back(word);
    slips_.push_back(false);
  }
  if (!slips || slips_[id] || word.size() < kLeastForSlips || word.size() > 40) return id;
  slips_[id] = true;
  for (std::size_t out = 0; out <= word.size(); ++out) addKey(keyWithout(word, out), id);
  if (word.size() >= kLeastForSound)
    if (auto sound = soundOf(word); sound.size() >= 3) by_sound_[std::move(sound)].push_back(id);
  return id;
}

std::optional<WordIndex::Id> WordIndex::find(std::string_view word) const {
  const auto found = ids_.find(std::string(word));
  return found == ids_.end() ? std::nullopt : std::optional(found->second);
}

void WordIndex::addKey(std::uint64_t key, Id id) {
  auto& ids = by_key_[key];
  if (std::ranges::find(ids, id) != ids.end()) return;
  ids.push_back(id);
  filter_.set(key % kFilter);
}

void WordIndex::collect(std::uint64_t key, std::string_view word, std::vector<Id>& out) const {
  if (!filter_.test(key % kFilter)) return;
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  for (const Id id : found->second)
    if (words_[id] != word && std::ranges::find(out, id) == out.end() && withinOneSlip(words_[id], word))
      out.push_back(id);
}

void WordIndex::nearTo(std::string_view word, std::vector<Id>& out) const {
  if (word.size() + 1 < kLeastForSlips || word.size() > 41) return;
  for (std::size_t without = 0; without <= word.size(); ++without) collect(keyWithout(word, without), word, out);
}

void WordIndex::soundingLike(std::string_view word, std::vector<Id>& out) const {
  if (word.size() + 1 < kLeastForSound || word.size() > 40 || by_sound_.empty()) return;
  const auto found = by_sound_.find(soundOf(word));
  if (found == by_sound_.end()) return;
  for (const Id id : found->second)
    if (words_[id] != word && std::ranges::find(out, id) == out.end()) out.push_back(id);
}

}  // namespace causeway::protection
