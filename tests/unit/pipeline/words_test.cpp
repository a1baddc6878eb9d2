#include "tests/unit/pipeline/rig_support.hpp"

// Words that a recipient may not have as they stand are no fault of the mapping: the hold says who mends what.
namespace causeway::pipeline {
namespace {

constexpr const char* kWords = R"(mapping: test.words
version: "1"
writes: json
message: case.updated
source: invented for tests
fields:
  - { from: case.urn, to: words, as: writer.words }
)";

/// A converter that will not have what it is given, and says so.
class Wordsmith final : public Adapter {
 public:
  explicit Wordsmith(std::string says) : says_(std::move(says)) {}
  const std::string& name() const override { return name_; }
  const std::string& version() const override { return name_; }
  const std::string& mappingFolder() const override { return name_; }
  std::vector<std::string> converters() const override { return {"writer.words"}; }
  Result<Fields> convert(std::string_view, const Fields&) override { return fail(ErrorKind::Invalid, says_); }
  bool identifies() const override { return false; }
  Result<std::string> identify(const Fields&) override { return std::string(); }
  Result<Fields> wrap(const Fields& fields) override { return fields; }
  Result<ReplyVerdict> classifyReply(const Fields&) override {
    return ReplyVerdict{ReplyVerdict::Outcome::Delivered, {}, {}, 0};
  }

 private:
  std::string name_ = "writer", says_;
};

class Words : public Pipeline {
 protected:
  HoldRow heldBecause(const std::string& says) {
    auto scene = Scene::usual();
    scene.mappings.emplace_back(kWords);
    auto& partner = scene.partner("prosecutor");
    partner.writes = {"test.outcome", "test.words"};
    partner.adapter = "writer";
    scene.adapters.emplace("writer", std::make_shared<Wordsmith>(says));
    rig.restart(scene);
    const auto whole = registered();
    EXPECT_EQ(deliveryTo("prosecutor", whole).state, DeliveryState::Held);
    EXPECT_EQ(rig.holds().size(), 1U);
    return rig.holds().empty() ? HoldRow{} : rig.holds().front();
  }
};

TEST_F(Words, ThatNobodyCanWriteAreAFaultOfTheMapping) {
  const auto hold = heldBecause("writer: no such kind of case");
  EXPECT_EQ(hold.reason_code, "cannot_write");
  EXPECT_NE(hold.text.find("Mend the mapping"), std::string::npos);
}

TEST_F(Words, ThatHoldATelephoneNumberAreWrittenAnewWithoutIt) {
  const auto hold = heldBecause("text_holds_contact: the free text holds a telephone number");
  EXPECT_EQ(hold.reason_code, "text_holds_contact");
  EXPECT_NE(hold.text.find("marked safe"), std::string::npos) << hold.text;
  EXPECT_EQ(hold.text.find("mapping"), std::string::npos) << "an officer mends no mapping";
}

TEST_F(Words, ThatAreTooLongAreWrittenShorter) {
  const auto hold = heldBecause("text_too_long: the free text has more than 500 characters");
  EXPECT_EQ(hold.reason_code, "text_too_long");
  EXPECT_NE(hold.text.find("shorter"), std::string::npos) << hold.text;
}

class Marking : public Pipeline {
 protected:
  std::optional<std::string> markingTo(const std::string& recipient) {
    for (const auto& one : rig.sender.sent(recipient))
      for (const auto& [name, value] : one.headers)
        if (name == "Causeway-Marking") return value;
    return std::nullopt;
  }
};

TEST_F(Marking, OfARestrictedCaseIsNotSentWhereNothingWouldSayIt) {
  auto scene = Scene::usual();
  scene.partner("adviser").marking_header = false;
  rig.restart(scene);
  registered();
  const auto result = rig.receive("courts", resultFile({.restriction = "adviser"}));
  rig.deliver();
  EXPECT_EQ(deliveryTo("adviser", result).reason, "marking_lost");
  EXPECT_TRUE(rig.sender.sent("adviser").empty());
}

TEST_F(Marking, StandsInTheHeaderWithItsValue) {
  registered();
  rig.receive("courts", resultFile({.restriction = "adviser"}));
  rig.deliver();
  EXPECT_EQ(markingTo("adviser"), "official_sensitive");
}

}  // namespace
}  // namespace causeway::pipeline
