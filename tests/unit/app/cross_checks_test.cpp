#include "host/app/checks/cross_checks.hpp"

#include "host/app/checks/code_checks.hpp"
#include "host/base/text.hpp"
#include "host/config/yaml.hpp"
#include "tests/support/want.hpp"

// The data-protection lint: each configuration here is wrong in a known place.
namespace causeway::app {
namespace {

const std::string kLegal = R"(legal:
  regimes:
    - { id: law_enforcement, meaning: police, source: invented }
    - { id: uk_gdpr, meaning: others, source: invented }
  purposes:
    - { id: care, meaning: to care, under: law_enforcement, source: invented }
    - { id: study, meaning: to count, under: law_enforcement, source: invented }
  gateways:
    - { id: out, from: law_enforcement, to: uk_gdpr, purposes: [care], statute: invented, valid_from: 2026-01-01, valid_to: 2026-06-30 }
  policy_documents: [{ id: paper, title: invented, valid_from: 2026-01-01, valid_to: 2026-05-31 }]
  conditions: [{ id: justice, schedule_8: 2, strictly_necessary: invented, policy_document: paper }]
)";

const std::string kRoutesHead = R"(routes:
  - id: told
    version: 1
    state: live
    what: services hear of a case
    source: invented
    when: { type: case.registered }
    tell:
)";

/// A configuration of one partner, put together from texts.
class Lint : public testing::Test {
 protected:
  Lint() {
    partner.id = "charity";
    partner.regime = "uk_gdpr";
    partner.agreement.reference = "A-1";
    partner.agreement.starts = *parseDate("2026-01-01");
    partner.agreement.expires = *parseDate("2026-06-30");
    partner.agreement.types = {"case.updated"};
    partner.purposes = {"care"};
  }

  static Node node(const std::string& text, const std::string& name, Problems& problems) {
    auto out = config::parseYaml(text, name, problems);
    return out ? *std::move(out) : Node();
  }

  static std::string grant(const std::string& purpose, const std::string& field = "case.urn") {
    return "  - { id: g-" + purpose + ", recipient: charity, purpose: " + purpose +
           ", types: [case.updated], source: invented, condition: justice, fields: [" + field + "] }";
  }

  void load(Problems& problems) {
    rulebook.library = mapping::Library::load({}, {}, problems);
    rulebook.routes =
        std::make_unique<routing::Routes>(routing::Routes::load({node(routes, "routes.yaml", problems)}, {}, problems));
    rulebook.policy = std::make_unique<protection::Policy>(
        protection::Policy::load({node(protection, "protection.yaml", problems)}, problems));
    ASSERT_FALSE(problems.hasErrors()) << problems.text();
    pipeline::Partner known;
    known.id = partner.id;
    known.regime = partner.regime;
    known.may_send = partner.may_send;
    known.agreement = {partner.agreement.reference, partner.agreement.starts, partner.agreement.expires,
                       partner.purposes, partner.agreement.types};
    rulebook.partners = {known};
    configuration.partners = {partner};
  }

  /// What is found once everything is loaded; the lines that want something are those of `which`.
  std::string linted(const char* today) {
    Problems loading, problems;
    load(loading);
    lint(configuration, rulebook, *parseDate(today), problems);
    return problems.text();
  }
  Problems checked() {
    Problems loading, problems;
    load(loading);
    checkAsOneWhole(configuration, rulebook, {partner.adapter}, problems);
    return problems;
  }

  std::string routes = kRoutesHead + "      - { recipient: charity, type: case.updated, purpose: care }\n";
  std::string protection = kLegal + "grants:\n" + grant("care") + "\n";
  config::Partner partner;
  config::Configuration configuration;
  pipeline::Rulebook rulebook;
};

TEST_F(Lint, FindsNothingWhereNothingIsWrong) {
  EXPECT_EQ(linted("2026-05-31"), "");
  EXPECT_EQ(checked().text(), "");
}

TEST_F(Lint, ARouteMustHaveAllThatTheLawAsksFor) {
  partner.purposes = {"study"};
  partner.agreement.types = {"referral.sent"};
  routes =
      kRoutesHead +
      "      - { recipient: charity, type: case.updated, purpose: care }   # want: for purpose 'care', which its "
      "agreement does not cover # want: with 'case.updated', which its agreement does not cover\n"
      "      - { recipient: charity, type: case.updated, purpose: study }  # want: no gateway in law leads from "
      "'law_enforcement' to 'uk_gdpr' # want: with 'case.updated', which its agreement does not cover # want: that no "
      "policy grants any field to\n"
      "      - { recipient: charity, type: case.updated, purpose: cure }   # want: which the legal part does not "
      "declare; did you mean 'care'? # want: for purpose 'cure', which its agreement does not cover # want: with "
      "'case.updated' # want: that no policy grants\n"
      "      - { recipient: nobody, type: case.updated, purpose: care }    # want: which no partner file describes\n";
  EXPECT_TRUE(support::reportsWhatIsWanted(routes, checked()));
}

TEST_F(Lint, ARegimeMustBeDeclared) {
  partner.regime = "uk_gdrp";
  EXPECT_NE(checked().text().find("there is no regime 'uk_gdrp' in the legal part; did you mean 'uk_gdpr'?"),
            std::string::npos);
}

