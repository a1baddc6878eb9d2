#include "host/protection/name_context.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

constexpr int kMostBetween = 4;  // initials and numbers between a title and the name

}  // namespace

bool NameContext::isWeak(std::size_t word, const Hit& hit) const {
  const auto letters = hits.text.joined(word, hit.last);
  return letters.size() < 3 || hits.index.lore.isCommonWord(letters) || monthOf(letters) != 0;
}

std::int64_t NameContext::before(std::size_t word, std::uint16_t signs) const {
  return word > 0 && hits.close(word - 1, signs) ? static_cast<std::int64_t>(word) - 1 : -1;
}

std::int64_t NameContext::after(std::size_t word, std::uint16_t signs) const {
  return hits.close(word, signs) ? static_cast<std::int64_t>(word) + 1 : -1;
}

bool NameContext::isPartOf(const Hit& hit, std::uint32_t person, std::optional<Sense::Part> not_this) const {
  const auto& senses = hits.index.senses[hit.id];  // in the order of people
  for (auto at = std::ranges::lower_bound(senses, person, {}, &Sense::person);
       at != senses.end() && at->person == person; ++at)
    if (at->part != not_this) return true;
  return false;
}

std::int64_t NameContext::endingAt(std::int64_t word, std::uint32_t person, std::optional<Sense::Part> not_this) const {
  for (auto start = word; start >= 0 && start > word - 4; --start)
    for (const auto& hit : hits.at(static_cast<std::size_t>(start)))
      if (hit.last == static_cast<std::uint32_t>(word) && isPartOf(hit, person, not_this)) return start;
  return -1;
}

std::int64_t NameContext::startingAt(std::int64_t word, std::uint32_t person,
                                     std::optional<Sense::Part> not_this) const {
  if (word < 0) return -1;
  for (const auto& hit : hits.at(static_cast<std::size_t>(word)))
    if (isPartOf(hit, person, not_this)) return hit.last;
  return -1;
}

bool NameContext::mayBeMiddleName(std::int64_t word) const {
  const auto at = static_cast<std::size_t>(word);
  return hits.nameCase(at) && !words[at].digits && !is(WordUse::Little, text(at));
}

bool NameContext::hasOtherPart(std::size_t word, const Hit& hit, Sense::Part part, std::uint32_t person) const {
  if (part == Sense::Part::Whole) return false;
  if (const auto previous = before(word, kNamesApart); previous >= 0) {
    if (endingAt(previous, person, part) >= 0) return true;
    const auto one_more = before(static_cast<std::size_t>(previous));
    if (one_more >= 0 && mayBeMiddleName(previous) && endingAt(one_more, person, part) >= 0) return true;
  }
  if (const auto next = after(hit.last, kNamesApart); next >= 0) {
    if (startingAt(next, person, part) >= 0) return true;
    const auto one_more = after(static_cast<std::size_t>(next));
    if (one_more >= 0 && mayBeMiddleName(next) && startingAt(one_more, person, part) >= 0) return true;
  }
  return false;
}

int NameContext::wordsOfNameAround(std::size_t word, std::uint32_t person) const {
  const auto isName = [&](std::int64_t at) { return at >= 0 && hits.nameCase(static_cast<std::size_t>(at)); };
  std::int64_t first = static_cast<std::int64_t>(word), last = first;
  for (int steps = 0; steps < kMostBetween && isName(before(static_cast<std::size_t>(first))); ++steps)
    first = before(static_cast<std::size_t>(first));
  for (int steps = 0; steps < kMostBetween && isName(after(static_cast<std::size_t>(last))); ++steps)
    last = after(static_cast<std::size_t>(last));
  int out = 0;
  for (auto at = first; at <= last; ++at) out += startingAt(at, person, std::nullopt) >= 0 ? 1 : 0;
  return out;
}

bool NameContext::isInitialOf(std::int64_t word, std::uint32_t person) const {
  if (word < 0) return false;
  const auto at = static_cast<std::size_t>(word);
  if (words[at].length != 1 || words[at].digits || !hits.nameCase(at)) return false;
  return hits.index.people[person].initials.find(text(at)) != std::string::npos;
}

bool NameContext::hasInitial(std::size_t word, const Hit& hit, std::uint32_t person) const {
  return isInitialOf(before(word), person) || isInitialOf(after(hit.last, kNamesApart), person);
}

std::int64_t NameContext::leading(std::size_t word) const {
  auto previous = before(word);
  for (int steps = 0; previous >= 0 && steps < kMostBetween; ++steps) {
    const auto& between = words[static_cast<std::size_t>(previous)];
    if (!between.digits && between.length != 1) break;
    previous = before(static_cast<std::size_t>(previous));
  }
  return previous;
}

bool NameContext::leads(WordUse use, std::size_t word) const {
  const auto previous = leading(word);
  return previous >= 0 && is(use, text(static_cast<std::size_t>(previous)));
}

bool NameContext::hasTitle(std::size_t word) const {
  return leads(WordUse::ManTitle, word) || leads(WordUse::WomanTitle, word) || leads(WordUse::OtherTitle, word);
}

bool NameContext::titleFits(std::size_t word, char gender) const {
  return (gender == 'm' && leads(WordUse::ManTitle, word)) || (gender == 'f' && leads(WordUse::WomanTitle, word));
}

bool NameContext::isTitle(std::size_t word) const {
  const auto letters = text(word);
  return hits.nameCase(word) &&
         (is(WordUse::ManTitle, letters) || is(WordUse::WomanTitle, letters) || is(WordUse::OtherTitle, letters));
}

bool NameContext::isTied(std::size_t word) const {
  return words[word].gap == kGapHyphen && !words[word].digits && words[word].length > 1;
}

}  // namespace causeway::protection
