#pragma once

#include "host/protection/text_search.hpp"
#include "host/protection/word_hits.hpp"

namespace causeway::protection {

/// A finding before it is merged with others; `person` is a place in PeopleIndex::people, -1 for nobody known.
struct RawFinding {
  FindingKind kind = FindingKind::Name;
  Confidence confidence = Confidence::Possible;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::int64_t person = -1;
};

void findNames(const WordHits& hits, std::vector<RawFinding>& out);
void findInitials(const WordHits& hits, std::vector<RawFinding>& out);
void findPlaces(const WordHits& hits, std::vector<RawFinding>& out);
/// Addresses by their shape, of nobody known: 14 Acacia Avenue.
void findAddressShapes(const WordHits& hits, std::vector<RawFinding>& out);
void findCodes(const WordHits& hits, std::vector<RawFinding>& out);
void findPhones(const WordHits& hits, std::vector<RawFinding>& out);
void findEmailShapes(const WordHits& hits, std::vector<RawFinding>& out);
void findNumberShapes(const WordHits& hits, std::vector<RawFinding>& out);
void findBirths(const WordHits& hits, std::vector<RawFinding>& out);

}  // namespace causeway::protection
