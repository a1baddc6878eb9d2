#pragma once

#include "tests/unit/protection/rule_table.hpp"

/// What the parts of the rule table are put together from.
namespace causeway::protection::table {

inline const std::string kHead =
    "grants:\n- id: test\n  version: 3\n  recipient: partner\n  purpose: care\n  types: [hearing.resulted]\n"
    "  source: agreement\n";

inline const std::string kEverything =
    "  fields:\n  - message_id\n  - case.urn\n  - case.force\n  - case.parties.id\n  - "
    "case.parties.person.names.family\n"
    "  - case.parties.person.born_on\n  - case.defendants.bail.status\n"
    "  - { fields: [case.parties.contact_points.value, case.parties.addresses.lines, case.defendants.addresses.lines, "
    "case.parties.roles.role, case.parties.special_measures.id, case.parties.special_measures.measure, "
    "case.defendants.offences.wording], covered_by: any_consent, because: invented }\n";

inline std::string grant(const std::string& more = "  condition: justice\n", const std::string& fields = kEverything) {
  return kLegal + kHead + more + fields;
}

inline const std::string kConsent =
    "  consent: { of: 'case.parties[role=victim]', types: [victim_support], named: [idva] }\n";
inline const std::string kRecorded =
    "  condition: justice\n  recorded: { of: case.plans, has: [override.condition, override.reason, "
    "override.decided_by] }\n";
inline const std::string kAge = "  condition: justice\n  quality: { max_age: 24h }\n";
inline const std::string kUrn = "case.urn";

inline canonical::Case& caseOf(Question& question) { return *question.message.mutable_case_(); }
inline canonical::Party& victim(Question& question) { return *caseOf(question).mutable_parties(0); }
inline canonical::Consent& consent(Question& question) {
  auto& out = *victim(question).add_consents();
  out.mutable_type()->set_code("victim_support");
  out.set_state("given");
  return out;
}

inline void nothing(Question& /*question*/) {}

inline Instant at(const char* when) { return *parseInstant(when); }
inline Day day(const char* when) { return *parseDate(when); }

using Cases = std::vector<RuleCase>;

/// What concerns the case: who is in it, what is said of it, whom it locates.
void addCase(Cases& out);
void addPeople(Cases& out);
/// Requests for a victim's information.
void addInformationRequests(Cases& out);

}  // namespace causeway::protection::table
