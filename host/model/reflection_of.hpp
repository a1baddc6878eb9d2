#pragma once

#include "host/model/values.hpp"

namespace google::protobuf {
class Reflection;
}  // namespace google::protobuf

namespace causeway::model {

/// What is asked about a field of the canonical case whenever it is read or written: some thousand times for one document.
struct FieldFacts {
  const google::protobuf::Reflection* access = nullptr;  ///< reads and writes it in the message that holds it
  Shape shape = Shape::String;
  bool date = false, instant = false;  ///< a text that must have this form
};

/// The same as asking the field's type and annotation, which look things up and check every time whether they are set up yet.
FieldFacts factsOf(const ProtoField& field);

inline const google::protobuf::Reflection& reflectionOf(const ProtoField& field) { return *factsOf(field).access; }

}  // namespace causeway::model
