#pragma once

#include "host/care/ledger.hpp"
#include "host/model/values.hpp"

#include <string>
#include <string_view>

namespace causeway::care {

/// Puts what a message says of one element into the element that is shown, field by field, and into the ledger. Absent fields
/// say nothing. Lists of values grow (every name, every address), except those that are one statement as a whole (the
/// conditions of bail, the lengths of a sentence). Elements with ids of their own are not entered: those are placed first.
class Merger {
 public:
  explicit Merger(Ledger& ledger) : ledger_(ledger) {}

  /// True when anything shown changed. `element` is the id in the ledger, empty for the case itself.
  bool merge(model::ProtoMessage& shown, const model::ProtoMessage& said, std::string_view element);

  /// Two elements turn out to be one: `other` goes into `kept`, each value by its claim. The ledger still holds them apart.
  void absorb(model::ProtoMessage& kept, const model::ProtoMessage& other, std::string_view kept_id,
              std::string_view other_id);
  /// Puts the lists of an element into their order once more, after claims were joined.
  void sortLists(model::ProtoMessage& shown, std::string_view element);

  /// After a reference was renamed two items may have the same key (the warnings for two hearings that are one): they become
  /// one, each value by its claim, which the ledger has joined before.
  void joinItemsOf(canonical::Case& whole);

 private:
  void joinItems(model::ProtoMessage& shown, std::string_view element);
  void joinItem(model::ProtoMessage& kept, const model::ProtoMessage& other, const std::string& path);
  void sortGroup(model::ProtoMessage& shown, const std::string& prefix);
  bool mergeGroup(model::ProtoMessage& shown, const model::ProtoMessage& said, const std::string& prefix);
  bool mergeWhole(model::ProtoMessage& shown, const model::ProtoMessage& said, const model::ProtoField& field,
                  const std::string& path);
  bool mergeUnion(model::ProtoMessage& shown, const model::ProtoMessage& said, const model::ProtoField& field,
                  const std::string& path);
  bool mergeItem(model::ProtoMessage& shown, const model::ProtoMessage& item, const model::ProtoField& field,
                 const std::string& path);
  bool sortUnion(model::ProtoMessage& shown, const model::ProtoField& field, const std::string& path);

  void absorbGroup(model::ProtoMessage& kept, const model::ProtoMessage& other, const std::string& prefix);
  void absorbUnion(model::ProtoMessage& kept, const model::ProtoMessage& other, const model::ProtoField& field,
                   const std::string& path);

  Ledger& ledger_;
  std::string_view element_;
  std::string_view other_;  ///< while absorbing: the element that goes
};

/// Every value in the group, in the order of its fields: equal texts mean equal content.
std::string flatText(const model::ProtoMessage& group);
/// Same for a field: the elements of a list one after the other.
std::string flatText(const model::ProtoMessage& parent, const model::ProtoField& field);
/// What the ledger keeps of a field that is one value: its text; of a code that is in no list, all that was sent. Empty only when
/// nothing is said, since an empty claim is that there is nothing.
std::string claimText(const model::ProtoMessage& parent, const model::ProtoField& field);
/// Copies one field, whatever its type; a list is replaced as a whole.
void copyField(model::ProtoMessage& to, const model::ProtoMessage& from, const model::ProtoField& field);
/// Upper case, single spaces: how names and addresses are compared.
std::string comparable(std::string_view text);

}  // namespace causeway::care
