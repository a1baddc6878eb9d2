#include "host/protection/name_lore.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

bool isPlain(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

const char* const kPlain =
    "names and words are written in small letters a to z, without accents, apostrophes or hyphens";

std::vector<std::string> wordsOf(const Node& text, Problems& problems) {
  std::vector<std::string> out;
  if (!text.isScalar()) {
    problems.error(text.at, "expected words with spaces between them");
    return out;
  }
  const auto tidy = collapse(text.scalar);
  for (const auto word : split(tidy, ' ')) {
    if (isPlain(word)) out.emplace_back(word);
    else if (!word.empty()) problems.error(text.at, "'" + std::string(word) + "': " + kPlain);
  }
  return out;
}

}  // namespace

void NameLore::add(const Node& node, Problems& problems) {
  NodeReader reader(node, "names", problems);
  reader.date("as_of");
  if (node.isMap() && !node.find("as_of"))
    problems.error(node.at, "names need 'as_of', the day to which the lists were last checked");
  reader.required("source");
  if (const Node* forms = reader.list("forms"))
    for (const auto& line : forms->items) {
      auto group = wordsOf(line, problems);
      if (group.size() == 1) problems.error(line.at, "a line of forms needs two names or more");
      for (const auto& name : group) groups_of_[name].push_back(groups_.size());
      groups_.push_back(std::move(group));
    }
  if (const Node* words = reader.list("common_words"))
    for (const auto& line : words->items)
      for (auto& word : wordsOf(line, problems)) common_.insert(std::move(word));
  reader.finish();
}

std::vector<std::string_view> NameLore::formsOf(std::string_view name) const {
  std::vector<std::string_view> out;
  const auto found = groups_of_.find(std::string(name));
  if (found == groups_of_.end()) return out;
  for (const auto group : found->second)
    for (const auto& other : groups_[group])
      if (other != name && std::ranges::find(out, other) == out.end()) out.push_back(other);
  return out;
}

}  // namespace causeway::protection
