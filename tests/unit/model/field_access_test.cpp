#include "host/model/field_access.hpp"

#include "host/model/case.pb.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <memory>

namespace {

using namespace causeway;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

std::unique_ptr<Message> emptyOf(const google::protobuf::Descriptor& type) {
  return std::unique_ptr<Message>(MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

template <class Visit>
void eachField(Visit visit) {
  const auto& root = *canonical::CanonicalMessage::descriptor()->file();
  for (int file = -1; file < root.dependency_count(); ++file) {
    const FileDescriptor& part = file < 0 ? root : *root.dependency(file);
    for (int type = 0; type < part.message_type_count(); ++type)
      for (int field = 0;
           part.name() != "host/model/annotations.proto" && field < part.message_type(type)->field_count(); ++field)
        visit(*part.message_type(type)->field(field));
  }
}

bool isSet(const Message& message, const FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  return field.is_repeated() ? reflection.FieldSize(message, &field) == 1 : reflection.HasField(message, &field);
}

void setNumber(Message& message, const FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) reflection.SetBool(&message, &field, true);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32) reflection.SetInt32(&message, &field, 1);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT64) reflection.SetInt64(&message, &field, 1);
}

}  // namespace

// A field that stands in the files of the case in a way that the generator of the table does not read would be missing here.
TEST(FieldAccess, KnowsEveryFieldOfTheCase) {
  int fields = 0;
  eachField([&](const FieldDescriptor& field) {
    const auto* access = model::accessTo(field);
    ASSERT_NE(access, nullptr) << field.full_name();
    EXPECT_EQ(access->count(*emptyOf(*field.containing_type())), 0) << field.full_name();
    ++fields;
  });
  EXPECT_GT(fields, 700);
}

TEST(FieldAccess, SetsAndReadsTheFieldThatItIsFor) {
  eachField([](const FieldDescriptor& field) {
    const auto& access = *model::accessTo(field);
    const auto message = emptyOf(*field.containing_type());
    if (access.put) {
      access.put(*message, "said");
      EXPECT_EQ(access.text(*message, 0), "said") << field.full_name();
    } else if (access.fill) {
      EXPECT_EQ(access.fill(*message).GetDescriptor(), field.message_type()) << field.full_name();
      EXPECT_EQ(&access.change(*message, 0), &access.group(*message, 0)) << field.full_name();
    } else {
      setNumber(*message, field);
    }
    EXPECT_EQ(access.count(*message), 1) << field.full_name();
    EXPECT_TRUE(isSet(*message, field)) << field.full_name();
  });
}

TEST(FieldAccess, IsOfTheCaseAlone) {
  EXPECT_EQ(model::accessTo(*google::protobuf::FileDescriptorProto::descriptor()->field(0)), nullptr);
}
