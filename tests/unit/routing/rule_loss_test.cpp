#include "host/base/text.hpp"
#include "tests/unit/routing/routes_support.hpp"

// What a change of the rules takes from those whom the law says must be told, as the rules themselves show it.
namespace causeway::routing {
namespace {

using namespace std::chrono_literals;

constexpr auto kToday = std::chrono::year_month_day(2026y / 11 / 22);

struct Written {
  std::string head = "  state: live\n";
  std::string when = "type: hearing.resulted";
  std::string due = "due: { clock: outcome-told }";
  std::string more{};  ///< of the tell to the victim
  std::string id = "outcome";
  bool witnesses = true;
};

std::string tellOf(const std::string& role, const std::string& rest) {
  return "  - { recipient: s, type: task.raised, purpose: p, for_each: 'case.parties[role=" + role +
         "]', task: { kind: k, unit: u, priority: low, instructions: a }, subject: x, " + rest + " }\n";
}

std::string ruleOf(const Written& written) {
  return "- id: " + written.id + "\n  version: 1\n  source: law\n" + written.head + "  when: { " + written.when +
         " }\n  tell:\n" + tellOf("victim", written.due + written.more) +
         (written.witnesses ? tellOf("witness", "due: { working_days: 2 }") : "");
}

Routes rules(const std::vector<std::string>& all) {
  std::string text = "templates: { a: 'Case {case.urn}.' }\nroutes:\n";
  for (const auto& one : all) text += one;
  Problems problems;
  auto routes = Routes::load({yaml(text)}, calendar(), problems, shippedLimits());
  EXPECT_FALSE(problems.hasErrors()) << problems.text();
  return routes;
}

std::string lossesIn(const Routes& before, const Routes& after) {
  std::string out;
  for (const auto& loss : before.lostIn(after, kToday)) {
    out += std::string(out.empty() ? "" : ", ") + (loss.isLost() ? "LOST " : "") + std::string(nameOf(loss.why));
    if (loss.day) out += " " + formatDate(*loss.day);
    out += " at " + loss.at.text();
  }
  return out;
}

std::string lossesOf(const Written& after) { return lossesIn(rules({ruleOf({})}), rules({ruleOf(after)})); }

TEST(RuleLoss, NamesARuleThatIsGone) {
  EXPECT_EQ(lossesIn(rules({ruleOf({})}), rules({ruleOf({.id = "other", .witnesses = false})})),
            "LOST gone at test.yaml:10:5")
      << "the victims are told by another rule; the witnesses are not";
  EXPECT_EQ(lossesIn(rules({ruleOf({})}), rules({ruleOf({.when = "type: hearing.listed", .id = "other"})})),
            "LOST gone at test.yaml:9:5, LOST gone at test.yaml:10:5")
      << "another rule for other messages tells nobody the same";
}

TEST(RuleLoss, NamesOneOfTwoTellsThatIsGone) {
  EXPECT_EQ(lossesOf({.witnesses = false}), "LOST gone at test.yaml:3:3")
      << "the one that is left to others does not stand for it";
}

TEST(RuleLoss, NamesShadowEndBeginningHoldAndClock) {
  EXPECT_EQ(lossesOf({.head = "  state: shadow\n"}), "LOST shadow at test.yaml:3:3, LOST shadow at test.yaml:3:3");
  EXPECT_EQ(lossesOf({.head = "  state: live\n  valid_to: 2026-11-24\n"}),
            "LOST ends 2026-11-24 at test.yaml:3:3, LOST ends 2026-11-24 at test.yaml:3:3");
  EXPECT_EQ(lossesOf({.head = "  state: live\n  valid_from: 2026-12-01\n"}),
            "LOST starts_later 2026-12-01 at test.yaml:3:3, LOST starts_later 2026-12-01 at test.yaml:3:3");
  EXPECT_EQ(lossesOf({.more = ", hold: { because: a supervisor reads it first }"}), "LOST held at test.yaml:9:5");
  EXPECT_EQ(lossesOf({.due = "due: { working_days: 200 }"}), "LOST clock_gone at test.yaml:9:5");
  EXPECT_EQ(lossesOf({.due = "due: { clock: verdict-told }"}), "LOST clock_gone at test.yaml:9:5")
      << "another clock is another law";
}

TEST(RuleLoss, WarnsOfALongerTimeAndOfANarrowerCondition) {
  const auto two_days = rules({ruleOf({.due = "due: { working_days: 2 }", .witnesses = false})});
  const auto with = [&](Written after) {
    after.witnesses = false;
    if (after.due == Written{}.due) after.due = "due: { working_days: 2 }";
    return lossesIn(two_days, rules({ruleOf(after)}));
  };
  EXPECT_EQ(with({.due = "due: { working_days: 200 }"}), "due_later at test.yaml:9:5");
  EXPECT_EQ(with({.due = "due: at_once"}), "");
  EXPECT_EQ(with({.when = "type: hearing.resulted, case.urn: { exists: true }"}), "narrower at test.yaml:3:3");
  EXPECT_EQ(with({.more = ", each_when: { id: p-1 }"}), "narrower at test.yaml:3:3");
  EXPECT_EQ(with({.more = ", only_named: true"}), "narrower at test.yaml:3:3");
}

TEST(RuleLoss, IsSilentWhereNobodyLoses) {
  EXPECT_EQ(lossesOf({}), "");
  EXPECT_EQ(lossesOf({.more = ", priority: 70"}), "");
  const Written narrow{.when = "type: hearing.resulted, case.urn: { exists: true }"};
  EXPECT_EQ(lossesIn(rules({ruleOf(narrow)}), rules({ruleOf({})})), "") << "it asks for less than before";
  EXPECT_EQ(lossesIn(rules({ruleOf({})}), rules({ruleOf({.id = "renamed"})})), "");
  const Written optional{.head = "  state: live\n  statutory: false\n"};
  EXPECT_EQ(lossesIn(rules({ruleOf(optional)}), rules({ruleOf({.id = "other", .witnesses = false})})), "");
  const Written shadow{.head = "  state: shadow\n"};
  EXPECT_EQ(lossesIn(rules({ruleOf(shadow)}), rules({ruleOf({.id = "other", .witnesses = false})})), "");
  const Written over{.head = "  state: live\n  valid_to: 2026-11-21\n"};
  EXPECT_EQ(lossesIn(rules({ruleOf(over)}), rules({ruleOf({.id = "other", .witnesses = false})})), "");
}

TEST(RuleLoss, OneRuleMayFollowAnotherWithoutAGap) {
  const Written old{.head = "  state: live\n  valid_to: 2026-12-31\n"};
  const auto then = [&](const std::string& from) {
    return lossesIn(rules({ruleOf({})}),
                    rules({ruleOf(old), ruleOf({.head = "  state: live\n  valid_from: " + from + "\n", .id = "new"})}));
  };
  EXPECT_EQ(then("2027-01-01"), "");
  EXPECT_EQ(then("2027-01-02"), "LOST ends 2026-12-31 at test.yaml:3:3, LOST ends 2026-12-31 at test.yaml:3:3");
}

}  // namespace
}  // namespace causeway::routing
