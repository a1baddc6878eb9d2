#pragma once

#include "host/care/ledger.hpp"
#include "host/model/values.hpp"

#include <string>
#include <vector>

namespace causeway::care {

/// That a source took a list back, as the ledger says it.
struct ListMark {
  std::string list;     ///< "addresses"
  std::string hearing;  ///< only the items of this one
  Claim claim;
};

/// Takes out of the lists of one element what its sources have taken back, and keeps it aside in the record as it was.
class Pruner {
 public:
  /// `marks` are those of the element; all must outlive the pruner.
  Pruner(canonical::CaseRecord& record, Ledger& ledger, std::string element, const std::vector<ListMark>& marks)
      : record_(record), ledger_(ledger), element_(std::move(element)), marks_(marks) {}

  /// `list` is a path below the element; what is no list there is left alone.
  void prune(const std::string& list);

 private:
  using Way = std::vector<const model::ProtoField*>;
  void pruneItems(model::ProtoMessage& holder, const model::ProtoField& field, const std::string& list, const Way& way);
  void keepAside(const model::ProtoMessage& holder, const model::ProtoField& field, int at, const Way& way);
  void choose(const model::ProtoMessage& holder, const model::ProtoField& field, int at, const std::string& list);
  Ledger::Standing takenBack(const std::string& path);
  bool lessen(model::ProtoMessage& item, const std::string& path);
  bool lessenList(model::ProtoMessage& item, const model::ProtoField& field, const std::string& path);
  bool lessenField(model::ProtoMessage& item, const model::ProtoField& field, const std::string& path);

  canonical::CaseRecord& record_;
  Ledger& ledger_;
  const std::string element_;
  const std::vector<ListMark>& marks_;
  std::vector<const ListMark*> now_;  ///< those that speak of the item at hand
};

// Items of lists, whatever their type.
std::string keyAt(const model::ProtoMessage& holder, const model::ProtoField& list, int at);
void removeAt(model::ProtoMessage& holder, const model::ProtoField& list, int at);
void copyItem(model::ProtoMessage& to, const model::ProtoMessage& from, const model::ProtoField& list, int at);

}  // namespace causeway::care
