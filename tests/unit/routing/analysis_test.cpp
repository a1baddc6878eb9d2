#include "tests/support/want.hpp"
#include "tests/unit/routing/routes_support.hpp"

#include <random>

// What is wrong between rules, and the index that finds the rules for an event.
namespace causeway::routing {
namespace {

constexpr const char* kTemplates = "templates: { a: 'Case {case.urn}.' }\n";

std::string oneRule(const std::string& id, const std::string& when, const std::string& more = {}) {
  return "- id: " + id + "\n  version: 1\n  state: live\n  source: law\n  when: { type: hearing.resulted, " + when +
         " }\n  tell:\n  - { recipient: s, type: hearing.resulted, purpose: p, subject: x" + more + " }\n";
}

std::string problemsOf(const std::string& text) {
  Problems problems;
  Routes::load({yaml(text)}, calendar(), problems);
  return problems.text();
}

TEST(RuleAnalysis, FindsTestsThatExcludeOneAnother) {
  const std::vector<std::string> never = {
      "all: [ { case.urn: a }, { case.urn: b } ]",
      "all: [ { case.urn: { in: [a, b] } }, { case.urn: { equals: c } } ]",
      "all: [ { case.urn: { in: [a, b] } }, { case.urn: { in: [c, d] } } ]",
      "all: [ { case.urn: { exists: false } }, { case.urn: { matches: x } } ]",
      "all: [ { case.defendants: { at_least: 3 } }, { case.defendants: { at_most: 2 } } ]",
      "all: [ { 'case.defendants[].offences': { exists: true } }, { 'case.defendants[].offences': { at_most: 0 } } ]",
      "case.urn: { equals: a }, none: [ { case.urn: { equals: a } } ]",
      "'case.defendants[].id': { equals: a }, none: [ { 'case.defendants[].id': { in: [a, b] } } ]",
      "all: [ { 'case.hearings[0].starts_at.date': { before: 2026-01-01 } }, { 'case.hearings[0].starts_at.date': { "
      "after: "
      "2026-01-01 } } ]",
      "all: [ { 'case.hearings[0].starts_at.date': { before: today } }, { 'case.hearings[0].starts_at.date': { after: "
      "today "
      "} } ]",
      "all: [ { 'case.hearings[0].starts_at': { changed: true } }, { 'case.hearings[0].starts_at': { changed: false } "
      "} ]"};
  for (const auto& when : never)
    EXPECT_NE(problemsOf("routes:\n" + oneRule("r", when)).find("test.yaml:2:3: the rule can never match: "),
              std::string::npos)
        << when;
}

TEST(RuleAnalysis, IsSilentAboutTestsThatCanBothHold) {
  const std::vector<std::string> possible = {
      "all: [ { 'case.defendants[].id': a }, { 'case.defendants[].id': b } ]",
      "all: [ { case.urn: { in: [a, b] } }, { case.urn: { in: [b, c] } } ]",
      "any: [ { case.urn: a }, { case.urn: b } ]",
      "case.urn: a, none: [ { case.urn: b } ]",
      "all: [ { case.defendants: { at_least: 2 } }, { case.defendants: { at_most: 2 } } ]",
      "all: [ { 'case.hearings[0].starts_at.date': { after: today } }, { 'case.hearings[0].starts_at.date': { "
      "within_working_days: 2 } } ]"};
  for (const auto& when : possible) EXPECT_EQ(problemsOf("routes:\n" + oneRule("r", when)), "") << when;
}

TEST(RuleAnalysis, FindsPeopleWhoCanNeverBeTold) {
  const std::string more = ", for_each: 'case.parties[role=victim]', each_when: { id: p-1, none: [ { id: p-1 } ] }";
  EXPECT_NE(problemsOf("routes:\n" + oneRule("r", "case.urn: a", more)).find("nobody can ever be told"),
            std::string::npos);
}

TEST(RuleAnalysis, FindsARuleThatAddsNothing) {
  const auto wide = oneRule("wide", "case.urn: { in: [a, b] }"),
             narrow = oneRule("narrow", "case.urn: a, case.defendants: { exists: true }");
  const auto found = problemsOf("routes:\n" + wide + narrow);
  EXPECT_NE(found.find("test.yaml:9:3: the rule adds nothing: 'wide' (test.yaml:2:3)"), std::string::npos) << found;
  EXPECT_EQ(problemsOf("routes:\n" + narrow + wide), "") << "the later one tells more";
  EXPECT_EQ(problemsOf("routes:\n" + wide + oneRule("narrow", "case.urn: a", ", for_each: 'case.hearings[]'")), "")
      << "about something else";
  auto shadow = wide;
  shadow.replace(shadow.find("live"), 4, "shadow");
  EXPECT_EQ(problemsOf("routes:\n" + shadow + narrow), "") << "what is not sent does not stand in for what is";
}

TEST(RuleAnalysis, FindsContradictoryTasksForOnePerson) {
  const auto asking = [](const std::string& id, const std::string& kind, const std::string& when,
                         const std::string& each = {}) {
    return "- id: " + id + "\n  version: 1\n  state: live\n  source: law\n  when: { type: hearing.resulted, " + when +
           " }\n  tell:\n  - { recipient: s, type: task.raised, purpose: p, for_each: 'case.parties[role=victim]', "
           "task: { "
           "kind: " +
           kind + ", unit: u, priority: low, instructions: a }" + each + " }\n";
  };
  const std::string head = std::string(kTemplates) + "contradictory: [ [warn, de_warn] ]\nroutes:\n";
  const auto found =
      problemsOf(head + asking("one", "warn", "case.urn: a") + asking("two", "de_warn", "controller: b"));
  EXPECT_NE(found.find("test.yaml:17:5: one person could be given 'warn' by 'one' (test.yaml:10:5) and 'de_warn'"),
            std::string::npos)
      << found;
  EXPECT_EQ(problemsOf(head + asking("one", "warn", "case.urn: a") + asking("two", "de_warn", "case.urn: b")), "");
  EXPECT_EQ(problemsOf(head + asking("one", "warn", "case.urn: a", ", each_when: { id: a }") +
                       asking("two", "de_warn", "controller: b", ", each_when: { id: b }")),
            "");
  EXPECT_NE(problemsOf("contradictory: [ warn ]\n").find("expected two kinds of task"), std::string::npos);
}

TEST(RuleAnalysis, NamesTypesThatNeedNoRule) {
  Problems problems;
  const auto routes = Routes::load({yaml("no_rule_for: [ { type: hearing.listed, because: read on a screen } ]\n")},
                                   calendar(), problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  EXPECT_TRUE(routes.noRuleFor().contains("hearing.listed"));
  EXPECT_NE(problemsOf("no_rule_for: [ { type: task.raised, because: x } ]\n").find("nobody sends us"),
            std::string::npos);
  EXPECT_NE(problemsOf("no_rule_for: [ { type: hearing.listed } ]\n").find("'no_rule_for' needs 'because'"),
            std::string::npos);
}

// The index may only leave out what cannot match: with it and by asking every rule, the same rules match.
TEST(RuleIndex, FindsExactlyTheRulesThatMatch) {
  std::mt19937 random(7);
  const auto pick = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
  std::string text = "routes:\n";
  for (int i = 0; i < 200; ++i) {
    std::string when = "case.urn: u" + std::to_string(pick(4));
    if (pick(3) == 0)
      when = "'case.defendants[].id': { in: [a" + std::to_string(pick(5)) + ", a" + std::to_string(pick(5)) + "] }";
    if (pick(3) == 0) when += ", none: [ { controller: t" + std::to_string(pick(3)) + " } ]";
    if (pick(5) == 0) when = "case.hearings: { exists: true }";
    text += oneRule("r" + std::to_string(i), when,
                    ", priority: 1, for_each: 'case.hearings[]', each_when: { id: h" + std::to_string(i) + " }");
  }
  const auto routes = routesFrom({yaml(text)});
  for (int i = 0; i < 200; ++i) {
    canonical::CanonicalMessage message;
    message.set_type("hearing.resulted");
    auto& whole = *message.mutable_case_();
    whole.set_urn("u" + std::to_string(pick(5)));
    message.set_controller("t" + std::to_string(pick(3)));
    for (int n = pick(3); n > 0; --n) whole.add_defendants()->set_id("a" + std::to_string(pick(6)));
    if (pick(2) == 0) whole.add_hearings()->set_id("h");
    std::vector<std::string> found, all;
    for (const auto& one : routes.route(message, kReceived, {.drafts = false}).trace) found.push_back(one.rule);
    for (const auto& one : routes.route(message, kReceived, {.trace = true, .drafts = false}).trace)
      if (one.matched && (all.empty() || all.back() != one.rule)) all.push_back(one.rule);
    EXPECT_EQ(found, all);
  }
}

}  // namespace
}  // namespace causeway::routing
