#include "tests/support/host_rig.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace causeway::support {
namespace {

constexpr const char* kCaseMapping = R"(mapping: test.case
version: "1"
reads: xml
root: CaseFile
message: case.registered
source: invented for tests
identify: { id: "@id" }
fields:
  - { from: "@kind", to: type }
  - { from: "@at", to: asserted_at, as: instant }
  - { value: niche.test, to: format }
  - { from: "@force", to: case.force }
  - { from: Urn, to: case.urn, as: urn }
  - each: Occurrence
    to: "case.identifiers[]"
    fields:
      - { value: occurrence, to: type }
      - { from: ., to: value }
      - { value: ok, to: grade }
  - each: Defendant
    to: "case.defendants[]"
    fields:
      - { from: "@asn", to: asn, as: asn }
      - { from: "@given", to: "person.names[0].given[]" }
      - { from: "@family", to: "person.names[0].family" }
  - each: Victim
    to: "case.parties[]"
    fields:
      - { value: victim, to: "roles[0].role" }
      - { from: "@given", to: "person.names[0].given[]" }
      - { from: "@family", to: "person.names[0].family" }
      - { from: "@born", to: person.born_on, as: date }
      - { from: "@phone", to: "contact_points[0].value" }
      - each: Consent
        to: "consents[]"
        fields:
          - { from: "@for", to: type }
          - { from: "@state", to: state }
)";

constexpr const char* kResultMapping = R"(mapping: test.result
version: "1"
reads: xml
root: CourtResult
message: hearing.resulted
source: invented for tests
identify: { id: "@id" }
fields:
  - { from: "@at", to: asserted_at, as: instant }
  - { value: courts.test, to: format }
  - { from: "@force", to: case.force }
  - { from: Urn, to: case.urn, as: urn }
  - { from: Restricted, to: "case.restricted_to[]" }
  - each: Occurrence
    to: "case.identifiers[]"
    fields:
      - { value: occurrence, to: type }
      - { from: ., to: value }
      - { value: ok, to: grade }
  - { from: "@date", to: "case.hearings[0].starts_at.date", as: date }
  - { value: date_only, to: "case.hearings[0].starts_at.precision" }
  - { value: B01EF01, to: "case.hearings[0].court" }
  - each: Defendant
    to: "case.defendants[]"
    fields:
      - { from: "@asn", to: asn, as: asn }
      - { from: "@family", to: "person.names[0].family" }
      - { from: "@bail", to: bail.status }
      - each: Offence
        to: "offences[]"
        fields:
          - { from: "@code", to: code }
          - { from: "@sequence", to: sequence, as: integer }
          - { from: "@plea", to: plea }
          - each: Result
            to: "results[]"
            fields:
              - { from: "@code", to: code }
              - { from: "@on", to: ordered_on, as: date }
              - { from: ., to: text, basis: wording }
)";

constexpr const char* kEnvelope = R"(envelope: test.wrapped
reads: xml
root: Wrapped
source: invented for tests
fields:
  id: "@id"
test_when:
  "@test": { in: ["yes"] }
content: Content
holds: element
)";

constexpr const char* kOutcome = R"(mapping: test.outcome
version: "1"
writes: xml
root: Outcome
message: hearing.resulted
source: invented for tests
fields:
  - { from: $delivery.id, to: "@id" }
  - { from: case.urn, to: Urn }
  - each: "case.parties[]"
    to: Person
    fields:
      - { from: "person.names[0].family", to: Family }
  - { from: "case.defendants[].offences[].results[].code", to: Code }
)";

constexpr const char* kUpdate = R"(mapping: test.update
version: "1"
writes: json
message: case.updated
source: invented for tests
fields:
  - { from: $delivery.id, to: id }
  - { from: case.urn, to: urn }
)";

constexpr const char* kRoutes = R"(routes:
  - id: outcome
    version: 1
    state: live
    what: victims are told an outcome
    source: invented for tests
    when: { type: hearing.resulted }
    tell:
      - recipient: records
        type: hearing.resulted
        purpose: victim_care
        for_each: "case.parties[role=victim]"
        subject: "outcome {case.hearings[0].id}"
      - recipient: adviser
        type: hearing.resulted
        purpose: victim_support
        for_each: "case.parties[role=victim]"
        subject: "outcome {case.hearings[0].id}"
  - id: update
    version: 1
    state: live
    what: the prosecutor hears of a case
    source: invented for tests
    when: { any: [ { type: case.registered }, { type: case.updated } ] }
    tell:
      - { recipient: prosecutor, type: case.updated, purpose: witness_care }
)";

constexpr const char* kLegal = R"(legal:
  regimes:
    - { id: law_enforcement, meaning: police and courts, source: invented for tests }
    - { id: uk_gdpr, meaning: everybody else, source: invented for tests }
  purposes:
    - { id: victim_care, meaning: to look after victims, under: law_enforcement, source: invented for tests }
    - { id: witness_care, meaning: to look after witnesses, under: law_enforcement, source: invented for tests }
    - { id: care, meaning: to care, under: law_enforcement, source: invented for tests }
    - { id: victim_support, meaning: to help victims, under: law_enforcement, source: invented for tests }
  gateways:
    - { id: within, from: law_enforcement, to: law_enforcement, purposes: [care, victim_care, witness_care], valid_from: 2020-01-01 }
    - { id: out, from: law_enforcement, to: uk_gdpr, purposes: [victim_support], statute: invented for tests, valid_from: 2020-01-01 }
  policy_documents: [{ id: papers, title: invented for tests, valid_from: 2020-01-01 }]
  conditions: [{ id: justice, schedule_8: 2, strictly_necessary: invented for tests, policy_document: papers }]
)";