TEST_F(Lint, AClockMustBeStartedByARule) {
  Problems problems;
  const std::string text =
      "clocks:\n"
      "  - { id: idle, right: '8', what: nothing, team: t, settled: true, escalate: [ { at: due, tell: t } ],"
      " versions: [ { valid_from: 2021-04-01, source: law, due: at_once } ] }   # want: no rule starts the clock "
      "'idle'\n";
  rulebook.clocks = std::make_shared<const care::ClockBook>(
      care::ClockBook::load({node(text, "clocks.yaml", problems)}, {}, problems));
  ASSERT_TRUE(problems.empty()) << problems.text();
  EXPECT_TRUE(support::reportsWhatIsWanted(text, checked()));
}

TEST_F(Lint, AnAgreementMustHoldToday) {
  EXPECT_NE(linted("2025-12-31").find("starts only on 2026-01-01"), std::string::npos);
  EXPECT_NE(linted("2026-07-01").find("ended on 2026-06-30"), std::string::npos);
}

TEST_F(Lint, AnAgreementThatEndsSoonIsAWarningWhileItStillHolds) {
  const auto warns = [&](const char* today) { return linted(today).find("ends on 2026-06-30: renew it"); };
  EXPECT_EQ(warns("2026-05-31"), std::string::npos);
  EXPECT_NE(warns("2026-06-01"), std::string::npos);
  EXPECT_NE(warns("2026-06-30"), std::string::npos);
  EXPECT_EQ(warns("2026-07-01"), std::string::npos);
}

TEST_F(Lint, AGatewayMustHoldToday) {
  EXPECT_EQ(linted("2026-06-30").find("gateway"), std::string::npos);
  EXPECT_NE(
      linted("2026-07-01").find("routes.yaml:9:9: a route to 'charity' for 'care', whose gateway in law does not"),
      std::string::npos)
      << linted("2026-07-01");
}

TEST_F(Lint, APolicyDocumentMustHoldToday) {
  EXPECT_NE(linted("2026-06-01").find("under policy document 'paper', which does not hold today"), std::string::npos);
}

TEST_F(Lint, AGrantMustBeOfUse) {
  protection += grant("study") + "\n";
  const auto text = linted("2026-05-31");
  EXPECT_NE(text.find("nothing is routed to 'charity' (case.updated, study)"), std::string::npos) << text;
  EXPECT_NE(text.find("protection.yaml:14:5: "), std::string::npos) << text;
}

TEST_F(Lint, ATypeThatSomebodySendsAndNobodyIsToldOfIsNamed) {
  partner.may_send = {"hearing.listed"};
  const auto text = linted("2026-05-31");
  EXPECT_NE(text.find("no rule is for 'hearing.listed', which charity may send"), std::string::npos);
  EXPECT_EQ(text.find("warning"), std::string::npos) << "it is refused: nobody decided that nobody is told";
  const auto told = routes;
  routes = told + "no_rule_for:\n  - { type: hearing.listed, because: read on a screen }\n";
  EXPECT_EQ(linted("2026-05-31"), "");
  routes = told + "no_rule_for:\n  - { type: hearing.listed, because: x }\n  - { type: case.registered, because: x }\n";
  EXPECT_NE(linted("2026-05-31").find("a rule is for 'case.registered', so it does not stand"), std::string::npos);
}

TEST_F(Lint, MessagesThatMayGoRoundAreNamed) {
  const auto rules = [](const std::string& more) {
    return "routes:\n  - id: told\n    version: 1\n    state: live\n    source: invented\n    when:\n      type: { in: "
           "[case.registered, case.updated] }\n" +
           more + "    tell:\n      - { recipient: charity, type: case.updated, purpose: care }\n";
  };
  partner.may_send = {"case.updated"};
  routes = rules("");
  EXPECT_NE(linted("2026-05-31").find("messages may go round: 'told' (routes.yaml:9:9) tells 'charity' case.updated"),
            std::string::npos)
      << linted("2026-05-31");
  routes = rules("      none:\n        - source_system: charity\n");
  EXPECT_EQ(linted("2026-05-31"), "");
  routes = rules("      source_system: { in: [courts, cps] }\n");
  EXPECT_EQ(linted("2026-05-31"), "");
  partner.may_send = {"case.registered"};
  routes = rules("");
  EXPECT_EQ(linted("2026-05-31"), "") << "it cannot send back what it is told";
}

TEST_F(Lint, ACodeThatIsASlipOfAnotherIsRefusedWhereItStands) {
  Problems loading;
  rulebook.library = mapping::Library::load(
      {node("table: invented.bail\nlist: bail-status\nsource: invented\nrows:\n  - { from: U, is: unconditional }\n"
            "  - { from: B, is: conditional }\n",
            "bail.yaml", loading)},
      {}, loading);
  configuration.mappings = {{"m.yaml", node("value: conditionall\n", "m.yaml", loading)}};
  ASSERT_EQ(loading.text(), "");
  const std::string text =
      "routes:\n"
      "  - when:\n"
      "      all:\n"
      "        - case.defendants[].bail.status: unconditonal               # want: did you mean 'unconditional'?\n"
      "        - case.defendants[].bail.status: { in: [conditional, unconditionl] }   # want: no code table of "
      "'bail-status' gives 'unconditionl'\n"
      "        - case.defendants[].bail.status: { not_equals: unconditional }\n"
      "        - case.defendants[].bail.status: { in: [conditionall] }     # a mapping writes it\n"
      "        - case.defendants[].bail.status: rearrested_abroad          # like none of them\n"
      "        - case.urn: unconditonal                                    # no code\n";
  Problems problems;
  checkCodes({node(text, "routes.yaml", problems)}, configuration, rulebook, problems);
  EXPECT_TRUE(support::reportsWhatIsWanted(text, problems));
}

}  // namespace
}  // namespace causeway::app
