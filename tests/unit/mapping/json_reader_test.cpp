#include "host/mapping/json_reader.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace causeway::mapping {
namespace {

class Seen : public DocumentHandler {
 public:
  void peek(NamedTexts keys) override {
    for (const auto& key : keys) peeked.push_back(std::string(key.name) + "=" + std::string(key.value));
  }
  void open(std::string_view, std::string_view, NamedTexts) override {}
  void text(std::string_view) override {}
  void close() override {}
  std::vector<std::string> peeked;
};

class SeenInOneKey final : public Seen {
 public:
  bool looksInto(std::string_view key) const override { return key == "h"; }
};

std::string object(const std::vector<std::string>& keys) {
  std::string out = "{";
  for (const auto& key : keys) out += (out.size() > 1 ? ",\"" : "\"") + key + "\":1";
  return out + "}";
}

bool reads(const std::string& document) {
  Seen seen;
  return JsonReader().read(document, Limits{}, seen).has_value();
}

// Long and short names, so many that their marks meet.
std::vector<std::string> manyKeys() {
  std::vector<std::string> out;
  for (int i = 0; i < 700; ++i) out.push_back(std::string(static_cast<size_t>(i % 23), 'k') + std::to_string(i));
  return out;
}

TEST(JsonReader, RefusesAKeyThatIsRepeatedAnywhere) {
  for (const size_t at : {0U, 1U, 349U, 699U}) {
    auto keys = manyKeys();
    keys.push_back(keys[at]);
    EXPECT_FALSE(reads(object(keys))) << at;
  }
  for (size_t size = 1; size < 30; ++size)
    EXPECT_FALSE(reads(object({"x", std::string(size, 'a'), std::string(size, 'a')})));
  EXPECT_FALSE(reads(R"({"a":[{"b":1},{"c":1,"c":2}]})"));
}

TEST(JsonReader, TakesManyKeysThatDiffer) {
  EXPECT_TRUE(reads(object(manyKeys())));
  EXPECT_TRUE(reads(R"({"a":[{"b":1},{"b":2}],"b":3,"":4})"));
}

TEST(JsonReader, ShowsTheOuterAndTheInnerKeysFirst) {
  JsonReader reader;
  for (int again = 0; again < 2; ++again) {
    Seen seen;
    ASSERT_TRUE(reader.read(R"({"a":"x","b":{"c":"y","d":{"e":"z"}},"f":{},"g":2,"h":{"":"w"}})", Limits{}, seen));
    EXPECT_EQ(seen.peeked, (std::vector<std::string>{"a=x", "b=", "b/c=y", "b/d=", "f=", "g=", "h=", "h/=w"}));
  }
}

TEST(JsonReader, ShowsInnerKeysOnlyWhereTheyAreLookedFor) {
  SeenInOneKey seen;
  ASSERT_TRUE(JsonReader().read(R"({"a":"x","b":{"c":"y"},"h":{"i":"w"}})", Limits{}, seen));
  EXPECT_EQ(seen.peeked, (std::vector<std::string>{"a=x", "b=", "h=", "h/i=w"}));
}

}  // namespace
}  // namespace causeway::mapping
