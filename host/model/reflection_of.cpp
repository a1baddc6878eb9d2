#include "host/model/reflection_of.hpp"

#include "host/model/case.pb.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <utility>
#include <vector>

namespace causeway::model {
namespace {

using google::protobuf::Reflection;

const Reflection& reflectionOfType(const ProtoType& type) {
  return *google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->GetReflection();
}

// The files of the case, each with its types by their number in the file.
using Files = std::vector<std::pair<const google::protobuf::FileDescriptor*, std::vector<const Reflection*>>>;

Files filesOfTheCase() {
  Files out;
  const auto add = [&](const google::protobuf::FileDescriptor& file) {
    auto& types = out.emplace_back(&file, std::vector<const Reflection*>()).second;
    for (int i = 0; i < file.message_type_count(); ++i) types.push_back(&reflectionOfType(*file.message_type(i)));
  };
  const auto& file = *canonical::CanonicalMessage::descriptor()->file();
  add(file);
  for (int i = 0; i < file.dependency_count(); ++i) add(*file.dependency(i));
  return out;
}

}  // namespace

const Reflection& reflectionOf(const ProtoField& field) {
  static const Files files = filesOfTheCase();
  const auto& type = *field.containing_type();
  if (!type.containing_type())
    for (const auto& [file, types] : files)
      if (file == type.file()) return *types[static_cast<size_t>(type.index())];
  return reflectionOfType(type);
}

}  // namespace causeway::model
