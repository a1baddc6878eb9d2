#pragma once

#include "host/app/checks/examples.hpp"
#include "host/mapping/reader.hpp"
#include "host/pipeline/intake.hpp"
#include "tests/contract/adapters/exchange.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

/// The one suite that every adapter and every mapping passes. It knows no system: what it tests lies beside the mappings, in
/// `mappings/<system>/examples/` (see host/app/checks/examples.hpp) and `mappings/<system>/exchange.json` (see exchange.hpp).
namespace causeway::contract {

/// The day and hour of every test.
constexpr std::chrono::year_month_day kDay{std::chrono::year(2026), std::chrono::June, std::chrono::day(2)};
Instant now();

/// All shipped mappings with all built adapters, as one installation would load them. Loaded once.
class Workshop {
 public:
  static const Workshop& instance();

  const mapping::Library& library() const { return *rulebook_.library; }
  const pipeline::Rulebook& rulebook() const { return rulebook_; }
  /// The adapter of a system: the one that its exchange file names, else the one called as its folder; nullptr when it has none.
  pipeline::Adapter* adapterOf(const std::string& system) const;
  const Exchange& exchangeOf(const std::string& system) const;
  std::vector<std::string> systems() const;
  std::vector<const mapping::Envelope*> envelopesOf(const std::string& system) const;

  mapping::Decoded read(std::string_view document, const std::vector<std::string>& allowed = {}) const;
  /// What an installation makes of it, up to the store: the outcome and the answer to the sender.
  pipeline::Acknowledgement receive(const std::string& document, std::string_view outcome = {}) const;

 private:
  Workshop();
  void loadAdapters(mapping::Converters& converters);

  pipeline::Rulebook rulebook_;
  std::map<std::string, Exchange> exchanges_;
};

std::vector<std::filesystem::path> mappingFolders();
const std::vector<app::Example>& examples();
std::vector<app::Example> incomingExamples();
/// The name of a parameter for the report: "courts_trial_fixed". No personal value: names of files.
std::string testName(const app::Example& example);

std::string bytesOf(const std::filesystem::path& file);
/// CAUSEWAY_ACCEPT is set: what is found is written as what is expected, for a person to review like code.
bool accepts();

/// Everything that was told of a document in words: the refusal and the findings, with their paths, and the unexplained paths.
std::string wordsOf(const mapping::Decoded& decoded);
/// The messages in a form that is the same when they are the same.
std::string canonicalOf(const mapping::Decoded& decoded);

}  // namespace causeway::contract

namespace causeway::app {

/// For the report.
inline std::ostream& operator<<(std::ostream& out, const Example& example) {
  return out << example.system << "/" << example.name;
}

}  // namespace causeway::app
