#pragma once

#include "host/model/field_access.hpp"

#include <vector>

namespace google::protobuf {
class Reflection;
}  // namespace google::protobuf

namespace causeway::model {

/// What is asked about a field of the canonical case whenever it is read or written: some thousand times for one document.
struct FieldFacts : FieldAccess {
  const ProtoField* field = nullptr;
  const google::protobuf::Reflection* reflection =
      nullptr;  ///< what FieldAccess does not offer: numbers, and lists as wholes
  Shape shape = Shape::String;
  bool date = false, instant = false;    ///< a text that must have this form
  std::vector<const FieldFacts*> parts;  ///< of a group: its fields
};

/// The same as asking the field's type and annotation, which look things up and check every time whether they are set up yet.
const FieldFacts& factsOf(const ProtoField& field);

/// As model::setText and model::viewOf, for whoever has the facts at hand.
Result<void> setText(ProtoMessage& parent, const FieldFacts& facts, std::string_view text);
std::string_view viewOf(const ProtoMessage& parent, const FieldFacts& facts, int index, std::string& scratch);

inline const google::protobuf::Reflection& reflectionOf(const ProtoField& field) { return *factsOf(field).reflection; }

}  // namespace causeway::model
