#include "tests/support/want.hpp"
#include "tests/unit/routing/routes_support.hpp"

namespace causeway::routing {
namespace {

std::string problemsOf(const std::string& text) {
  Problems problems;
  const auto node = config::parseYaml(text, "bad.yaml", problems);
  if (node) Routes::load({*node}, calendar(), problems, shippedLimits());
  return problems.text();
}

const char* const kBad = R"(templates:
  good: "Case {case.urn}."
  named: "Ring {case.parties[0].person.names[0].family}."          # want: tells of a person # want: no rule uses the template 'named'
  told: "He said {case.summary}."                                  # want: is free text # want: no rule uses
  where: "Go to {case.parties[0].addresses[0].town}."              # want: locates somebody # want: no rule uses
  number: "ASN {case.defendants[0].asn}"                           # want: is sensitive # want: no rule uses
  bail: "Bail: {case.defendants[0].bail.status}"                   # want: may mean two opposite things # want: no rule uses
  group: "{case.hearings}"                                         # want: has fields of its own # want: no rule uses
  slip: "{case.urm} and {"                                         # want: no field 'urm' in Case; did you mean 'urn'? # want: a { without its } # want: no rule uses
routes:
  - id: a                                                          # want: a rule needs 'source'
    version: 1
    state: lve                                                     # want: unknown 'state' in a rule; did you mean 'live'?
    when: { type: hearing.resulte, case.urm: { exists: true } }    # want: unknown message type 'hearing.resulte', so this can never hold; did you mean 'hearing.resulted'? # want: no field 'urm' in Case
    tell:
      - { recipient: r, type: task.raised, purpose: "" }           # want: 'purpose' of a tell is empty # want: needs 'task'
      - { recipient: r, type: task.rased, purpose: p }             # want: unknown message type 'task.rased'; did you mean 'task.raised'?
      - { recipient: r, type: hearing.cancelled, purpose: p, log_entry: { kind: k, text: gud } } # want: 'log_entry' goes with type 'log_entry.added' # want: unknown template 'gud'; did you mean 'good'?
      - { recipient: r, type: notice.confirmed, purpose: p }       # want: no recipient takes a message of type
  - id: a                                                          # want: the rule id 'a' is used twice
    version: 1
    state: live
    source: law
    valid_from: 2026-06-02
    valid_to: 2026-06-01                                           # want: can never match: 'valid_to' comes before
    when: { all: [ { type: hearing.resulted }, { type: hearing.listed } ] }   # want: can never match: its conditions leave no message type
    not_past: case.urn                                             # want: must lead to a date
    tell:
      - recipient: r
        type: task.raised
        purpose: p
        for_each: [case.urn]                                       # want: must lead to a list
        only_named: true                                           # want: 'only_named' needs 'for_each' over people
        only_theirs: true                                          # want: 'only_theirs' needs 'for_each' over people
        task: { kind: k, unit: u, priority: highest, instructions: good }   # want: unknown 'priority'
        due: { enhanced: 5, standard: 1 }                          # want: enhanced the shorter
        priority: 101                                              # want: from 0 to 100
  - id: c                                                          # want: a rule needs 'tell' # want: a rule needs 'version'
    state: live
    source: law
    when: { case.urn: { exists: true } }                           # want: must say which messages
  - id: d
    version: 1
    state: live
    source: law
    when: { type: task.raised }                                    # want: nothing sends us a message of type 'task.raised'
    tel: []                                                        # want: unknown key 'tel' in a rule; did you mean 'tell'?
    tell:
      - { recipient: r, type: hearing.resulted, purpose: p, due: tomorrow }   # want: 'due' is at_once
      - { recipient: r, type: hearing.resulted, purpose: p, due: { clock: outcom-told } }   # want: no clock is named 'outcom-told'; did you mean 'outcome-told'?
      - { recipient: r, type: hearing.resulted, purpose: p, due: { clock: outcome-told } }   # want: runs by the rights of a person
      - { recipient: r, type: hearing.resulted, purpose: p, due: { clock: verdict-told, working_days: 1 } }   # want: 'due' needs either clock
      - { recipient: r, type: hearing.resulted, purpose: p, for_each: [case.hearings], due: { enhanced: 1, standard: 5 } }  # want: 'due' needs 'for_each' over people
      - { recipient: r, type: hearing.resulted, purpose: p, each_when: { id: p-1 } }  # want: 'each_when' needs 'for_each'
      - { recipient: r, type: hearing.resulted, purpose: p, each_of: { list: referrals } }  # want: 'each_of' needs 'for_each'
      - { recipient: r, type: hearing.resulted, purpose: p, for_each: "case.parties[role=victim]", each_of: { list: refferals } }  # want: 'refferals' is no list of elements with numbers, such as referrals of a party; did you mean 'referrals'?
      - { recipient: r, type: hearing.resulted, purpose: p, for_each: "case.parties[role=victim]", each_of: { list: referrals, when: { servis: idva } } }  # want: no field 'servis' in Referral
)";

TEST(RoutesLoad, ReportsEveryProblemAtItsPlace) {
  Problems problems;
  const auto node = config::parseYaml(kBad, "bad.yaml", problems);
  ASSERT_TRUE(node.has_value()) << problems.text();
  Routes::load({*node}, calendar(), problems, shippedLimits());
  EXPECT_TRUE(support::reportsWhatIsWanted(kBad, problems));
}

TEST(RoutesLoad, ARuleThatExcludesItsOwnTypesCanNeverMatch) {
  const auto rule = [](const std::string& when) {
    return problemsOf("routes: [{ id: a, version: 1, state: live, source: law, when: " + when +
                      ", tell: [{ recipient: r, type: hearing.resulted, purpose: p }] }]");
  };
  EXPECT_NE(rule("{ type: hearing.resulted, none: [ { type: hearing.resulted } ] }").find("can never match"),
            std::string::npos);
  EXPECT_NE(rule("{ type: hearing.resulted, any: [ { type: hearing.listed }, { type: bail.changed } ] }")
                .find("can never match"),
            std::string::npos);
  EXPECT_EQ(rule("{ type: hearing.resulted, any: [ { type: hearing.listed }, { case.urn: { exists: true } } ] }"), "");
  EXPECT_EQ(rule("{ type: { in: [hearing.resulted, hearing.listed] }, none: [ { type: hearing.listed } ] }"), "");
}

TEST(RoutesLoad, VersionFollowsTheContent) {
  const auto file = [](const std::string& source) {
    return yaml("routes: [{ id: a, version: 1, state: live, source: " + source +
                ", when: { type: hearing.resulted }, tell: [{ recipient: r, type: hearing.resulted, purpose: p }] }]");
  };
  EXPECT_EQ(routesFrom({file("law")}).version(), routesFrom({file("law")}).version());
  EXPECT_NE(routesFrom({file("law")}).version(), routesFrom({file("code")}).version());
}

TEST(RoutesLoad, TargetsNameEverythingThatCanBeSent) {
  const auto routes = telling("  - { recipient: cps, type: hearing.resulted, purpose: care }\n");
  const auto targets = routes.targets();
  ASSERT_EQ(targets.size(), 3U);
  EXPECT_EQ(targets[0].recipient + " " + targets[0].type + " " + targets[0].purpose, "cps hearing.resulted care");
  EXPECT_EQ(targets[0].at.line, 9);
}

}  // namespace
}  // namespace causeway::routing
