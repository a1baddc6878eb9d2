#include "host/model/codec.hpp"
#include "host/model/message_types.hpp"
#include "tests/contract/adapters/workshop.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace causeway::contract {
namespace {

using nlohmann::json;

json asJson(const mapping::Decoded& decoded) {
  json out = json::array();
  for (const auto& message : decoded.reading.messages) out.push_back(json::parse(model::toJson(*message)));
  return out;
}

/// One document of one system.
class Incoming : public testing::TestWithParam<app::Example> {
 protected:
  const Workshop& workshop_ = Workshop::instance();
  const std::string document_ = bytesOf(GetParam().file);
  const mapping::Decoded decoded_ = workshop_.read(document_);
};

TEST_P(Incoming, IsKnownForWhatItIs) {
  ASSERT_FALSE(decoded_.refused) << decoded_.refused->text();
  ASSERT_FALSE(decoded_.reading.messages.empty());
  for (const auto& message : decoded_.reading.messages) {
    const auto* type = model::findMessageType(message->type());
    ASSERT_TRUE(type && type->comes) << message->type();
  }
  const auto& id = decoded_.reading.mapping;
  const auto file =
      std::ranges::find(workshop_.library().mappings(), id.substr(0, id.find('@')), &mapping::MappingFile::id);
  ASSERT_NE(file, workshop_.library().mappings().end());
  EXPECT_EQ(app::systemOf(*file, mappingFolders()), GetParam().system);
}

TEST_P(Incoming, BecomesWhatTheFileBesideItSays) {
  ASSERT_FALSE(decoded_.refused) << decoded_.refused->text();
  const auto file = app::expectationOf(GetParam());
  auto found = asJson(decoded_);
  if (accepts()) std::ofstream(file) << (found.size() == 1 ? found[0] : found).dump(2) << "\n";
  const auto expected = json::parse(bytesOf(file), nullptr, false);
  EXPECT_EQ(found, expected.is_array() ? expected : json::array({expected}));
}

TEST_P(Incoming, AccountsForEveryField) {
  for (const auto& [path, count] : decoded_.reading.unexplained)
    ADD_FAILURE() << path << " is neither mapped nor ignored";
  for (const auto& finding : decoded_.reading.findings)
    EXPECT_FALSE(finding.code == "bad_value" || finding.code == "missing_part") << finding.path << ": " << finding.text;
}

TEST_P(Incoming, IsTheSameEveryTimeAndAnsweredAlike) {
  const auto again = workshop_.read(document_);
  EXPECT_EQ(canonicalOf(decoded_), canonicalOf(again));
  EXPECT_EQ(decoded_.content, again.content) << "duplicates are told by it";
  EXPECT_EQ(wordsOf(decoded_), wordsOf(again));
  const auto first = workshop_.receive(document_), second = workshop_.receive(document_);
  EXPECT_EQ(first.status, second.status);
  EXPECT_EQ(first.body, second.body);
  EXPECT_EQ(first.outcome, "accepted");
}

// Where one mapping reads and writes, what it writes says the same again.
TEST_P(Incoming, SurvivesTheWayBack) {
  const auto& id = decoded_.reading.mapping;
  const auto* plan = workshop_.library().writePlan(id.substr(0, id.find('@')));
  if (!plan) return;
  for (const auto& message : decoded_.reading.messages) {
    const auto written = mapping::write(*plan, *message, {}, kDay);
    ASSERT_TRUE(written) << written.error().text();
    for (const auto& lost : written->lost) ADD_FAILURE() << lost << " is neither carried nor left out";
    const auto again = workshop_.read(written->bytes);
    ASSERT_FALSE(again.refused) << again.refused->text();
    ASSERT_EQ(again.reading.messages.size(), 1U);
    EXPECT_EQ(model::toJson(*message), model::toJson(*again.reading.messages.front()));
  }
}

INSTANTIATE_TEST_SUITE_P(Examples, Incoming, testing::ValuesIn(incomingExamples()),
                         [](const auto& one) { return testName(one.param); });

}  // namespace
}  // namespace causeway::contract
