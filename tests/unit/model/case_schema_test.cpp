#include "host/model/case.pb.h"
#include "host/model/codec.hpp"
#include "host/model/values.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace causeway::model {
namespace {

// Every type that can stand in a canonical message or in what is kept of a case, once.
std::set<const ProtoType*> allTypes() {
  std::set<const ProtoType*> out;
  const std::function<void(const ProtoType&)> enter = [&](const ProtoType& type) {
    if (!out.insert(&type).second) return;
    for (int i = 0; i < type.field_count(); ++i)
      if (type.field(i)->message_type()) enter(*type.field(i)->message_type());
  };
  enter(*canonical::CanonicalMessage::descriptor());
  enter(*canonical::CaseRecord::descriptor());
  return out;
}

void forEveryField(const std::function<void(const ProtoField&, const canonical::FieldMeaning&)>& check) {
  for (const auto* type : allTypes())
    for (int i = 0; i < type->field_count(); ++i) {
      SCOPED_TRACE(type->field(i)->full_name());
      check(*type->field(i), type->field(i)->options().GetExtension(canonical::is));
    }
}

TEST(CaseSchema, EveryFieldSaysWhatItIs) {
  forEveryField([](const ProtoField& field, const canonical::FieldMeaning& meaning) {
    EXPECT_FALSE(meaning.label().empty());
    const bool code = shapeOf(field) == Shape::Code;
    EXPECT_TRUE(!code || !meaning.list().empty());
    EXPECT_TRUE((field.message_type() && !code) || meaning.category() != canonical::CATEGORY_UNSPECIFIED);
  });
}

TEST(CaseSchema, FreeTextIsAlwaysSensitiveAndMayLocate) {
  forEveryField([](const ProtoField& field, const canonical::FieldMeaning& meaning) {
    if (shapeOf(field) != Shape::Text && meaning.category() != canonical::NARRATIVE) return;
    EXPECT_EQ(meaning.category(), canonical::NARRATIVE);
    EXPECT_TRUE(meaning.sensitive());
    EXPECT_EQ(meaning.locates(), canonical::PROTECTED_PERSON);
  });
}

// What the fold, the codec and the projector can carry: absence is told from emptiness, and lists of numbers do not occur.
TEST(CaseSchema, EveryFieldHasAFormThatIsCarried) {
  forEveryField([](const ProtoField& field, const canonical::FieldMeaning& meaning) {
    const auto type = field.cpp_type();
    EXPECT_TRUE(field.is_repeated() || field.has_presence());
    EXPECT_TRUE(!field.is_repeated() || type == ProtoField::CPPTYPE_MESSAGE || type == ProtoField::CPPTYPE_STRING);
    EXPECT_TRUE((meaning.form() == canonical::TEXT && !meaning.refers()) || type == ProtoField::CPPTYPE_STRING);
    EXPECT_FALSE(meaning.key() && meaning.key_else());
  });
}

TEST(CaseSchema, HasEveryTypeInTheDocumentationAndTheSchema) {
  const auto page = documentation(), schema = jsonSchema();
  for (const auto* type : allTypes()) {
    EXPECT_NE(page.find("\n## " + type->name() + "\n"), std::string::npos) << type->name();
    EXPECT_NE(schema.find("\"" + type->name() + "\":{\"type\":\"object\""), std::string::npos) << type->name();
  }
}

// A paper goes by its fingerprint: no field could hold the bytes.
TEST(CaseSchema, NeverHoldsTheBytesOfADocument) {
  forEveryField(
      [](const ProtoField& field, const canonical::FieldMeaning&) { EXPECT_NE(field.type(), ProtoField::TYPE_BYTES); });
}

}  // namespace
}  // namespace causeway::model
