#include "host/app/checks/code_checks.hpp"

#include "host/base/text.hpp"
#include "host/model/field_path.hpp"
#include "host/model/values.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace causeway::app {
namespace {

using Words = std::set<std::string, std::less<>>;

/// Every word that a mapping writes: it may set a code itself, without a table.
void addWords(const Node& node, Words& to) {
  if (node.isScalar()) to.insert(node.scalar);
  for (const auto& item : node.items) addWords(item, to);
  for (const auto& entry : node.entries) addWords(entry.value, to);
}

class Codes {
 public:
  Codes(const config::Configuration& configuration, const mapping::Library& library) {
    for (const auto& [name, table] : library.tables())
      for (auto& value : table.values()) known_[table.list()].insert(std::move(value));
    for (const auto& file : configuration.mappings) addWords(file.node, written_);
  }

  void check(const Node& node, Problems& problems) const {
    for (const auto& item : node.items) check(item, problems);
    for (const auto& entry : node.entries) {
      if (const auto list = listOf(entry.key)) checkTest(*list, entry.value, problems);
      check(entry.value, problems);
    }
  }

 private:
  /// The code list of the field to which a key leads, from the message or from a person.
  static std::optional<std::string> listOf(std::string_view key) {
    if (key.find_first_of(".[") == std::string_view::npos) return std::nullopt;
    for (const auto* root : {canonical::CanonicalMessage::descriptor(), canonical::Party::descriptor()}) {
      const auto path = model::FieldPath::parse(key, *root);
      if (!path || path->empty()) continue;
      if (auto list = model::listOf(path->leaf()); !list.empty()) return list;
    }
    return std::nullopt;
  }

  void checkTest(const std::string& list, const Node& test, Problems& problems) const {
    if (test.isScalar()) return checkCode(list, test, problems);
    for (const auto& entry : test.entries) {
      if (entry.key != "equals" && entry.key != "in" && entry.key != "not_equals") continue;
      checkCode(list, entry.value, problems);
      for (const auto& item : entry.value.items) checkCode(list, item, problems);
    }
  }

  void checkCode(const std::string& list, const Node& code, Problems& problems) const {
    const auto known = known_.find(list);
    if (!code.isScalar() || known == known_.end() || known->second.contains(code.scalar) ||
        written_.contains(code.scalar))
      return;
    const std::vector<std::string> words(known->second.begin(), known->second.end());
    if (const auto slip = nearest(code.scalar, words); !slip.empty())
      problems.error(code.at, "no code table of '" + list + "' gives '" + code.scalar +
                                  "', so nothing is ever equal to it" + didYouMean(code.scalar, words));
  }

  std::map<std::string, Words> known_;  ///< by code list
  Words written_;
};

}  // namespace

void checkCodes(const std::vector<Node>& files, const config::Configuration& configuration,
                const pipeline::Rulebook& rulebook, Problems& problems) {
  if (!rulebook.library) return;
  const Codes codes(configuration, *rulebook.library);
  for (const auto& file : files) codes.check(file, problems);
}

}  // namespace causeway::app
