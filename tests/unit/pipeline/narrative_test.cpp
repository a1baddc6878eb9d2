#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

/// The adviser may have the result as the court wrote it.
class Narratives : public Pipeline {
 protected:
  static Scene scene(const std::string& rule) {
    auto out = Scene::usual();
    const std::string last = "      - case.defendants.bail.status\n";
    out.protection.replace(
        out.protection.find(last), last.size(),
        last + "      - { field: case.defendants.offences.results.text, covered_by: any_consent, because: tests }\n" +
            rule);
    return out;
  }

  DeliveryRow toldTheAdviser(const std::string& rule, const std::string& words) {
    rig.restart(scene(rule));
    registered();
    auto file = resultFile({});
    const std::string usual = "Invented words";
    file.replace(file.find(usual), usual.size(), words);
    const auto result = rig.receive("courts", file);
    rig.deliver();
    return deliveryTo("adviser", result);
  }
};

TEST_F(Narratives, HoldAMessageWhoseTextNamesSomebodyOfTheCase) {
  EXPECT_EQ(toldTheAdviser("", "Not to contact Cora or go to her school").reason, "text_names_somebody");
}

TEST_F(Narratives, GoWithoutTheNameWhereThePolicyTakesItOut) {
  const auto row = toldTheAdviser("    free_text: redact\n", "Not to contact Cora or go to her school");
  EXPECT_EQ(row.state, DeliveryState::Delivered);
}

TEST_F(Narratives, GoWithoutTheNameWhenAPersonReleasesThemSo) {
  const auto row = toldTheAdviser("", "Not to contact Cora or go to her school");
  ASSERT_EQ(rig.holds().size(), 1U);
  Ruling ruling{rig.holds()[0].hold_id, "4711", "the rest is wanted today", "uid:1000"};
  EXPECT_EQ(rig.rulings().release(ruling).error().kind, ErrorKind::Refused) << "the cause still stands";
  ruling.redact = true;
  ASSERT_TRUE(rig.rulings().release(ruling));
  rig.restart(scene(""));
  rig.deliver();
  EXPECT_EQ(rig.sender.sent("adviser").size(), 1U);
  const auto leaves = rig.audited("disclosure");
  EXPECT_TRUE(std::ranges::any_of(leaves, [&](const auto& leaf) {
    return leaf.find(row.delivery_id) != std::string::npos &&
           leaf.find("case.defendants.offences.results.text:A23") != std::string::npos;
  }));
  EXPECT_NE(rig.audited("release").at(0).find("\"redacted\":\"yes\""), std::string::npos);
}

TEST_F(Narratives, GoAsTheyAreWhereTheyNameNobody) {
  EXPECT_EQ(toldTheAdviser("", "Not to contact the complainant").state, DeliveryState::Delivered);
}

TEST_F(Narratives, NameTheDefendantFreely) {
  EXPECT_EQ(toldTheAdviser("", "Ada Marsh shall pay 250.00 by 1 July 2026").state, DeliveryState::Delivered);
}

}  // namespace
}  // namespace causeway::pipeline
