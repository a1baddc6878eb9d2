#pragma once

#include "host/model/values.hpp"

#include <string>
#include <string_view>

namespace causeway::care {

/// How a field of an element takes up what a message says.
enum class FieldKind {
  Apart,  ///< not merged here: own ids, elements with ids, what is derived
  Whole,  ///< one value, said and replaced as a whole
  Group,  ///< goes on into its fields
  Union,  ///< a list that every source adds to
};
FieldKind kindOf(const model::ProtoField& field);

/// Lists whose first item is the one in use (names, addresses, ways to reach): the strongest claim comes first. All others are
/// in the order of their keys, so that the order of arrival never shows.
bool isOrderedByClaim(const model::ProtoField& field);

/// 1 for an item that comes before all others whatever was said when: a real name before an alias, a home before other places.
int inUseFirst(const model::ProtoMessage& item);

/// What makes two items of a list the same one: its key fields, or its content.
std::string keyOf(const model::ProtoMessage& item);

/// A lasting id for an item that has none of its own: the name of its type and a digest of its key ("document-1f2e3d4c").
std::string idByContent(const model::ProtoMessage& item);

/// Where the ledger keeps an item of a list: "addresses[1f2e3d4c]", with a digest of the key; ids of ours stand as they are.
std::string itemPath(const std::string& list, std::string_view key);

}  // namespace causeway::care
