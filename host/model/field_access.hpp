#pragma once

#include "host/model/values.hpp"

#include <string>
#include <string_view>

namespace causeway::model {

/// Reads and writes one field of the canonical case in the message that holds it, by the functions that protobuf generates for it.
/// protobuf's reflection does the same for any field of any message, but looks up each time where the field lies and how it is kept,
/// which was a quarter of the time of reading a document.
///
/// An `index` is the place in a list, and of no meaning for a single field. What does not fit the field (a text of a group) is not
/// there: nullptr.
struct FieldAccess {
  /// How many values there are: of a single field one or none.
  int (*count)(const ProtoMessage& parent) = nullptr;
  /// Of a group: an absent single one reads as an empty one.
  const ProtoMessage& (*group)(const ProtoMessage& parent, int index) = nullptr;
  /// Of a group, to be changed: a single one is made where it is absent.
  ProtoMessage& (*change)(ProtoMessage& parent, int index) = nullptr;
  /// Of a group, to be filled: a new element of a list, else the same as `change`.
  ProtoMessage& (*fill)(ProtoMessage& parent) = nullptr;
  const std::string& (*text)(const ProtoMessage& parent, int index) = nullptr;
  /// Of a text: sets a single one, adds to a list.
  void (*put)(ProtoMessage& parent, std::string_view text) = nullptr;
};

/// nullptr when the field is none of the case's.
const FieldAccess* accessTo(const ProtoField& field);

}  // namespace causeway::model
