#include "host/model/codec.hpp"
#include "host/model/message_types.hpp"
#include "tests/contract/adapters/plain_document.hpp"
#include "tests/contract/adapters/workshop.hpp"

#include <google/protobuf/message.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>

namespace causeway::contract {
namespace {

const mapping::NamedValues kNamed{{"delivery.id", "0d9f4a52-0000-4000-8000-000000000001"},
                                  {"delivery.recipient", "records"},
                                  {"delivery.purpose", "witness_care"},
                                  {"delivery.sent_at", "2026-03-04T09:20:00Z"},
                                  {"delivery.made_at", "2026-03-04T09:20:00Z"},
                                  {"delivery.due_at", "2026-03-05T17:00:00Z"},
                                  {"message.id", "0197-0001"}};

/// A canonical message, and one mapping that writes it.
struct Writing {
  app::Example example;
  std::string mapping;
};

std::ostream& operator<<(std::ostream& out, const Writing& writing) {
  return out << writing.mapping << " of " << writing.example.name;
}

std::vector<Writing> writings() {
  std::vector<Writing> out;
  for (const auto& example : examples())
    for (const auto* writer : app::writersOf(Workshop::instance().library(), example))
      out.push_back({example, writer->id});
  return out;
}

class Outgoing : public testing::TestWithParam<Writing> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(model::fromJson(bytesOf(GetParam().example.file), message_));
    plan_ = workshop_.library().writePlan(GetParam().mapping);
    ASSERT_TRUE(plan_);
  }
  std::string written(const canonical::CanonicalMessage& message) const {
    const auto out = mapping::write(*plan_, message, kNamed, kDay);
    EXPECT_TRUE(out) << out.error().text();
    return out ? out->bytes : std::string();
  }

  const Workshop& workshop_ = Workshop::instance();
  canonical::CanonicalMessage message_;
  const mapping::WritePlan* plan_ = nullptr;
};

TEST_P(Outgoing, IsOfATypeThatGoesOut) {
  const auto* type = model::findMessageType(message_.type());
  EXPECT_TRUE(type && type->goes) << message_.type();
  EXPECT_EQ(plan_->message, message_.type());
}

TEST_P(Outgoing, IsWrittenAsTheFileBesideItSays) {
  const auto& library = workshop_.library();
  const auto writer = std::ranges::find(library.mappings(), GetParam().mapping, &mapping::MappingFile::id);
  const auto file = app::expectationOf(GetParam().example, *writer, library);
  const auto bytes = written(message_);
  if (accepts()) std::ofstream(file, std::ios::binary) << bytes;
  EXPECT_EQ(bytes, bytesOf(file));
  EXPECT_EQ(bytes, written(message_)) << "not the same every time";
}

TEST_P(Outgoing, AccountsForEveryField) {
  const auto out = mapping::write(*plan_, message_, kNamed, kDay);
  ASSERT_TRUE(out) << out.error().text();
  for (const auto& lost : out->lost) ADD_FAILURE() << lost << " is neither carried nor left out";
}

TEST_P(Outgoing, CanBeReadByOthers) {
  const auto plain = PlainDocument::parse(written(message_));
  ASSERT_TRUE(plain) << "not well-formed";
  EXPECT_FALSE(plain->leaves().empty());
  EXPECT_TRUE(plain->holds(kNamed.at("delivery.id")) || plain->holds(message_.case_().urn()))
      << "tells neither what it is nor of what";
}

// Names and texts with every sign that a format uses for itself arrive as they are.
TEST_P(Outgoing, KeepsEverySign) {
  constexpr std::string_view odd = "O'Zed & \"Sons\" <b>]]>\\ \xC3\xA9\xF0\x9F\x9A\x94";
  const std::function<int(google::protobuf::Message&)> mark = [&](google::protobuf::Message& group) {
    int marked = 0;
    if (group.GetDescriptor() == canonical::Name::descriptor()) {
      static_cast<canonical::Name&>(group).set_family(std::string(odd));
      return 1;
    }
    if (group.GetDescriptor() == canonical::Text::descriptor()) {
      static_cast<canonical::Text&>(group).set_text(std::string(odd));
      return 1;
    }
    const auto& reflection = *group.GetReflection();
    std::vector<const google::protobuf::FieldDescriptor*> fields;
    reflection.ListFields(group, &fields);
    for (const auto* field : fields) {
      if (!field->message_type()) continue;
      if (!field->is_repeated()) marked += mark(*reflection.MutableMessage(&group, field));
      else
        for (int i = 0; i < reflection.FieldSize(group, field); ++i)
          marked += mark(*reflection.MutableRepeatedMessage(&group, field, i));
    }
    return marked;
  };
  if (mark(message_) == 0) return;
  const auto plain = PlainDocument::parse(written(message_));
  ASSERT_TRUE(plain) << "not well-formed";
  bool carries = false;
  for (const auto& name : plan_->carried)
    carries |= name.ends_with("names.family") || name.ends_with(".text") || name.ends_with("instructions") ||
               name.ends_with("summary");
  EXPECT_TRUE(!carries || plain->holds(odd));
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Outgoing);
INSTANTIATE_TEST_SUITE_P(Examples, Outgoing, testing::ValuesIn(writings()), [](const auto& one) {
  auto name = one.param;
  name.example.name += "_by_" + name.mapping;
  return testName(name.example);
});

}  // namespace
}  // namespace causeway::contract
