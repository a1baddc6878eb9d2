#include "host/model/codec.hpp"

#include "host/model/case.pb.h"

#include <google/protobuf/util/json_util.h>

#include <vector>

namespace causeway::model {
namespace {

std::string categoryName(const canonical::FieldMeaning& meaning) {
  std::string name = canonical::Category_Name(meaning.category());
  for (char& c : name) c = c == '_' ? ' ' : static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return meaning.category() == canonical::CATEGORY_UNSPECIFIED ? "" : name;
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

std::string valueSchema(const ProtoField& field) {
  const auto& meaning = field.options().GetExtension(canonical::is);
  switch (shapeOf(field)) {
    case Shape::Bool: return R"("type":"boolean")";
    case Shape::Integer:
      return field.cpp_type() == ProtoField::CPPTYPE_INT64 ? R"("type":["integer","string"])" : R"("type":"integer")";
    case Shape::String:
      if (meaning.form() == canonical::DATE) return R"("type":"string","format":"date")";
      if (meaning.form() == canonical::INSTANT) return R"("type":"string","format":"date-time")";
      return R"("type":"string")";
    default: return R"("$ref":"#/$defs/)" + field.message_type()->name() + "\"";
  }
}

std::string fieldSchema(const ProtoField& field) {
  const auto& meaning = field.options().GetExtension(canonical::is);
  std::string out = quoted(field.name()) + ":{" + R"("title":)" + quoted(labelOf(field));
  if (!meaning.list().empty()) out += R"(,"x-list":)" + quoted(meaning.list());
  if (const auto category = categoryName(meaning); !category.empty()) out += R"(,"x-category":)" + quoted(category);
  if (meaning.sensitive()) out += R"(,"x-sensitive":true)";
  out += field.is_repeated() ? R"(,"type":"array","items":{)" + valueSchema(field) + "}" : "," + valueSchema(field);
  return out + "}";
}

void addTypes(const google::protobuf::FileDescriptor& file, std::vector<const ProtoType*>& out) {
  for (int i = 0; i < file.message_type_count(); ++i) out.push_back(file.message_type(i));
}

// Every type that the canonical message is made of: those of its own file, then file by file as it imports them.
std::vector<const ProtoType*> types() {
  std::vector<const ProtoType*> out;
  const auto& file = *canonical::CanonicalMessage::descriptor()->file();
  addTypes(file, out);
  const auto* meanings = canonical::FieldMeaning::descriptor()->file();
  for (int i = 0; i < file.dependency_count(); ++i)
    if (file.dependency(i) != meanings) addTypes(*file.dependency(i), out);
  return out;
}

std::string row(const ProtoField& field) {
  const auto& meaning = field.options().GetExtension(canonical::is);
  std::string type = field.message_type() ? field.message_type()->name() : field.cpp_type_name();
  if (meaning.form() == canonical::DATE) type = "date";
  if (meaning.form() == canonical::INSTANT) type = "instant";
  std::string marks = meaning.sensitive() ? "sensitive" : "";
  if (meaning.locates() == canonical::PROTECTED_PERSON)
    marks += marks.empty() ? "locates a protected person" : ", locates a protected person";
  if (meaning.locates() == canonical::OFFENDER)
    marks += marks.empty() ? "locates the offender" : ", locates the offender";
  return "| `" + field.name() + "` | " + type + (field.is_repeated() ? " *" : "") + " | " + labelOf(field) + " | " +
         categoryName(meaning) + " | " + marks + " | " + meaning.list() + " | " + meaning.statute() + " |\n";
}

}  // namespace

std::string toJson(const ProtoMessage& message, bool pretty) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.add_whitespace = pretty;
  std::string out;
  // Fails only for types that the case does not use (Any, bad timestamps).
  if (!google::protobuf::util::MessageToJsonString(message, &out, options).ok()) return "{}";
  return out;
}

Result<void> fromJson(std::string_view json, ProtoMessage& message) {
  const auto status = google::protobuf::util::JsonStringToMessage({json.data(), json.size()}, &message);
  if (!status.ok()) return fail(ErrorKind::Invalid, "not the JSON of a " + message.GetDescriptor()->name());
  return {};
}

std::string jsonSchema() {
  std::string out =
      R"({"$schema":"https://json-schema.org/draft/2020-12/schema","title":"Causeway canonical message","$ref":"#/$defs/CanonicalMessage","$defs":{)";
  bool first_type = true;
  for (const auto* type : types()) {
    out += (first_type ? "" : ",") + quoted(type->name()) +
           R"(:{"type":"object","additionalProperties":false,"properties":{)";
    first_type = false;
    for (int i = 0; i < type->field_count(); ++i) out += (i > 0 ? "," : "") + fieldSchema(*type->field(i));
    out += "}}";
  }
  return out + "}}";
}

std::string documentation() {
  std::string out =
      "# The canonical case\n\nGenerated from `host/model/*.proto`: `causeway model`. A list is marked `*`. Every "
      "field is optional: absent means "
      "\"not said\".\n";
  for (const auto* type : types()) {
    out +=
        "\n## " + type->name() +
        "\n\n| field | type | meaning | category | protection | code list | statute |\n|---|---|---|---|---|---|---|\n";
    for (int i = 0; i < type->field_count(); ++i) out += row(*type->field(i));
  }
  return out;
}

}  // namespace causeway::model
