#pragma once

#include "host/model/case.pb.h"
#include "host/model/values.hpp"

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// What leaves when some of its people leave a case or a message: shared by both (case_split.hpp).
namespace causeway::care {

using Ids = std::set<std::string>;

/// What those who go are called and reached by, and nobody who stays, in lower case. Defendants are named in open court and not among them.
Ids valuesOfThem(const canonical::Case& whole, const Ids& leaving);

/// These ids with those of the offences, results and orders of the defendants among them.
Ids withTheirOwn(const canonical::Case& whole, const Ids& leaving);

/// Goes through what stays: takes out items that are about those who go alone, and sentences that name them.
class Sweep {
 public:
  /// `gone`: ids of everything that goes, and must outlive the sweep. `values`: what nobody may read of them. `same`: what an id is in the case.
  Sweep(const Ids& gone, Ids values, std::function<std::string(const std::string&)> same)
      : gone_(gone), values_(std::move(values)), same_(std::move(same)) {}

  /// `element`: id of what `holder` is, empty for the case.
  void run(model::ProtoMessage& holder, const std::string& element);

  /// Where the ledger keeps what was taken: element and the beginning of the field.
  const std::vector<std::pair<std::string, std::string>>& taken() const { return taken_; }

 private:
  void takeItem(model::ProtoMessage& holder, const model::ProtoField& list, int i, const std::string& element);
  bool isAboutThemAlone(const model::ProtoMessage& item) const;
  bool speaksOfThem(const model::ProtoMessage& holder, const model::ProtoField& field) const;

  const Ids& gone_;
  Ids values_;
  std::function<std::string(const std::string&)> same_;
  std::vector<std::pair<std::string, std::string>> taken_;
};

}  // namespace causeway::care
