#include "host/care/replaced_results.hpp"

#include "host/care/sources.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace causeway::care {
namespace {

/// When each source last said anything of an element.
using LastWords = std::map<std::string_view, std::string_view>;

/// What one sitting ordered: the hearing, and the day, since a hearing may go on for days.
std::string sittingOf(const canonical::Result& result) { return result.hearing_id() + "|" + result.ordered_on(); }

class Replacement {
 public:
  explicit Replacement(canonical::CaseRecord& record) : record_(record) {
    for (const auto& fact : record.facts()) {
      if (!fact.element().starts_with("r-")) continue;
      const auto claim = claimOf(record, fact);
      if (claim.family != "courts") continue;
      auto& last = said_[fact.element()][claim.source];
      last = std::max(last, claim.when);
      if (fact.field() == "deleted") stated_.insert(fact.element());
    }
  }

  std::vector<std::string> run() {
    for (auto& defendant : *record_.mutable_case_()->mutable_defendants()) {
      settle(*defendant.mutable_results());
      for (auto& offence : *defendant.mutable_offences()) settle(*offence.mutable_results());
    }
    return std::move(changed_);
  }

 private:
  void settle(google::protobuf::RepeatedPtrField<canonical::Result>& results) {
    std::map<std::string, LastWords> sittings;
    for (const auto& result : results)
      if (const auto said = said_.find(result.id()); said != said_.end() && !result.ordered_on().empty())
        for (const auto& [source, when] : said->second) {
          auto& last = sittings[sittingOf(result)][source];
          last = std::max(last, when);
        }
    for (auto& result : results) {
      if (stated_.contains(result.id())) continue;
      const auto said = said_.find(result.id());
      const auto sitting = sittings.find(sittingOf(result));
      const bool replaced =
          said != said_.end() && sitting != sittings.end() && std::ranges::all_of(said->second, [&](const auto& word) {
            return word.second < sitting->second.at(word.first);
          });
      if (replaced == result.deleted()) continue;
      if (replaced) result.set_deleted(true);
      else result.clear_deleted();
      changed_.push_back(result.id());
    }
  }

  canonical::CaseRecord& record_;
  std::map<std::string_view, LastWords> said_;  ///< by result
  std::set<std::string_view> stated_;           ///< results of which a court itself says whether it took them back
  std::vector<std::string> changed_;
};

}  // namespace

std::vector<std::string> replaceResults(canonical::CaseRecord& record) { return Replacement(record).run(); }

}  // namespace causeway::care
