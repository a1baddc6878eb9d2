#include "person_name.hpp"

#include "causeway/words.hpp"

#include <algorithm>
#include <array>

namespace courts {
namespace {

namespace sdk = causeway::sdk;

constexpr std::array<std::string_view, 17> kTitles = {"mr",   "mrs",  "ms",   "miss", "mx", "dr", "prof", "rev", "sir",
                                                      "dame", "lady", "lord", "pc",   "dc", "ps", "ds",   "insp"};
// What stands behind the name in the texts of results for witnesses: the next prompt of the same result.
constexpr std::array<std::string_view, 16> kLabels = {"Name of witness",
                                                      "In respect of witness name",
                                                      "Witness name",
                                                      "Reasons for making",
                                                      "Name of intermediary",
                                                      "Device",
                                                      "Date of interview",
                                                      "Specified means",
                                                      "This direction does not",
                                                      "The court appoints",
                                                      "The whole of the video",
                                                      "Only the following",
                                                      "Cross examination",
                                                      "Document or item to be",
                                                      "Witness date of birth",
                                                      "Date of hearing"};
constexpr size_t kNaming = 3;  // the first ones lead to the name

std::vector<std::string> wordsOf(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space) word += c;
    else if (!word.empty()) out.push_back(std::move(word)), word.clear();
  }
  if (!word.empty()) out.push_back(std::move(word));
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

bool isTitle(const std::string& word) {
  auto plain = sdk::lowered(word);
  if (plain.ends_with('.')) plain.pop_back();
  return std::ranges::find(kTitles, plain) != kTitles.end();
}

// Several people, or something that is no name.
bool unsure(const std::vector<std::string>& words) {
  if (words.size() > 6) return true;
  return std::ranges::any_of(words, [](const std::string& word) {
    return word == "&" || sdk::lowered(word) == "and" || word.find_first_of("0123456789;/()") != std::string::npos;
  });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view edge = " \t\r\n:,.-";
  const size_t from = text.find_first_not_of(edge);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(edge) - from + 1);
}

}  // namespace

std::optional<FullName> fullNameOf(std::string_view text) {
  auto words = wordsOf(text);
  if (words.empty()) return std::nullopt;
  FullName out;
  const size_t comma = text.find(',');
  if (unsure(words) || (comma != std::string_view::npos && text.find(',', comma + 1) != std::string_view::npos)) {
    out.family = joined(words);
    out.sure = false;
    return out;
  }
  if (comma != std::string_view::npos) {
    out.family = joined(wordsOf(text.substr(0, comma)));
    words = wordsOf(text.substr(comma + 1));
    words.push_back(out.family);
  }
  if (words.size() > 1 && isTitle(words.front())) {
    out.title = words.front();
    words.erase(words.begin());
  }
  out.family = words.back();
  words.pop_back();
  out.given = std::move(words);
  return out;
}

std::string_view witnessIn(std::string_view text) {
  for (size_t label = 0; label < kNaming; ++label) {
    const size_t at = text.find(kLabels[label]);
    if (at == std::string_view::npos) continue;
    const size_t from = at + kLabels[label].size();
    size_t to = std::min(text.find('\n', from), text.size());
    for (const auto next : kLabels) to = std::min(to, text.find(next, from));
    return trimmed(text.substr(from, to - from));
  }
  return {};
}

}  // namespace courts