constexpr const char* kProtection = R"(grants:
  - id: records-outcome
    version: 1
    recipient: records
    purpose: victim_care
    types: [hearing.resulted]
    source: invented for tests
    fields:
      - case.urn
      - "case.parties[role=victim].person.names.family"
      - case.defendants.offences.results.code
    undetermined_bail: { because: "the records ask" }
  - id: adviser-outcome
    version: 1
    recipient: adviser
    purpose: victim_support
    types: [hearing.resulted]
    source: invented for tests
    fields:
      - case.urn
      - case.defendants.offences.results.code
      - case.defendants.bail.status
    consent: { of: "case.parties[role=victim]", types: [victim_support], named: [adviser] }
  - id: prosecutor-update
    version: 1
    recipient: prosecutor
    purpose: witness_care
    types: [case.updated]
    source: invented for tests
    fields: [case.urn]
)";

pipeline::Partner partnerNamed(const std::string& id, const std::string& side, const std::string& audience) {
  pipeline::Partner out;
  out.id = out.name = id;
  out.side = side;
  out.audience = audience;
  out.identities = {"urn:causeway:partner:" + id};
  out.regime = side == "victim_support" ? "uk_gdpr" : "law_enforcement";
  out.agreement = {"A-" + id,
                   std::chrono::year(2026) / 1 / 1,
                   std::chrono::year(2026) / 12 / 31,
                   {},
                   {"hearing.resulted", "case.updated", "correction.issued"}};
  return out;
}

pipeline::Partner recipientNamed(const std::string& id, const std::string& side, const std::string& audience,
                                 const std::string& purpose) {
  auto out = partnerNamed(id, side, audience);
  out.writes = {"test.outcome", "test.update"};
  out.endpoint = id;
  out.marking_header = true;
  out.agreement.purposes = {purpose};
  return out;
}

}  // namespace

std::string Scene::legal() { return kLegal; }

Scene Scene::usual() {
  Scene out;
  out.mappings = {kCaseMapping, kResultMapping, kEnvelope, kOutcome, kUpdate};
  out.routes = kRoutes;
  out.protection = legal() + kProtection;
  auto records = recipientNamed("records", "prosecution", "police", "victim_care");
  records.may_send = {"case.registered", "case.updated"};
  auto courts = partnerNamed("courts", "court", "court");
  courts.may_send = {"hearing.resulted"};
  auto test_records = partnerNamed("test-records", "prosecution", "police");
  test_records.may_send = {"case.registered", "case.updated"};
  test_records.test = true;
  out.partners = {records, courts, test_records,
                  recipientNamed("adviser", "victim_support", "partner", "victim_support"),
                  recipientNamed("prosecutor", "prosecution", "prosecutor", "witness_care")};
  out.retry = {std::chrono::seconds(10), std::chrono::minutes(10), std::chrono::hours(2)};
  return out;
}

pipeline::Partner& Scene::partner(const std::string& id) {
  return *std::ranges::find(partners, id, &pipeline::Partner::id);
}

bool HostRig::onDisk(const std::string& bytes) const {
  const auto names = {"keys.db", "keys.db-wal", "keys.db-shm", "store.db", "store.db-wal", "store.db-shm"};
  return std::ranges::any_of(names, [&](const char* name) {
    std::ifstream in(file(name), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {}).find(bytes) != std::string::npos;
  });
}

namespace {
std::string forceOf(const std::string& force) { return force.empty() ? ">" : " force=\"" + force + "\">"; }
}  // namespace

std::string caseFile(const CaseText& text) {
  return "<CaseFile id=\"" + text.id + "\" kind=\"" + text.kind + "\" at=\"" + text.at + "\"" + forceOf(text.force) +
         (text.urn.empty() ? "" : "<Urn>" + text.urn + "</Urn>") +
         (text.occurrence.empty() ? "" : "<Occurrence>" + text.occurrence + "</Occurrence>") +
         "<Defendant asn=\"1101ZD0100000448754K\" given=\"Ada\" family=\"Marsh\"/>"
         "<Defendant asn=\"1101ZD0100000448755L\" given=\"Ben\" family=\"Quill\"/>"
         "<Victim given=\"Cora\" family=\"" +
         text.family + "\" born=\"1999-01-05\" phone=\"07700900123\"><Consent for=\"victim_support\" state=\"" +
         text.consent + "\"/></Victim></CaseFile>";
}

std::string resultFile(const ResultText& text) {
  const std::string content =
      "<CourtResult id=\"" + text.id + "\" at=\"" + text.at + "\" date=\"" + text.date + "\"" + forceOf(text.force) +
      (text.urn.empty() ? "" : "<Urn>" + text.urn + "</Urn>") +
      (text.restriction.empty() ? "" : "<Restricted>" + text.restriction + "</Restricted>") +
      (text.occurrence.empty() ? "" : "<Occurrence>" + text.occurrence + "</Occurrence>") + "<Defendant asn=\"" +
      text.asn + "\" family=\"" + text.family + "\"" + (text.bail.empty() ? "" : " bail=\"" + text.bail + "\"") +
      "><Offence code=\"TH68026\" sequence=\"1\"" + (text.plea.empty() ? "" : " plea=\"" + text.plea + "\"") +
      "><Result code=\"" + text.code + "\" on=\"" + text.date +
      "\">Invented words</Result></Offence></Defendant></CourtResult>";
  return text.test ? "<Wrapped id=\"" + text.id + "\" test=\"yes\"><Content>" + content + "</Content></Wrapped>"
                   : content;
}

}  // namespace causeway::support
