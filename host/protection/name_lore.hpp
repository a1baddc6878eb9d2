#pragma once

#include "host/base/node.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace causeway::protection {

/// What is commonly known about names: which are forms of one another, and which words are ordinary English as well. Data, in
/// config/protection/names.yaml. Without it a search still finds names as recorded, and holds more than it need.
class NameLore {
 public:
  /// Reads `names:` of a protection file: as_of, source, forms (a list of lists of names), common_words (texts of words). Names and words
  /// are written in small letters without accents.
  void add(const Node& node, Problems& problems);

  /// Other forms of a given name: kate for katherine. Without the name itself.
  std::vector<std::string_view> formsOf(std::string_view name) const;
  bool isCommonWord(std::string_view word) const { return common_.contains(std::string(word)); }

 private:
  std::vector<std::vector<std::string>> groups_;
  std::unordered_map<std::string, std::vector<std::size_t>> groups_of_;
  std::unordered_set<std::string> common_;
};

}  // namespace causeway::protection
