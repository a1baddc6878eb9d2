#include "tests/unit/protection/rule_table.hpp"

#include "tests/unit/protection/rule_table_parts.hpp"

#include <map>

namespace causeway::protection {
using namespace table;  // NOLINT(google-build-using-namespace): this file is its other half

namespace {

void addRecipient(Cases& out) {
  const auto all = grant();
  out.push_back({"A03", "a side that is known", all, nothing, kUrn, "passes"});
  out.push_back({"A03", "a side that is not known", all, [](Question& q) { q.recipient.side = "elsewhere"; }, kUrn,
                 "held unknown_recipient A03"});
  out.push_back({"A03", "an audience that is not known", all, [](Question& q) { q.recipient.audience.clear(); }, kUrn,
                 "held unknown_recipient A03"});
  out.push_back({"TEST", "live to live", all, nothing, kUrn, "passes"});
  out.push_back({"TEST", "test to test", all,
                 [](Question& q) {
                   q.message.set_test(true);
                   q.recipient.test = true;
                 },
                 kUrn, "passes"});
  out.push_back(
      {"TEST", "test to live", all, [](Question& q) { q.message.set_test(true); }, kUrn, "held test_mix TEST"});
  out.push_back(
      {"TEST", "live to test", all, [](Question& q) { q.recipient.test = true; }, kUrn, "held test_mix TEST"});
  out.push_back({"A19", "in the United Kingdom", all, nothing, kUrn, "passes"});
  out.push_back({"A19", "abroad without a ground", all, [](Question& q) { q.recipient.country = "FR"; }, kUrn,
                 "held third_country A19"});
  out.push_back({"A19", "abroad with a ground", all,
                 [](Question& q) {
                   q.recipient.country = "FR";
                   q.recipient.transfer = "adequacy regulations";
                 },
                 kUrn, "passes"});
}

void addAgreement(Cases& out) {
  const auto all = grant();
  const auto agreement = [&](const char* what, auto change, const char* wanted) {
    out.push_back({"A01", what, all, [change](Question& q) { change(q.recipient.agreement); }, kUrn, wanted});
  };
  agreement("no agreement at all", [](Agreement& a) { a = {}; }, "held no_agreement A01");
  agreement("an agreement on its first day", [](Agreement& a) { a.starts = day("2026-06-02"); }, "passes");
  agreement("an agreement the day before", [](Agreement& a) { a.starts = day("2026-06-03"); }, "held no_agreement A01");
  agreement("an agreement on its last day", [](Agreement& a) { a.expires = day("2026-06-02"); }, "passes");
  agreement("an agreement the day after", [](Agreement& a) { a.expires = day("2026-06-01"); }, "held no_agreement A01");
  agreement("a purpose that it does not cover", [](Agreement& a) { a.purposes = {"rescue"}; }, "held not_agreed A01");
  agreement("a type that it does not cover", [](Agreement& a) { a.types = {"hearing.listed"}; }, "held not_agreed A01");
  out.push_back({"A01", "a purpose that is not declared", all,
                 [](Question& q) {
                   q.purpose = "curiosity";
                   q.recipient.agreement.purposes.push_back("curiosity");
                 },
                 kUrn, "held no_purpose A01"});
  out.push_back({"A01", "a recipient whose regime is not known", all, [](Question& q) { q.recipient.regime.clear(); },
                 kUrn, "held no_gateway A01"});
}

void addGateways(Cases& out) {
  const auto all = grant();
  const auto crossing = [&](const char* rule, const char* what, const char* when, const char* wanted) {
    out.push_back({rule, what, all,
                   [when](Question& q) {
                     q.recipient.regime = "uk_gdpr";
                     q.now = at(when);
                   },
                   kUrn, wanted});
  };
  crossing("A02", "from law enforcement with a named law", "2026-06-02T09:00:00Z", "passes");
  crossing("A01", "on the first day of the gateway", "2026-06-01T09:00:00Z", "passes");
  crossing("A01", "the day before the gateway", "2026-05-31T09:00:00Z", "held no_gateway A01");
  crossing("A01", "on the last day of the gateway", "2026-06-03T09:00:00Z", "passes");
  crossing("A01", "the day after the gateway", "2026-06-04T09:00:00Z", "held no_gateway A01");
  // Loading reports such a gateway; should it be decided by all the same, nothing goes through it.
  auto nameless = all;
  const std::string statute = "statute: invented, ";
  nameless.erase(nameless.find(statute), statute.size());
  out.push_back({"A02", "from law enforcement without a named law", nameless,
                 [](Question& q) { q.recipient.regime = "uk_gdpr"; }, kUrn, "held no_law A02"});
}

void addGrants(Cases& out) {
  const auto all = grant();
  out.push_back({"A03", "a type without a grant", all, [](Question& q) { q.message.set_type("hearing.listed"); }, kUrn,
                 "held no_grant A03"});
  out.push_back({"A03", "a field that is granted", all, nothing, "case.force", "passes"});
  out.push_back({"A03", "a field that is not", all, nothing, "case.defendants.id", "withheld A03"});
  out.push_back({"A03", "nothing of the case", grant("  condition: justice\n", "  fields:\n  - message_id\n"), nothing,
                 kUrn, "held nothing_left A03"});
  const auto as = [](const char* how, const char* path) {
    return grant("  condition: justice\n", "  fields:\n  - case.urn\n  - { field: " + std::string(path) +
                                               ", as: " + how + ", because: invented }\n");
  };
  out.push_back({"A03", "a date of birth as an age band", as("age_band", "case.parties.person.born_on"),
                 [](Question& q) { victim(q).mutable_person()->set_born_on("2000-01-01"); },
                 "case.parties.person.born_on", "withheld A03"});
  out.push_back({"A03", "an age band", as("age_band", "case.parties.person.born_on"),
                 [](Question& q) { victim(q).mutable_person()->set_born_on("2000-01-01"); },
                 "case.parties.person.age_band", "passes"});
  out.push_back(
      {"A03", "a pseudonym without a key", as("pseudonym", "case.parties.id"), nothing, kUrn, "held no_key A03"});
}

void addSensitive(Cases& out) {
  const std::string role = "case.parties.roles.role";
  const auto on = [&](const char* what, const char* when, const char* wanted) {
    out.push_back({"A04", what, grant(), [when](Question& q) { q.now = at(when); }, role, wanted});
  };
  on("the first second of the policy document", "2026-05-31T23:00:00Z", "passes");
  on("the last second before it", "2026-05-31T22:59:59Z", "held no_policy_document A04");
  on("the last second of the policy document", "2026-06-30T22:59:59Z", "passes");
  on("the first second after it", "2026-06-30T23:00:00Z", "held no_policy_document A04");
  out.push_back({"A04", "a field that is not sensitive, without any document", grant("", "  fields:\n  - case.urn\n"),
                 [](Question& q) { q.now = at("2026-07-02T09:00:00Z"); }, kUrn, "passes"});
  out.push_back({"A04", "live consent in the place of a document", grant(kConsent),
                 [](Question& q) {
                   consent(q);
                   q.now = at("2026-07-02T09:00:00Z");
                 },
                 role, "passes"});
  // What is sensitive leaves the projection as well as holding it.
  out.push_back({"A04", "the field itself", grant(), [](Question& q) { q.now = at("2026-07-02T09:00:00Z"); },
                 "!" + role, "withheld A04"});
}

void addBasis(Cases& out) {
  out.push_back({"A05", "live consent", grant(kConsent), [](Question& q) { consent(q); }, kUrn, "passes"});
  out.push_back({"A05", "no consent", grant(kConsent), nothing, kUrn, "held consent_missing A05"});
  out.push_back({"A05", "consent withdrawn", grant(kConsent),
                 [](Question& q) { consent(q).set_withdrawn_at("2026-06-01T09:00:00Z"); }, kUrn,
                 "held consent_missing A05"});
  // What a consent covers, kind by kind, and what does not rest on it.
  const auto covered = [](const std::string& by, const std::string& more = "") {
    return grant("  consent: { of: 'case.parties[role=victim]', types: [victim_support], named: [idva]" + more + " }\n",
                 "  fields:\n  - case.urn\n  - { field: case.force, covered_by: " + by + ", because: invented }\n");
  };
  const auto covers = [](const char* code) { return [code](Question& q) { consent(q).add_scope()->set_code(code); }; };
  const std::string force = "case.force";
  for (const char* kind : {"contact_details", "case_summary", "risk_information", "health_or_disability",
                           "onward_referral", "feedback_to_referrer"}) {
    out.push_back({"A05", std::string("covered: ") + kind, covered(kind), covers(kind), force, "passes"});
    out.push_back({"A05", std::string("not covered: ") + kind, covered(kind),
                   covers(kind == std::string("case_summary") ? "contact_details" : "case_summary"), "!" + force,
                   "withheld A05"});
  }
  out.push_back({"A05", "any consent", covered("any_consent"), [](Question& q) { consent(q); }, force, "passes"});
  out.push_back({"A05", "a consent without a scope", covered("case_summary"), [](Question& q) { consent(q); },
                 "!" + force, "withheld A05"});
  out.push_back({"A05", "a scope of no list", covered("case_summary"),
                 [](Question& q) {
                   auto& scope = *consent(q).add_scope();
                   scope.set_code("case_summary");
                   scope.set_unmapped(true);
                 },
                 "!" + force, "withheld A05"});
  out.push_back(
      {"A05", "without consent the rest goes", covered("any_consent", ", without: withhold"), nothing, kUrn, "passes"});
  out.push_back({"A05", "without consent what rests on it", covered("any_consent", ", without: withhold"), nothing,
                 "!" + force, "withheld A05"});
  // All eight combinations of what must be recorded when somebody was not asked.
  for (unsigned set = 0; set < 8; ++set)
    out.push_back({"A06", "recorded, combination " + std::to_string(set), grant(kRecorded),
                   [set](Question& q) {
                     auto& ground = *caseOf(q).add_plans()->mutable_override();
                     if ((set & 1U) != 0) ground.mutable_condition()->set_code("safeguarding_of_individuals");
                     if ((set & 2U) != 0) ground.mutable_reason()->set_code("would_prejudice");
                     if ((set & 4U) != 0) ground.set_decided_by("3307");
                   },
                   kUrn, set == 7 ? "passes" : "held basis_missing A06"});
  out.push_back({"A06", "no plan at all", grant(kRecorded), nothing, kUrn, "held basis_missing A06"});
  const auto aged = [&](const char* what, const char* said, const char* wanted) {
    out.push_back({"A09", what, grant(kAge), [said](Question& q) { q.message.set_asserted_at(said); }, kUrn, wanted});
  };
  aged("said just now", "2026-06-02T08:59:59Z", "passes");
  aged("as old as it may be", "2026-06-01T09:00:00Z", "passes");
  aged("a second older", "2026-06-01T08:59:59Z", "held stale A09");
  out.push_back({"A09", "of unknown age", grant(kAge), nothing, kUrn, "held stale A09"});
}

const Policy& policyOf(const std::string& text) {
  static std::map<std::string, Policy> loaded;
  const auto found = loaded.find(text);
  if (found != loaded.end()) return found->second;
  Problems problems;
  const auto node = config::parseYaml(text, "policy.yaml", problems);
  return loaded.emplace(text, Policy::load({node ? *node : Node()}, problems)).first->second;
}

}  // namespace

std::string RuleCase::outcome() const {
  Question question;
  change(question);
  const auto decision = policyOf(policy).decide(question.message, question.recipient, question.purpose, question.now);
  if (decision.hold.has_value() == decision.projection.has_value()) return "neither or both";
  const bool of_projection = path.starts_with('=');
  if (!path.starts_with('!') && decision.hold) return "held " + decision.hold->code + " " + decision.hold->rule;
  if (of_projection) return decision.projection->marking() == question.message.marking() ? "passes" : "lost";
  const std::string name = path.starts_with('!') ? path.substr(1) : path;
  const auto withheld_by = ruleOf(decision, name);
  if (withheld_by != "passed") return "withheld " + withheld_by;
  return granted(decision, name) ? "passes" : "not there";
}

const std::vector<RuleCase>& ruleTable() {
  static const auto table = [] {
    Cases out;
    addRecipient(out);
    addAgreement(out);
    addGateways(out);
    addGrants(out);
    addSensitive(out);
    addBasis(out);
    addCase(out);
    addPeople(out);
    addInformationRequests(out);
    return out;
  }();
  return table;
}

}  // namespace causeway::protection
