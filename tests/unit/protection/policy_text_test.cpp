#include "tests/unit/protection/policy_support.hpp"

namespace causeway::protection {
namespace {

const char* const kWording = "- { field: case.defendants.offences.wording, because: \"test\" }\n";

Policy withRule(const std::string& rule) {
  return granting(std::string("  ") + kWording, rule.empty() ? "" : "  free_text: " + rule + "\n");
}

// The case of policy_support.hpp, with this wording: the victim is called Lovelace and lives at 2 Quiet Lane.
canonical::CanonicalMessage saying(const std::string& wording) {
  auto message = sample();
  message.mutable_case_()->mutable_defendants(0)->mutable_offences(0)->mutable_wording()->set_text(wording);
  return message;
}

Decision decided(const Policy& policy, const canonical::CanonicalMessage& message) {
  auto out = policy.decide(message, partner(), "care", kNow);
  EXPECT_TRUE(out.projection.has_value());
  policy.screen(out, message.case_(), partner(), "care");
  return out;
}

std::string wordingOf(const Decision& decision) {
  return decision.projection ? decision.projection->case_().defendants(0).offences(0).wording().text() : "held";
}

std::string mistakesIn(const std::string& rule) {
  Problems problems;
  const std::string grant =
      "grants:\n- { id: test, recipient: partner, purpose: care, types: [hearing.resulted], source: x, fields: "
      "[case.urn] }\n";
  const auto node =
      config::parseYaml("free_text:\n  partner: " + rule + "\n" + grant + kLegal, "policy.yaml", problems);
  Policy::load({*node}, problems);
  return problems.text();
}

TEST(PolicyText, ReportsRulesThatCannotBe) {
  EXPECT_TRUE(
      mistakesIn("remove").contains("policy.yaml:2:12: free_text is hold, redact, redact_possible, or { do: pass"));
  EXPECT_TRUE(mistakesIn("pass").contains("policy.yaml:2:12: texts that pass unsearched need a reason"));
  EXPECT_TRUE(mistakesIn("{ do: pass }").contains("because"));
  EXPECT_TRUE(mistakesIn("{ do: shred, because: x }").contains("policy.yaml:2:"));
  EXPECT_EQ(mistakesIn("{ do: pass, because: they know }"), "");
  EXPECT_EQ(mistakesIn("redact_possible"), "");
  EXPECT_TRUE(mistakesIn("hold\n  stranger: hold").contains("policy.yaml:3:3: free_text names 'stranger'"));
}

TEST(PolicyText, HoldsATextThatNamesSomebodyUnlessThePolicySaysOtherwise) {
  const auto decision = decided(withRule(""), saying("harassed Ms Lovelace at 2 Quiet Lane"));
  EXPECT_EQ(holdOf(decision), "text_names_somebody");
  EXPECT_EQ(decision.hold->rule, "A23");
  EXPECT_TRUE(decision.hold->text.contains("case.defendants.offences.wording (name, address)")) << decision.hold->text;
  EXPECT_FALSE(decision.hold->text.contains("Lovelace"));
  EXPECT_EQ(wordingOf(decided(withRule(""), saying("caused harassment, alarm or distress"))),
            "caused harassment, alarm or distress");
}

TEST(PolicyText, TakesOutWhatNamesSomebodyAndSaysSo) {
  const auto decision = decided(withRule("redact"), saying("harassed Ms Lovelace at 2 Quiet Lane"));
  EXPECT_EQ(wordingOf(decision), "harassed [name removed] at [address removed]");
  EXPECT_EQ(ruleOf(decision, "case.defendants.offences.wording"), "A23");
}

TEST(PolicyText, AsksAPersonAboutWhatIsOnlyPossibleUnlessItMayBeTakenOut) {
  const auto message = saying("harassed Lovelase");
  EXPECT_EQ(holdOf(decided(withRule("redact"), message)), "text_names_somebody");
  EXPECT_EQ(wordingOf(decided(withRule("redact_possible"), message)), "harassed [name removed]");
  EXPECT_EQ(wordingOf(decided(withRule("{ do: pass, because: they know }"), message)), "harassed Lovelase");
}

TEST(PolicyText, SearchesForThePeopleOfTheWholeCase) {
  const auto policy = withRule("redact");
  auto message = saying("Ada Lovelace and Charles Babbage");
  const auto whole = message.case_();
  message.mutable_case_()->mutable_parties()->DeleteSubrange(1, 1);
  auto decision = policy.decide(message, partner(), "care", kNow);
  policy.screen(decision, whole, partner(), "care");
  EXPECT_EQ(wordingOf(decision), "[name removed] and [name removed]");
}

TEST(PolicyText, NamesThatTheRecipientGetsAnywayStay) {
  const auto policy = granting(std::string("  ") + kWording + "  - \"case.parties[role=victim].person.names.family\"\n",
                               "  free_text: redact\n");
  EXPECT_EQ(wordingOf(decided(policy, saying("hit Lovelace, seen by Mr Babbage, at 2 Quiet Lane"))),
            "hit Lovelace, seen by [name removed], at [address removed]");
}

TEST(PolicyText, TheRuleOfTheGrantGoesBeforeThatOfTheRecipient) {
  Problems problems;
  const std::string grant =
      "grants:\n- id: test\n  recipient: partner\n  purpose: care\n  types: [hearing.resulted]\n  source: agreement\n"
      "  condition: justice\n  free_text: redact\n  fields:\n  " +
      std::string(kWording);
  const auto node =
      config::parseYaml("free_text: { partner: { do: pass, because: x } }\n" + grant + kLegal, "policy.yaml", problems);
  const auto policy = Policy::load({*node}, problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  EXPECT_EQ(wordingOf(decided(policy, saying("hit Babbage"))), "hit [name removed]");
}

}  // namespace
}  // namespace causeway::protection
