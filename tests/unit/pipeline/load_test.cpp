#include "host/pipeline/rule_trial.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

// Open cases that come in on the first day: everything is known, and nobody is told.
namespace causeway::pipeline {
namespace {

class Loading : public Pipeline {
 protected:
  Acknowledgement loaded(const std::string& partner, const std::string& body) {
    Incoming incoming;
    incoming.partner = partner;
    incoming.body = body;
    incoming.loaded = true;
    auto out = rig.intake().receive(std::move(incoming));
    rig.settle();
    return out;
  }
  size_t told(const Acknowledgement& document) { return rig.deliveriesOf(document).size(); }
};

TEST_F(Loading, NobodyIsToldAndTheCaseIsKnown) {
  const auto whole = loaded("records", caseFile({}));
  const auto result = loaded("courts", resultFile({}));
  EXPECT_EQ(told(whole) + told(result), 0U);
  EXPECT_EQ(rig.stateOf(whole), "done");
  EXPECT_EQ(rig.caseOf(caseIdOf(whole)).message_ids_size(), 2);
  EXPECT_EQ(rig.audited("admission").size(), 2U);
  EXPECT_NE(rig.audited("admission")[0].find(R"("loaded":"yes")"), std::string::npos);
  rig.deliver();
  EXPECT_TRUE(rig.sender.sent().empty());
}

TEST_F(Loading, WhatComesAfterwardsTellsAsEver) {
  loaded("records", caseFile({}));
  EXPECT_EQ(told(rig.receive("courts", resultFile({}))), 2U);
}

TEST_F(Loading, WhatWaitsForItsCaseTellsNobodyWhenThatComes) {
  const auto result = loaded("courts", resultFile({}));
  EXPECT_EQ(rig.stateOf(result), "waiting");
  const auto whole = rig.receive("records", caseFile({}));
  rig.settle();
  EXPECT_EQ(told(whole), 1U);
  EXPECT_EQ(told(result), 0U);
  EXPECT_EQ(rig.stateOf(result), "done");
}

TEST_F(Loading, WhatWaitedBeforeTellsWhenItsCaseIsLoaded) {
  const auto result = rig.receive("courts", resultFile({}));
  EXPECT_EQ(told(loaded("records", caseFile({}))), 0U);
  EXPECT_EQ(told(result), 2U) << "it came on a day on which people are told";
}

TEST_F(Loading, WhatIsHeldTellsNobodyWhenItIsReleased) {
  registered();
  const auto result = loaded("courts", resultFile({.force = "53"}));
  ASSERT_EQ(rig.stateOf(result), "held");
  Scene scene = Scene::usual();
  scene.forces = {"52", "53"};
  rig.restart(scene);
  const auto ruled =
      rig.rulings().release({rig.holds().at(0).hold_id, "wco.4471", "the force is ours too", "uid:1000"});
  ASSERT_TRUE(ruled) << ruled.error().text();
  EXPECT_EQ(rig.stateOf(result), "done");
  EXPECT_EQ(told(result), 0U);
}

TEST_F(Loading, AReplayOfThePastFoldsItAndTellsNobodyOfIt) {
  loaded("records", caseFile({}));
  rig.receive("courts", resultFile({}));
  rig.settle();
  const auto trial = tryRuleChange({rig.rulebook(), rig.rulebook(), rig.store(), rig.vault(), Instant{}});
  ASSERT_TRUE(trial);
  EXPECT_EQ(trial->messages, 1);
  EXPECT_EQ(trial->skipped.at("message_loaded"), 1);
}

}  // namespace
}  // namespace causeway::pipeline
