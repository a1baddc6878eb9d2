#pragma once

#include "host/pipeline/correction_watch.hpp"
#include "host/pipeline/corrections.hpp"
#include "tests/support/builders.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
inline constexpr const char* kTold = R"(mapping: test.told
version: "1"
writes: json
message: case.updated
source: invented for tests
fields:
  - { from: $delivery.id, to: id }
  - { from: "case.parties[0].person.born_on", to: born }
)";

inline constexpr const char* kNotice = R"(mapping: test.correction
version: "1"
writes: json
message: correction.issued
source: invented for tests
require: [ "case.discrepancies[].field", "case.discrepancies[].decided_value" ]
fields:
  - { from: $delivery.id, to: noticeId }
  - each: case.discrepancies[]
    to: "corrections[]"
    fields:
      - { from: field, to: field }
      - { from: decided_value, to: value }
)";

inline constexpr const char* kConfirmed = R"(mapping: test.confirmed
version: "1"
reads: json
root: noticeId
message: notice.confirmed
source: invented for tests
identify: { id: eventId }
require: [ in_reply_to, asserted_at ]
fields:
  - { from: noticeId, to: in_reply_to }
  - { from: occurredAt, to: asserted_at, as: instant }
)";

inline std::string grant(const std::string& recipient, const std::string& type, const std::string& fields) {
  return "  - { id: " + recipient + "-" + type.substr(0, 4) + ", version: 1, recipient: " + recipient +
         ", purpose: care, types: [" + type +
         "], source: invented for tests, condition: justice, free_text: { do: pass, because: tests }, fields: [" +
         fields + "] }\n";
}

/// Three services that are told the victim's date of birth when a case is registered, one that is told its number only.
inline Scene services() {
  Scene out = Scene::usual();
  // The records know the victim by a number: without one another date of birth would be another person.
  const std::string phone = "      - { from: \"@phone\", to: \"contact_points[0].value\" }\n";
  auto& records = out.mappings.front();
  records.insert(records.find(phone),
                 "      - { value: records_person, to: \"identifiers[0].type\" }\n"
                 "      - { value: V1, to: \"identifiers[0].value\" }\n");
  out.mappings.insert(out.mappings.end(), {kTold, kNotice, kConfirmed});
  out.routes = R"(routes:
  - id: told
    version: 1
    state: live
    what: services hear of a case
    source: invented for tests
    when: { type: case.registered }
    tell:
)";
  out.protection = Scene::legal() + "grants:\n";
  auto one = out.partner("prosecutor");
  out.partners = {out.partner("records"), out.partner("courts")};
  one.agreement.purposes = {"care"};
  one.writes = {"test.told", "test.correction"};
  one.may_send = {"notice.confirmed"};
  one.reads = {"test.confirmed"};
  for (const std::string id : {"first", "second", "third", "number-only"}) {
    one.id = one.name = one.endpoint = id;
    one.identities = {"urn:causeway:partner:" + id};
    out.partners.push_back(one);
    out.routes += "      - { recipient: " + id + ", type: case.updated, purpose: care }\n";
    out.protection +=
        grant(id, "case.updated", id == "number-only" ? "case.urn" : "case.urn, case.parties.person.born_on");
    out.protection += grant(id, "correction.issued",
                            "case.urn, case.discrepancies.id, case.discrepancies.entity_id, case.discrepancies.field, "
                            "{ field: case.discrepancies.decided_value, because: it had the wrong one }");
  }
  return out;
}

class Correction : public testing::Test {
 protected:
  static CaseText again(const std::string& id, const std::string& at) {
    CaseText out;
    out.id = id;
    out.kind = "case.updated";
    out.at = at;
    return out;
  }
  static std::string born(const CaseText& text, const std::string& date) {
    auto out = caseFile(text);
    const auto at = out.find("1999-01-05");
    return out.replace(at, 10, date);
  }
  std::vector<DeliveryRow> notices(const Acknowledgement& document) {
    std::vector<DeliveryRow> out;
    for (auto& row : rig.deliveriesOf(document))
      if (row.type == "correction.issued") out.push_back(row);
    return out;
  }
  void start() {
    rig.receive("records", caseFile({}));
    rig.deliver();
    ASSERT_EQ(rig.sender.sent().size(), 4U);
  }
  std::string caseId() { return rig.allMessages().front().case_id; }

 public:
  HostRig rig{services()};
};

/// The watch over what recipients have to confirm within an hour, with numbers of its own.
class Watched {
 public:
  explicit Watched(HostRig& rig)
      : ids_(rig.clock,
             [n = 0](std::span<unsigned char> out) mutable {
               for (auto& byte : out) byte = static_cast<unsigned char>(++n);
             }),
        watch_({rig.rulebook(), rig.store(), rig.writer(), rig.audit(), rig.clock, ids_}, std::chrono::hours(1)) {}

  Result<int> escalate() { return watch_.escalate(); }

 private:
  Ids ids_;
  CorrectionWatch watch_;
};

}  // namespace causeway::pipeline
