#include "host/protection/text_search.hpp"

#include "host/protection/folded_text.hpp"
#include "host/protection/people_index.hpp"
#include "host/protection/raw_finding.hpp"
#include "host/protection/word_hits.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

constexpr std::size_t kWordsWithinAddress = 3;
constexpr int kRounds = 5;

// Two pieces of one address with a town or so between them.
bool isOneAddress(const FoldedText& text, const RawFinding& first, const RawFinding& second) {
  if (first.kind != FindingKind::Address || second.kind != FindingKind::Address) return false;
  if (first.person >= 0 && second.person >= 0 && first.person != second.person) return false;
  const auto& words = text.words();
  auto word = std::ranges::lower_bound(words, first.end, {}, &Word::begin);
  for (std::size_t between = 0; between <= kWordsWithinAddress && word != words.end(); ++word, ++between) {
    if ((word->gap & kGapStop) != 0 || word->gap_size > 4 || word->blocked) return false;
    if (word->begin >= second.begin) return true;
    if (text.casing() == FoldedText::Case::Mixed && !word->capital) return false;
  }
  return false;
}

std::vector<RawFinding> merged(const FoldedText& text, std::vector<RawFinding> raw) {
  std::ranges::sort(raw, [](const RawFinding& a, const RawFinding& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<RawFinding> out;
  for (const auto& next : raw) {
    if (out.empty() || (next.begin >= out.back().end && !isOneAddress(text, out.back(), next))) {
      out.push_back(next);
      continue;
    }
    auto& last = out.back();
    const bool longer = next.end - next.begin > last.end - last.begin;
    if (next.confidence > last.confidence || (next.confidence == last.confidence && longer)) {
      last.kind = next.kind;
      last.person = next.person;
    }
    last.confidence = std::max(last.confidence, next.confidence);
    last.end = std::max(last.end, next.end);
  }
  return out;
}

}  // namespace

struct TextSearch::Impl {
  PeopleIndex index;
  explicit Impl(const NameLore& lore) : index(lore) {}
};

TextSearch::TextSearch(const KnownPeople& people, const NameLore& lore) : impl_(std::make_unique<Impl>(lore)) {
  for (const auto& person : people.hidden) impl_->index.add(person, false);
  for (const auto& person : people.open) impl_->index.add(person, true);
}

TextSearch::~TextSearch() = default;
TextSearch::TextSearch(TextSearch&&) noexcept = default;
TextSearch& TextSearch::operator=(TextSearch&&) noexcept = default;

std::vector<Finding> TextSearch::find(std::string_view text) const {
  const FoldedText folded(text);
  const WordHits hits(impl_->index, folded);
  std::vector<RawFinding> raw;
  for (const auto search : {findNames, findInitials, findPlaces, findAddressShapes, findCodes, findPhones,
                            findEmailShapes, findNumberShapes, findBirths})
    search(hits, raw);
  std::vector<Finding> out;
  for (const auto& each : merged(folded, std::move(raw))) {
    const auto person = each.person < 0 ? std::string() : impl_->index.people[static_cast<std::size_t>(each.person)].id;
    out.push_back({each.kind, each.confidence, each.begin, each.end, person});
  }
  return out;
}

std::string redact(std::string_view text, const std::vector<Finding>& findings) {
  std::string out;
  std::size_t done = 0;
  for (const auto& finding : findings) {
    if (finding.begin < done || finding.end > text.size() || finding.end < finding.begin) continue;
    out += text.substr(done, finding.begin - done);
    out += removalMarkers()[static_cast<std::size_t>(finding.kind)];
    done = finding.end;
  }
  out += text.substr(done);
  return out;
}

Redaction redactAll(const TextSearch& search, std::string_view text) {
  Redaction out;
  out.findings = search.find(text);
  out.clean = out.findings.empty();
  out.text = redact(text, out.findings);
  for (int round = 1; round < kRounds && !out.clean; ++round) {
    const auto left = search.find(out.text);
    out.clean = left.empty();
    out.text = redact(out.text, left);
  }
  return out;
}

}  // namespace causeway::protection
