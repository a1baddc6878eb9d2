#include "host/model/reflection_of.hpp"

#include "host/model/case.pb.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <vector>

namespace causeway::model {
namespace {

using google::protobuf::Reflection;

const Reflection& reflectionOfType(const ProtoType& type) {
  return *google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->GetReflection();
}

// By the number of the type in its file.
std::vector<const Reflection*> allOf(const google::protobuf::FileDescriptor& file) {
  std::vector<const Reflection*> out;
  for (int i = 0; i < file.message_type_count(); ++i) out.push_back(&reflectionOfType(*file.message_type(i)));
  return out;
}

}  // namespace

const Reflection& reflectionOf(const ProtoField& field) {
  static const google::protobuf::FileDescriptor* file = canonical::CanonicalMessage::descriptor()->file();
  static const std::vector<const Reflection*> known = allOf(*file);
  const auto& type = *field.containing_type();
  if (type.file() != file || type.containing_type()) return reflectionOfType(type);
  return *known[static_cast<size_t>(type.index())];
}

}  // namespace causeway::model
