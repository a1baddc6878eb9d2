#pragma once

#include "host/care/case_fold.hpp"
#include "host/care/ledger.hpp"
#include "host/model/marks.hpp"

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace causeway::care {

/// What a message says of the case beside its values: `complete` and `cleared`. Turns them into claims (withdrawn.hpp); of elements with
/// a number of their own, which are never taken away, a person is told.
class Marks {
 public:
  /// All must outlive it.
  Marks(Folded& out, const canonical::CanonicalMessage& message, Ledger& ledger, std::set<std::string>& changed)
      : out_(out), message_(message), ledger_(ledger), changed_(changed) {}

  /// For each hearing of a message its id there, and the fixture of each defendant; under "" the hearing that is shown.
  using Hearings = std::vector<std::pair<std::string, std::map<std::string, std::string>>>;

  /// `said` is the case of the message once its elements have our ids.
  void take(const canonical::Case& said, const Hearings& hearings);

 private:
  /// An element of the message, or a group in one; `said` is null where the message has no such group.
  struct At {
    const model::ProtoMessage* original = nullptr;  ///< as it was sent, for what a path asks of it
    const model::ProtoMessage* said = nullptr;
    std::string element;
    std::string path;  ///< below the element
  };
  using Steps = std::span<const model::FieldPath::Step>;

  void take(std::string_view path, model::Mark mark);
  std::vector<std::string> idsOf(const model::ProtoField& list, int index, const model::ProtoMessage& said) const;
  void takeWitnessList(const model::FieldPath& path);
  void walk(const At& at, Steps steps);
  void walkElements(const At& at, Steps steps);
  void apply(At at, Steps steps);
  void nothing(const At& at, const model::ProtoField& field, const std::string& path);
  void clearField(const At& at, const model::ProtoField& field);
  void takeBackList(const At& at, const model::ProtoField& list, const std::string& path);
  void findLeftOut(const At& at, const model::FieldPath::Step& step);
  void findItemsLeftOut(const At& at, const model::ProtoField& list, const std::string& path);
  bool isEarlier(const Claim& claim) const;
  void find(std::string code, std::string element, std::string text);

  Folded& out_;
  const canonical::CanonicalMessage& message_;
  Ledger& ledger_;
  std::set<std::string>& changed_;
  const Hearings* hearings_ = nullptr;
  const canonical::Case* said_ = nullptr;
  model::Mark mark_ = model::Mark::Clear;
  bool reached_ = false;  ///< the path at hand led to an element of which the message speaks
};

}  // namespace causeway::care
