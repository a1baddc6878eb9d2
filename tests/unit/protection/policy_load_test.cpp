#include "tests/support/want.hpp"
#include "tests/unit/protection/policy_support.hpp"

namespace causeway::protection {
namespace {

const char* const kBad = R"(legal:
  regimes:
    - { id: law_enforcement, meaning: police, source: invented }
    - { id: uk_gdpr, meaning: others }    # want: a regime needs 'source'
  purposes:
    - { id: care, meaning: to care, under: law_enforcment, source: invented }   # want: there is no regime 'law_enforcment'; did you mean 'law_enforcement'?
    - { id: care, meaning: to care, under: law_enforcement, source: invented }  # want: 'care' stands twice
    - { id: help, meaning: to help, under: law_enforcement, source: invented }
    - { id: kin, meaning: to tell, under: law_enforcement, source: invented }
  gateways:
    - { id: out, from: law_enforcement, to: uk_gdpr, purposes: [care], valid_from: 2026-01-01 }   # want: needs 'statute', the law that authorises it
    - { id: odd, from: law_enforcement, to: law_enforcement, purposes: [cares], valid_from: 2026-02-01, valid_to: 2026-01-01 }   # want: 'valid_to' is before 'valid_from' # want: there is no purpose 'cares'; did you mean 'care'?
    - { id: bare, from: law_enforcement, to: law_enforcement }   # want: a gateway needs 'purposes' # want: needs 'valid_from'
  policy_documents:
    - { id: june, title: June, valid_from: 2026-06-01 }
  conditions:
    - { id: nine, schedule_8: 9, strictly_necessary: invented, policy_document: juni }   # want: needs 'schedule_8' # want: there is no policy document 'juni'; did you mean 'june'?
    - { id: law, schedule_8: 2, strictly_necessary: invented, policy_document: june }
sets:
  numbers: [case.urm]                    # want: no field 'urm' in Case; did you mean 'urn'?
grants:
  - id: one                              # want: passes 'case.summary.text', which is sensitive: it needs 'consent', or 'condition'
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
  - id: covers                           # want: say with 'covered_by' what part of a consent covers case.parties.roles.role
    recipient: other
    purpose: care
    types: [hearing.resulted]
    source: agreement
    consent: { of: "case.parties[role=victim]", types: [victim_support], without: stop }   # want: 'without' must be withhold
    fields:
      - { field: case.parties.roles.role, because: x }
      - { field: case.urn, covered_by: case_sumary, because: x }   # want: did you mean 'case_summary'?
  - id: six
    recipient: partner
    purpose: kins                        # want: there is no purpose 'kins' in the legal part; did you mean 'kin'?
    types: [hearing.resulted]
    source: agreement
    condition: lav                       # want: there is no condition 'lav' in the legal part; did you mean 'law'?
    quality: { max_age: soon, expects: [case.urm] }   # want: must be hours or days # want: did you mean 'urn'?
    fields:
      - case.parties.person.born_on
      - { field: case.parties.person.born_on, as: age_band, because: x }     # want: granted twice in one grant
      - { field: case.urn, as: age_band, because: x }                        # want: cannot go as 'age_band'
      - { field: case.urn, as: district, because: x }                        # want: cannot go as 'district'
      - { field: case.force, as: masked, because: x }                        # want: cannot go as 'masked'
      - { field: case.case_id, as: mask, because: x }                        # want: 'as' must be age_band, district, masked or pseudonym; did you mean 'masked'?
      - { field: case.informant, as: pseudonym, keep: 3, because: x }        # want: 'keep' goes with 'as: masked'
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
  const auto sets = config::parseYaml(kLegal + "sets: { numbers: [case.urn] }", "sets.yaml", problems);
  const auto grants = config::parseYaml(
      "grants: [{ id: a, recipient: partner, purpose: care, types: hearing.resulted, source: x, sets: [numbers] }]",
      "grants.yaml", problems);
  const auto policy = Policy::load({*grants, *sets}, problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  EXPECT_EQ(policy.decide(sample(), partner(), "care", kNow).projection->case_().urn(), "01TT0000126");
}

}  // namespace
}  // namespace causeway::protection
