#include "tests/unit/routing/routes_support.hpp"

namespace causeway::routing {
namespace {

using Lines = std::vector<std::string>;

Routed routed(const canonical::CanonicalMessage& message) {
  static const Routes routes = shippedRoutes();
  return routes.route(message, kReceived);
}

TEST(ShippedRoutes, AHearingOfTheNextWorkingDayIsToldTheSameEvening) {
  for (const char* type : {"hearing.listed", "hearing.moved"}) {
    SCOPED_TRACE(type);
    auto tomorrow = event(type), day_after = tomorrow;
    tomorrow.mutable_case_()->mutable_hearings(0)->mutable_starts_at()->set_date("2026-06-03");
    day_after.mutable_case_()->mutable_hearings(0)->mutable_starts_at()->set_date("2026-06-04");
    const auto result = routed(tomorrow);
    auto near = told(result), later = told(routed(day_after));
    std::ranges::sort(near);
    std::ranges::sort(later);
    EXPECT_EQ(near, later) << "nobody more, nobody less";
    ASSERT_EQ(result.drafts.size(), 4U);
    for (const auto& draft : result.drafts) {
      if (draft.type != "task.raised") continue;
      EXPECT_EQ(draft.due_at, kReceived + std::chrono::hours(2));
      EXPECT_EQ(taskOf(draft).priority().code(), "urgent");
    }
  }
}

TEST(ShippedRoutes, ABackgroundCheckIsAskedOfWhoeverMayAnswerAndToldToItsAsker) {
  canonical::CanonicalMessage message = event("background_check.requested");
  auto& check = *message.mutable_case_()->add_background_checks();
  check.set_id("BC-1");
  check.set_asked_by("records");
  check.mutable_purpose()->set_code("charging");
  const Lines asks{"neighbour-records background_check.asked charging"};
  EXPECT_EQ(told(routed(message)), asks);
  check.add_wanted("neighbour-records");
  EXPECT_EQ(told(routed(message)), asks);
  check.set_wanted(0, "records-north");
  EXPECT_TRUE(routed(message).drafts.empty()) << "another is wanted";
  check.clear_wanted();
  check.add_answers()->set_system("neighbour-records");
  EXPECT_TRUE(routed(message).drafts.empty()) << "it has answered";
  message.set_type("background_check.combined");
  EXPECT_EQ(told(routed(message)), Lines{"records background_check.summarised charging"});
  message.set_type("background_check.answered");
  EXPECT_TRUE(routed(message).drafts.empty()) << "in time: it waits for the others";
  check.mutable_answers(0)->set_late(true);
  EXPECT_EQ(told(routed(message)), Lines{"records background_check.summarised charging"});
  check.set_asked_by("neighbour-records");
  EXPECT_TRUE(routed(message).drafts.empty());
}

TEST(ShippedRoutes, TheTraceTellsWhyEachRuleMatchedOrNot) {
  const auto routes = shippedRoutes();
  const auto routed = routes.route(event("hearing.resulted"), kReceived, {.trace = true});
  EXPECT_TRUE(routes.route(event("hearing.resulted"), kReceived).trace.empty());
  const auto find = [&](const std::string& rule) { return std::ranges::find(routed.trace, rule, &RuleTrace::rule); };
  const auto matched = find("f03-other-outcome@1"), unmatched = find("f02-hearing-listed@3");
  ASSERT_TRUE(matched != routed.trace.end() && unmatched != routed.trace.end());
  EXPECT_TRUE(matched->matched);
  EXPECT_FALSE(unmatched->matched);
  ASSERT_FALSE(unmatched->reasons.empty());
  EXPECT_EQ(unmatched->reasons[0].test, "type equals hearing.listed");
  EXPECT_FALSE(unmatched->reasons[0].held);
}

}  // namespace
}  // namespace causeway::routing
