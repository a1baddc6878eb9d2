#include "occurrence_pattern.hpp"

#include "causeway/words.hpp"

#include <algorithm>

namespace niche {
namespace {

namespace sdk = causeway::sdk;

constexpr size_t kLongest = 40;

bool isLetter(char c) { return c >= 'A' && c <= 'Z'; }

bool matches(std::string_view shape, std::string_view number) {
  return std::ranges::equal(shape, number, [](char wanted, char c) {
    switch (wanted) {
      case '9': return sdk::isDigit(c);
      case 'A': return isLetter(c);
      case '?': return sdk::isDigit(c) || isLetter(c);
      default: return wanted == c;
    }
  });
}

template <class Take>
void eachPart(std::string_view text, Take take) {
  while (!text.empty()) {
    const size_t end = text.find(',');
    auto part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    take(part);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
}

}  // namespace

std::string OccurrencePatterns::problem(std::string_view text) {
  std::string out;
  eachPart(text, [&](std::string_view part) {
    const size_t equals = part.find('=');
    const auto shape = equals == std::string_view::npos ? part : part.substr(equals + 1);
    if (shape.empty() || equals == 0 || shape.size() > kLongest)
      out =
          "setting 'occurrence_pattern' must be patterns such as 52=5226999999 (9 a digit, A a letter), separated by "
          "commas";
  });
  return out;
}

OccurrencePatterns::OccurrencePatterns(std::string_view text) {
  eachPart(text, [&](std::string_view part) {
    const size_t equals = part.find('=');
    if (equals == std::string_view::npos) patterns_.push_back({{}, std::string(part)});
    else patterns_.push_back({std::string(part.substr(0, equals)), std::string(part.substr(equals + 1))});
  });
}

bool OccurrencePatterns::fits(std::string_view force, std::string_view number) const {
  const bool named =
      std::ranges::any_of(patterns_, [&](const Pattern& pattern) { return pattern.force == force && !force.empty(); });
  bool asked = false;
  for (const auto& pattern : patterns_) {
    if (named ? pattern.force != force : !pattern.force.empty()) continue;
    asked = true;
    if (matches(pattern.shape, number)) return true;
  }
  return !asked;
}

}  // namespace niche
