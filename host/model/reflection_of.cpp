#include "host/model/reflection_of.hpp"

#include "host/model/case.pb.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <array>
#include <utility>
#include <vector>

namespace causeway::model {
namespace {

Shape findShape(const ProtoField& field) {
  switch (field.cpp_type()) {
    case ProtoField::CPPTYPE_BOOL: return Shape::Bool;
    case ProtoField::CPPTYPE_INT32:
    case ProtoField::CPPTYPE_INT64: return Shape::Integer;
    case ProtoField::CPPTYPE_MESSAGE: break;
    default: return Shape::String;
  }
  const std::array<std::pair<const ProtoType*, Shape>, 6> shapes = {
      {{canonical::Code::descriptor(), Shape::Code},
       {canonical::Text::descriptor(), Shape::Text},
       {canonical::LocalTime::descriptor(), Shape::LocalTime},
       {canonical::Term::descriptor(), Shape::Term},
       {canonical::Money::descriptor(), Shape::Money},
       {canonical::Identifier::descriptor(), Shape::Identifier}}};
  for (const auto& [type, shape] : shapes)
    if (type == field.message_type()) return shape;
  return Shape::Group;
}

FieldFacts findFacts(const ProtoField& field) {
  FieldFacts out;
  out.access =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(field.containing_type())->GetReflection();
  out.shape = findShape(field);
  const canonical::Form form = field.options().GetExtension(canonical::is).form();
  out.date = form == canonical::DATE;
  out.instant = form == canonical::INSTANT;
  return out;
}

// Of one file of the case: by the number of the type in it and of the field in its type.
struct FileFacts {
  const google::protobuf::FileDescriptor* file = nullptr;
  std::vector<std::vector<FieldFacts>> types;
};

std::vector<FileFacts> factsOfTheCase() {
  std::vector<FileFacts> out;
  const auto add = [&](const google::protobuf::FileDescriptor& file) {
    auto& known = out.emplace_back();
    known.file = &file;
    for (int i = 0; i < file.message_type_count(); ++i) {
      auto& fields = known.types.emplace_back();
      const auto& type = *file.message_type(i);
      for (int at = 0; at < type.field_count(); ++at) fields.push_back(findFacts(*type.field(at)));
    }
  };
  const auto& file = *canonical::CanonicalMessage::descriptor()->file();
  add(file);
  for (int i = 0; i < file.dependency_count(); ++i) add(*file.dependency(i));
  return out;
}

}  // namespace

FieldFacts factsOf(const ProtoField& field) {
  static const std::vector<FileFacts> files = factsOfTheCase();
  const auto& type = *field.containing_type();
  if (!type.containing_type())
    for (const auto& known : files)
      if (known.file == type.file())
        return known.types[static_cast<size_t>(type.index())][static_cast<size_t>(field.index())];
  return findFacts(field);
}

}  // namespace causeway::model
