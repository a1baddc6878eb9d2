#pragma once

#include "host/care/sources.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace causeway::care {

/// What was said about each field, beside the case: writes the facts of one message into a record and says which value is
/// shown. One fact stands for everything that a source said alike about a field, with the latest time it did.
class Ledger {
 public:
  /// Both must outlive the ledger.
  Ledger(canonical::CaseRecord& record, const canonical::CanonicalMessage& message);

  /// The message says `value` of the field. True when that is now the value to show.
  bool say(std::string_view element, std::string_view field, std::string value);

  /// The claim whose value is shown; nothing when nothing was ever said.
  std::optional<Claim> shown(std::string_view element, std::string_view field) const;
  /// Everything that was ever said of the field, unordered.
  std::vector<Claim> all(std::string_view element, std::string_view field) const;
  /// Somebody once said this of the field, whether it is shown or not.
  bool everSaid(std::string_view element, std::string_view field, std::string_view value) const;

  /// Which of two fields of an element has the stronger claim behind it: above 0 the first, below 0 the second. Of claims that
  /// were withdrawn only when there is no other.
  int compare(std::string_view element, std::string_view first, std::string_view second) const;

  /// What still stands of what was said of a field, when its sources have taken some of it back.
  struct Standing {
    bool any_withdrawn = false;
    std::optional<Claim> shown;  ///< the strongest of those that stand
  };
  /// Marks the claims for which `withdrawn` answers true, and settles the others among themselves.
  Standing withdraw(std::string_view element, std::string_view field,
                    const std::function<bool(const Claim&)>& withdrawn);

  /// Two elements turn out to be one: what was said of `from` was said of `to`.
  void join(std::string_view from, std::string_view to);
  /// Two fixtures are shown as one hearing: what elements other than a defendant's say of `from` they say of `to`. False when
  /// they say nothing of it.
  bool referTo(std::string_view from, std::string_view to);

 private:
  std::optional<Claim> standing(std::string_view element, std::string_view field) const;
  std::vector<int> group(std::string_view element, std::string_view field) const;
  using Fields = std::set<std::pair<std::string, std::string>>;  ///< element, field
  void keepLatest(const Fields& touched);
  void reindex();
  void index(int fact);
  int best(const std::vector<int>& group, std::string_view element, std::string_view field) const;
  Claim claim(int fact) const { return claimOf(record_, record_.facts(fact)); }
  void settle(const std::vector<int>& group, int shown);

  canonical::CaseRecord& record_;
  int said_;                ///< the entry of this message in the record
  std::vector<int> heads_;  ///< hash table: head of the chain of each bucket, -1 when empty
  std::vector<int> next_;   ///< next fact of the same bucket
};

}  // namespace causeway::care
