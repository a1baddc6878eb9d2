#include "tests/support/want.hpp"
#include "tests/unit/protection/policy_support.hpp"

namespace causeway::protection {
namespace {

const char* const kBad = R"(sets:
  numbers: [case.urm]                    # want: no field 'urm' in Case; did you mean 'urn'?
grants:
  - id: one
    version: 1
    recipient: partner
    purpose: care
    types: [hearing.resulted]
    source: agreement
    sets: [numbers, nunbers]             # want: unknown set 'nunbers'; did you mean 'numbers'?
    fields:
      - case.urn
      - case.summary                     # want: is sensitive: say why the recipient needs it
      - case.parties                     # want: naming it grants nothing
      - case.hearings[0].court           # want: never one by its number
      - case.parties.addresses.lines     # want: say why the recipient needs it
      - { field: case.parties.addresses.town, becuase: letters }   # want: unknown key 'becuase' # want: needs 'because'
  - id: one                              # want: the grant id 'one' is used twice # want: is said twice
    recipient: partner
    purpose: care
    types: [hearing.resulted]
    source: agreement
    fields: [case.urn]
  - id: three                            # want: a grant needs 'source' # want: a grant needs 'purpose' # want: needs 'fields' or 'sets'
    recipient: partner
    types: [hearing.resultad, hearing.moved, case.registerd, notice.confirmed]   # want: unknown message type 'hearing.resultad'; did you mean 'hearing.resulted'? # want: 'case.registerd' # want: nobody is sent a message of type 'notice.confirmed'
    consent: { of: case.urn, types: [] } # want: must lead to people # want: needs 'types'
    undetermined_bail: { because: "" }   # want: is empty
    recorded: { of: case.urn, has: [x] } # want: must lead to a list of groups
  - id: four
    recipient: partner
    purpose: help
    types: [hearing.resulted]
    source: agreement
    fields: [case.urn]
    recorded: { of: case.plans, has: [override.decidedby] }   # want: did you mean 'decided_by'?
  - id: five
    recipient: partner
    purpose: kin
    types: [hearing.resulted]
    source: agreement
    fields: [case.urn]
    recorded: { of: case.plans }         # want: needs 'has'
)";

TEST(PolicyLoad, ReportsEveryProblemAtItsPlace) {
  const std::string text = kBad;
  Problems problems;
  const auto node = config::parseYaml(text, "bad.yaml", problems);
  ASSERT_TRUE(node.has_value()) << problems.text();
  Policy::load({*node}, problems);
  EXPECT_TRUE(support::reportsWhatIsWanted(text, problems));
}

TEST(PolicyLoad, VersionFollowsTheContent) {
  const auto one = granting("  - case.urn\n"), same = granting("  - case.urn\n"),
             other = granting("  - case.case_id\n");
  EXPECT_EQ(one.version(), same.version());
  EXPECT_NE(one.version(), other.version());
}

TEST(PolicyLoad, KnowsItsGrants) {
  const auto policy = granting("  - case.urn\n");
  EXPECT_TRUE(policy.hasGrant("partner", "hearing.resulted", "care"));
  EXPECT_FALSE(policy.hasGrant("partner", "hearing.resulted", "other"));
  EXPECT_FALSE(policy.hasGrant("partner", "hearing.listed", "care"));
  EXPECT_FALSE(policy.hasGrant("other", "hearing.resulted", "care"));
}

TEST(PolicyLoad, SetsOfOneFileServeGrantsOfAnother) {
  Problems problems;
  const auto sets = config::parseYaml("sets: { numbers: [case.urn] }", "sets.yaml", problems);
  const auto grants = config::parseYaml(
      "grants: [{ id: a, recipient: partner, purpose: care, types: hearing.resulted, source: x, sets: [numbers] }]",
      "grants.yaml", problems);
  const auto policy = Policy::load({*grants, *sets}, problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  EXPECT_EQ(policy.decide(sample(), partner(), "care", kNow).projection->case_().urn(), "01TT0000126");
}

}  // namespace
}  // namespace causeway::protection
