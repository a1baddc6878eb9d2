#include "tests/support/want.hpp"
#include "tests/unit/routing/routes_support.hpp"

// What rules may ask of the day and of the past, groups of recipients, and holds.
namespace causeway::routing {
namespace {

std::string rule(const std::string& when,
                 const std::string& tell = "recipient: s, type: hearing.resulted, purpose: p") {
  return "routes:\n- id: r\n  version: 1\n  state: live\n  source: law\n  when: { type: hearing.resulted, " + when +
         " }\n  tell:\n  - { " + tell + " }\n";
}

bool matches(const std::string& when, const canonical::CanonicalMessage& message,
             const canonical::CanonicalMessage* before = nullptr) {
  const auto routes = routesFrom({yaml(rule(when))});
  const auto routed = routes.route(message, kReceived, {.before = before});
  EXPECT_EQ(routed.unanswered, "");
  return !routed.drafts.empty();
}

canonical::CanonicalMessage hearingOn(const std::string& date) {
  auto message = event("hearing.resulted");
  message.mutable_case_()->mutable_hearings(0)->mutable_starts_at()->set_date(date);
  return message;
}

const std::vector<GroupMember> kServices = {{"safe-north", {"idva"}, {"north"}, {"en", "cy"}, {}},
                                            {"safe-south", {"idva", "isva"}, {"south"}, {"en"}, {"hearing"}},
                                            {"stand-by", {"witness_service"}, {}, {}, {}}};

constexpr const char* kBad = R"(routes:
- id: r
  version: 1
  state: live
  source: law
  statutory: perhaps                                                   # want: true or false
  when:
    type: hearing.resulted
    case.urn: { before: today }                                        # want: goes with a date
    case.hearings[0].starts_at.date: { within_working_days: soon }     # want: needs a whole number
    case.hearings[0].starts_at: { changed: maybe }                     # want: 'changed' is true or false
  tell:
  - recipient: { group: { service: idvaa } }                           # want: no partner serves service 'idvaa': add it under 'serves' of a partner; did you mean 'idva'? # want: no partner is in this group
    type: hearing.resulted
    purpose: p
    for_each: "case.parties[role=victim]"
    each_when: { person: { changed: true } }                           # want: what the case was before is not known here
  - { recipient: { group: {} }, type: hearing.resulted, purpose: p }   # want: a group names what its members serve
  - { recipient: { service: idva }, type: hearing.resulted, purpose: p } # want: unknown key 'service' in a recipient # want: a recipient is a partner's id, or
  - { recipient: { group: { service: idva, need: hearing, area: north } }, type: hearing.resulted, purpose: p } # want: no partner is in this group
  - { recipient: s, type: hearing.resulted, purpose: p, due: { by: "case.hearings[0].starts_at.date" } } # want: 'by' and 'before' name a day for a clock # want: 'due' needs either clock
  - { recipient: s, type: hearing.resulted, purpose: p, due: { clock: c, before: case.urn } } # want: 'before' must lead to a date # want: no clock is named 'c'
  - { recipient: s, type: hearing.resulted, purpose: p, hold: { why: x } } # want: unknown key 'why' in 'hold' # want: 'hold' needs 'because'
)";

TEST(RulesLanguage, ReportsEveryMistakeAtItsPlace) {
  Problems problems;
  Routes::load({yaml(kBad)}, calendar(), problems, kServices);
  EXPECT_TRUE(support::reportsWhatIsWanted(kBad, problems));
}

TEST(RulesLanguage, ADayBeyondTheCalendarIsNoAnswer) {
  const auto routes = routesFrom({yaml(rule("'case.hearings[0].starts_at.date': { within_working_days: 250 }"))});
  const auto late = *parseInstant("2027-11-30T09:00:00Z");
  const int last = calendar().lastYear();
  const auto received = fromLondon({std::chrono::year(last) / 12 / 1, 9, 0, 0});
  EXPECT_EQ(routes.route(hearingOn(std::to_string(last) + "-12-30"), *received).unanswered, "r@1");
  EXPECT_EQ(routes.route(hearingOn("2027-11-01"), late).unanswered, "") << "the day is past: no calendar is needed";
}

TEST(RulesLanguage, CountsWorkingDaysFromTheDayOfReceipt) {
  // Received on Tuesday 2 June 2026.
  const std::string within = "'case.hearings[0].starts_at.date': { within_working_days: 4 }";
  EXPECT_FALSE(matches(within, hearingOn("2026-06-01")));
  EXPECT_TRUE(matches(within, hearingOn("2026-06-02")));
  EXPECT_TRUE(matches(within, hearingOn("2026-06-08"))) << "the Monday: the weekend does not count";
  EXPECT_FALSE(matches(within, hearingOn("2026-06-09")));
  EXPECT_FALSE(matches(within, hearingOn("")));
  EXPECT_TRUE(matches("none: [ { " + within + " } ]", hearingOn("2026-06-09")));
}

TEST(RulesLanguage, ComparesWithToday) {
  EXPECT_TRUE(matches("'case.hearings[0].starts_at.date': { before: today }", hearingOn("2026-06-01")));
  EXPECT_FALSE(matches("'case.hearings[0].starts_at.date': { before: today }", hearingOn("2026-06-02")));
  EXPECT_TRUE(matches("'case.hearings[0].starts_at.date': { after: today }", hearingOn("2026-06-03")));
  EXPECT_FALSE(matches("'case.hearings[0].starts_at.date': { after: today }", hearingOn("2026-06-02")));
}

TEST(RulesLanguage, TellsWhatChangedFromWhatStayed) {
  const std::string moved = "'case.hearings[0].starts_at': { changed: true }";
  const auto now = hearingOn("2026-06-09"), same = now, earlier = hearingOn("2026-06-04");
  EXPECT_TRUE(matches(moved, now, &earlier));
  EXPECT_FALSE(matches(moved, now, &same));
  EXPECT_TRUE(matches(moved, now)) << "there was none before";
  EXPECT_TRUE(matches("'case.hearings[0].starts_at': { changed: false }", now, &same));
  auto gone = now;
  gone.mutable_case_()->clear_hearings();
  EXPECT_TRUE(matches("'case.hearings[0].starts_at': { changed: true }", gone, &now)) << "gone is a change";
  auto other_court = now;
  other_court.mutable_case_()->mutable_hearings(0)->set_court_name("Elsewhere");
  EXPECT_FALSE(matches(moved, other_court, &now)) << "another field of the hearing";
  const auto routes = routesFrom({yaml(rule(moved))});
  EXPECT_TRUE(routes.looksBack("hearing.resulted"));
  EXPECT_FALSE(routes.looksBack("hearing.listed"));
}

TEST(RulesLanguage, AGroupIsToldOneByOne) {
  const auto toldBy = [](const std::string& group) {
    Problems problems;
    const auto routes =
        Routes::load({yaml(rule("case.urn: { exists: true }",
                                "recipient: { group: { " + group + " } }, type: hearing.resulted, purpose: p"))},
                     calendar(), problems, kServices);
    EXPECT_TRUE(problems.empty()) << problems.text();
    EXPECT_EQ(routes.targets().size(), routes.route(event("hearing.resulted"), kReceived).drafts.size());
    std::vector<std::string> out;
    for (const auto& draft : routes.route(event("hearing.resulted"), kReceived).drafts) out.push_back(draft.recipient);
    return out;
  };
  using Ids = std::vector<std::string>;
  EXPECT_EQ(toldBy("service: idva"), (Ids{"safe-north", "safe-south"}));
  EXPECT_EQ(toldBy("service: idva, area: south"), (Ids{"safe-south"}));
  EXPECT_EQ(toldBy("service: idva, language: cy"), (Ids{"safe-north"}));
  EXPECT_EQ(toldBy("need: hearing"), (Ids{"safe-south"}));
}

TEST(RulesLanguage, AHoldGoesWithTheDraft) {
  const auto routes = routesFrom(
      {yaml(rule("case.urn: { exists: true }",
                 "recipient: s, type: hearing.resulted, purpose: p, hold: { because: a supervisor reads it first }"))});
  EXPECT_EQ(routes.route(event("hearing.resulted"), kReceived).drafts.at(0).hold, "a supervisor reads it first");
}

TEST(RulesLanguage, AskingWhichRulesMatchMakesNoDrafts) {
  const auto routes = routesFrom({yaml(rule("case.urn: { exists: true }"))});
  const auto routed = routes.route(event("hearing.resulted"), kReceived, {.drafts = false});
  EXPECT_TRUE(routed.drafts.empty());
  ASSERT_EQ(routed.trace.size(), 1U);
  EXPECT_EQ(routed.trace[0].rule, "r@1");
}

TEST(RulesLanguage, LeavesOutTheRulesThatTwoSetsShare) {
  const auto routes = routesFrom({yaml(rule("case.urn: { exists: true }"))});
  const auto contents = routes.contents();
  EXPECT_TRUE(routes.route(event("hearing.resulted"), kReceived, {.without = &contents}).drafts.empty());
  const auto other = routesFrom({yaml(rule("case.urn: { exists: false }"))}).contents();
  EXPECT_EQ(routes.route(event("hearing.resulted"), kReceived, {.without = &other}).drafts.size(), 1U);
}

}  // namespace
}  // namespace causeway::routing
