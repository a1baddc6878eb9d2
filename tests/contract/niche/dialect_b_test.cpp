#include "tests/contract/niche/niche_support.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace causeway::niche_tests {
namespace {

using google::protobuf::Message;

// What two systems may say differently of the same story: the words they used, the names of the systems, our own numbering.
void forgetTheSender(Message& message) {
  const auto& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const auto* field : fields) {
    const std::string& name = field->name();
    if (name == "raw" || name == "source" || name == "format") {
      reflection.ClearField(&message, field);
      continue;
    }
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) forgetTheSender(*reflection.MutableMessage(&message, field));
    else
      for (int i = 0; i < reflection.FieldSize(message, field); ++i)
        forgetTheSender(*reflection.MutableRepeatedMessage(&message, field, i));
  }
}

// The stories differ in these on purpose: another force has other numbers, and only one format carries restrictions and tasks.
void forgetTheForce(canonical::CanonicalMessage& message) {
  auto& whole = *message.mutable_case_();
  whole.clear_force();
  whole.clear_identifiers();
  whole.clear_restricted_reason();
  whole.clear_restricted_to();
  whole.clear_tasks();
  message.clear_marking();
}

// Our numbers by where they first stand.
std::string renumbered(const std::string& json) {
  std::map<std::string, std::string> numbers;
  std::string out;
  size_t at = 0;
  for (size_t found; (found = json.find("\"new-", at)) != std::string::npos;) {
    const size_t end = json.find('"', found + 1) + 1;
    out += json.substr(at, found - at);
    out +=
        numbers.try_emplace(json.substr(found, end - found), "\"element " + std::to_string(numbers.size() + 1) + "\"")
            .first->second;
    at = end;
  }
  return out + json.substr(at);
}

class DialectB : public testing::Test {
 protected:
  mapping::Decoded read(const std::string& path) const { return decode(*library_, fileText(path)); }
  std::unique_ptr<mapping::Library> library_ = loadLibrary({"niche", "common"}, "52=5226999999,34=AA/9999/9999999");
};

TEST_F(DialectB, ReportsANominalWithoutAnInvolvementThatItKnows) {
  auto document = fileText("mappings/niche/examples/dialect-b.json");
  const std::string word = "\"involvements\": [{ \"role\": \"WIT\" }]";
  document.replace(document.find(word), word.size(), "\"involvements\": [{ \"role\": \"???\" }]");
  const auto decoded = decode(*library_, document);
  EXPECT_EQ(decoded.reading.unexplained.count("nominals/(no 'where' fits)"), 1U) << textOf(decoded.reading.unexplained);
}

TEST_F(DialectB, TellsTheSameStoryAsTheFirstDialect) {
  auto first = read("mappings/niche/examples/occurrence.xml"), second = read("mappings/niche/examples/dialect-b.json");
  ASSERT_FALSE(first.refused || second.refused);
  auto &a = *first.reading.messages[0], &b = *second.reading.messages[0];
  for (auto* message : {&a, &b}) {
    forgetTheForce(*message);
    forgetTheSender(*message);
  }
  EXPECT_EQ(renumbered(jsonOf(a)), renumbered(jsonOf(b)));
}

// Whatever the first dialect can say of people, the second can, and it means the same.
TEST_F(DialectB, TellsEveryNoticeLikeTheFirstDialect) {
  int notices = 0;
  const std::filesystem::path folder = "mappings/niche/examples";
  for (const auto& entry : std::filesystem::directory_iterator(CAUSEWAY_SOURCE_DIR / folder)) {
    const auto name = entry.path().stem().string();
    if (entry.path().extension() != ".xml" || name == "occurrence" || name.ends_with(".expected")) continue;
    SCOPED_TRACE(name);
    auto first = read(folder / (name + ".xml")), second = read(folder / ("dialect-b-" + name + ".json"));
    ASSERT_FALSE(first.refused || second.refused);
    auto &a = *first.reading.messages[0], &b = *second.reading.messages[0];
    EXPECT_EQ(a.type(), b.type());
    for (auto* message : {&a, &b}) {
      forgetTheForce(*message);
      forgetTheSender(*message);
    }
    EXPECT_EQ(renumbered(jsonOf(a)), renumbered(jsonOf(b)));
    ++notices;
  }
  EXPECT_GE(notices, 20);
}

TEST_F(DialectB, IsAnsweredInItsOwnWords) {
  const auto decoded = read("mappings/niche/examples/dialect-b.json");
  EXPECT_EQ(decoded.envelope.at("id"), "B-99120");
  ASSERT_EQ(decoded.reading.reply, "niche.dialect-b-receipt");
  const auto written = mapping::write(*library_->writePlan(decoded.reading.reply), canonical::CanonicalMessage(),
                                      {{"envelope.id", "B-99120"}, {"reply.outcome", "accepted"}}, kDay);
  ASSERT_TRUE(written);
  EXPECT_EQ(written->bytes, R"({"messageRef":"B-99120","result":"accepted"})");
}

}  // namespace
}  // namespace causeway::niche_tests
