#pragma once

#include "host/base/text.hpp"
#include "host/config/yaml.hpp"
#include "host/protection/policy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace causeway::protection {

inline const Instant kNow = *parseInstant("2026-06-02T09:00:00Z");

inline Policy policyFrom(const std::string& yaml) {
  Problems problems;
  const auto node = config::parseYaml(yaml, "policy.yaml", problems);
  EXPECT_TRUE(node.has_value()) << problems.text();
  auto policy = Policy::load({node ? *node : Node()}, problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  return policy;
}

/// What law the tests rest on: two regimes, one purpose that may cross and one that may not, a policy document for June 2026.
inline const std::string kLegal =
    "legal:\n"
    "  regimes:\n"
    "  - { id: law_enforcement, meaning: police, source: invented }\n"
    "  - { id: uk_gdpr, meaning: others, source: invented }\n"
    "  purposes:\n"
    "  - { id: care, meaning: to care, under: law_enforcement, source: invented }\n"
    "  - { id: rescue, meaning: to save, under: law_enforcement, source: invented, despite_dispute: true }\n"
    "  gateways:\n"
    "  - { id: within, from: law_enforcement, to: law_enforcement, purposes: [care, rescue], valid_from: 2026-01-01 }\n"
    "  - { id: out, from: law_enforcement, to: uk_gdpr, purposes: [care], statute: invented, valid_from: 2026-06-01, "
    "valid_to: 2026-06-03 }\n"
    "  policy_documents: [{ id: june, title: June, valid_from: 2026-06-01, valid_to: 2026-06-30 }]\n"
    "  conditions: [{ id: justice, schedule_8: 2, strictly_necessary: invented, policy_document: june }]\n";

/// One grant for the recipient "partner", purpose "care", type "hearing.resulted".
inline Policy granting(const std::string& fields, const std::string& more = {}) {
  const bool consent = more.find("consent:") != std::string::npos;
  return policyFrom(
      kLegal +
      "grants:\n- id: test\n  version: 3\n  recipient: partner\n  purpose: care\n  types: [hearing.resulted]\n"
      "  source: agreement\n" +
      (consent ? "" : "  condition: justice\n") + more + "  fields:\n" + fields);
}

inline Recipient partner(std::string side = "neutral", std::string audience = "partner") {
  Recipient out{.id = "partner", .side = std::move(side), .audience = std::move(audience), .regime = "law_enforcement"};
  out.agreement = {"A-1",
                   parseDate("2026-01-01").value(),
                   parseDate("2026-12-31").value(),
                   {"care", "rescue"},
                   {"hearing.resulted", "hearing.listed"}};
  return out;
}

/// A case with one defendant and two people, all invented.
inline canonical::CanonicalMessage sample() {
  canonical::CanonicalMessage message;
  message.set_message_id("m-1");
  message.set_type("hearing.resulted");
  message.set_marking("official_sensitive");
  auto& whole = *message.mutable_case_();
  whole.set_urn("01TT0000126");
  whole.mutable_force()->set_code("01");
  whole.mutable_force()->set_raw("01");
  whole.mutable_force()->set_text("As the sender calls it");
  auto& defendant = *whole.add_defendants();
  defendant.set_id("d-1");
  defendant.add_addresses()->add_lines("1 Cell Row");
  defendant.mutable_bail()->mutable_status()->set_code("custody");
  auto& wording = *defendant.add_offences()->mutable_wording();
  wording.set_text("hit Ada at home");
  wording.set_basis("wording");
  for (const char* role : {"victim", "witness"}) {
    auto& party = *whole.add_parties();
    party.set_id(std::string("p-") + role);
    party.add_roles()->mutable_role()->set_code(role);
    party.mutable_person()->add_names()->set_family(role == std::string("victim") ? "Lovelace" : "Babbage");
    party.add_addresses()->add_lines("2 Quiet Lane");
    for (const char* state : {"safe", "unsafe"}) {
      auto& point = *party.add_contact_points();
      point.mutable_channel()->set_code("phone");
      point.set_value(std::string("number-") + state);
      point.mutable_safe()->set_state(state);
    }
  }
  return message;
}

inline std::string ruleOf(const Decision& decision, const std::string& path) {
  for (const auto& one : decision.withheld)
    if (one.path == path) return one.rule;
  return "passed";
}

inline bool granted(const Decision& decision, const std::string& path) {
  return std::ranges::find(decision.granted, path) != decision.granted.end();
}

inline std::string holdOf(const Decision& decision) {
  EXPECT_NE(decision.hold.has_value(), decision.projection.has_value())
      << "either a hold or a projection, never both or none";
  return decision.hold ? decision.hold->code : "";
}

/// The shipped files, as nodes.
inline std::vector<Node> shippedFiles(const std::string& folder) {
  std::vector<Node> out;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(CAUSEWAY_SOURCE_DIR) + "/config/" + folder))
    paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const auto& path : paths) {
    Problems problems;
    auto node = config::loadYaml(path, problems);
    EXPECT_TRUE(node.has_value() && problems.empty()) << problems.text();
    if (node) out.push_back(*std::move(node));
  }
  return out;
}

}  // namespace causeway::protection
