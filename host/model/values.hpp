#pragma once

#include "host/base/result.hpp"

#include <string>
#include <string_view>

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace causeway::model {

using ProtoMessage = google::protobuf::Message;
using ProtoType = google::protobuf::Descriptor;
using ProtoField = google::protobuf::FieldDescriptor;

/// How a field is written as one text: what mappings set, conditions compare and people read.
enum class Shape {
  String,      ///< as it is; dates and instants are checked for their form
  Bool,        ///< true, false
  Integer,     ///< decimal
  Code,        ///< the code in normal form
  Text,        ///< the text
  LocalTime,   ///< 2026-06-02T10:00[cp_utc], 2026-06-02[date_only]
  Term,        ///< 18 M
  Money,       ///< 250.00
  Identifier,  ///< the value in normal form
  Group,       ///< has fields of its own and no text form
};

Shape shapeOf(const ProtoField& field);

/// Text form of a singular field, or of the element `index` of a list. Empty when absent, and for groups.
std::string textOf(const ProtoMessage& parent, const ProtoField& field, int index = -1);

/// The same without a copy where the message holds the text as it is; else it is made in `scratch`. Valid until either changes.
std::string_view viewOf(const ProtoMessage& parent, const ProtoField& field, int index, std::string& scratch);

/// Present: a singular field that is set, or a list that is not empty.
bool isPresent(const ProtoMessage& parent, const ProtoField& field);

/// Sets a singular field, or appends to a list, from its text form. Invalid when the text has not the form of the shape (the
/// error names the form, never the text). Groups are Invalid.
Result<void> setText(ProtoMessage& parent, const ProtoField& field, std::string_view text);

/// "1 June 2026 10:00" and the like are not read here: converters do that. These are the strict normal forms.
bool isLocalTimeOfDay(std::string_view text);  ///< HH:MM

/// Plain-English label of a field from its annotation; its name when it has none.
std::string labelOf(const ProtoField& field);
/// Name of the code list of a Code field; empty when it has none.
std::string listOf(const ProtoField& field);

}  // namespace causeway::model
