#pragma once

#include "host/config/yaml.hpp"
#include "host/pipeline/clock_limits.hpp"
#include "host/protection/recipient.hpp"
#include "host/routing/routes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace causeway::routing {

inline const Instant kReceived = *parseInstant("2026-06-02T09:00:00Z");  // a Tuesday, 10:00 in London

inline Node yaml(const std::string& text) {
  Problems problems;
  auto node = config::parseYaml(text, "test.yaml", problems);
  EXPECT_TRUE(node.has_value() && problems.empty()) << problems.text();
  return node ? *std::move(node) : Node();
}

inline std::string configPath(const std::string& path) { return std::string(CAUSEWAY_SOURCE_DIR) + "/config/" + path; }

inline Node shippedFile(const std::string& path) {
  Problems problems;
  auto node = config::loadYaml(configPath(path), problems);
  EXPECT_TRUE(node.has_value() && problems.empty()) << problems.text();
  return node ? *std::move(node) : Node();
}

inline std::vector<Node> shippedFolder(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(configPath(folder)))
    names.push_back(entry.path().filename());
  std::ranges::sort(names);
  std::vector<Node> out;
  for (const auto& name : names) out.push_back(shippedFile(std::filesystem::path(folder) / name));
  return out;
}

inline WorkingDays calendar() {
  Problems problems;
  const auto file = shippedFile("calendars/england-and-wales.yaml");
  auto out = WorkingDays::load({&file}, problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  return out;
}

/// The clocks that are shipped, for rules that name one.
inline std::shared_ptr<const TimeLimits> shippedLimits() {
  std::vector<Node> files;
  for (const auto& name :
       {"background-checks", "data-quality", "patterns", "prosecutor", "safeguarding", "victims-code", "witnesses"})
    files.push_back(shippedFile(std::string("clocks/") + name + ".yaml"));
  Problems problems;
  auto book = std::make_shared<const care::ClockBook>(care::ClockBook::load(files, calendar(), problems));
  EXPECT_TRUE(problems.empty()) << problems.text();
  return std::make_shared<pipeline::ClockLimits>(std::move(book));
}

inline Routes routesFrom(const std::vector<Node>& files) {
  Problems problems;
  auto routes = Routes::load(files, calendar(), problems,
                             {shippedLimits(), {{"neighbour-records", {"background_check"}, {}, {}, {}}}});
  EXPECT_TRUE(problems.empty()) << problems.text();
  return routes;
}

inline Routes shippedRoutes() { return routesFrom(shippedFolder("routes")); }

/// One live rule on hearing.resulted with this `tell`, and two templates.
inline Routes telling(const std::string& tell, const std::string& more = {}) {
  return routesFrom({yaml(
      "templates: { a: 'On {case.hearings[0].starts_at}.', b: 'Case {case.urn}.' }\nroutes:\n- id: r\n  version: 2\n"
      "  state: live\n  source: law\n  when: { type: hearing.resulted }\n" +
      more + "  tell:\n" + tell +
      "  - { recipient: z, type: task.raised, purpose: none, task: { kind: k, unit: u, priority: low, instructions: a "
      "} }\n"
      "  - { recipient: z, type: log_entry.added, purpose: none, log_entry: { kind: k, text: b } }\n")});
}

inline canonical::Party& addParty(canonical::CanonicalMessage& message, const std::string& id,
                                  const std::string& role) {
  auto& party = *message.mutable_case_()->add_parties();
  party.set_id(id);
  party.add_roles()->mutable_role()->set_code(role);
  return party;
}

inline void giveConsent(canonical::Party& party, const std::string& type = "victim_support") {
  auto& consent = *party.add_consents();
  consent.mutable_type()->set_code(type);
  consent.set_state("given");
}

inline canonical::Party& addSupporter(canonical::CanonicalMessage& message, const std::string& id,
                                      const std::string& service, const std::string& supports) {
  auto& party = addParty(message, id, "supporter");
  party.mutable_supporter()->mutable_service()->set_code(service);
  party.mutable_supporter()->add_supports(supports);
  return party;
}

/// An invented case: two victims, each of one offence; a civilian witness; an officer; a hearing with a certain time.
inline canonical::CanonicalMessage event(const std::string& type) {
  canonical::CanonicalMessage message;
  message.set_message_id("m-1");
  message.set_type(type);
  message.add_about("h-1");
  auto& whole = *message.mutable_case_();
  whole.set_case_id("c-1");
  whole.set_urn("01TT0000126");
  auto& defendant = *whole.add_defendants();
  defendant.set_id("d-1");
  for (const char* number : {"1", "2"}) {
    auto& offence = *defendant.add_offences();
    offence.set_id(std::string("o-") + number);
    offence.add_victim_ids(std::string("p-") + number);
    auto& result = *offence.add_results();
    result.mutable_plain_outcome()->set_code("remanded_in_custody");
  }
  auto& hearing = *whole.add_hearings();
  hearing.set_id("h-1");
  hearing.set_court_name("Bristol Crown Court");
  hearing.mutable_purpose()->set_code("trial");
  hearing.mutable_starts_at()->set_date("2026-06-09");
  hearing.mutable_starts_at()->set_time("10:00");
  hearing.mutable_starts_at()->set_precision("exact");
  hearing.mutable_starts_at()->set_basis("libra_local");
  addParty(message, "p-1", "victim");
  addParty(message, "p-2", "victim");
  addParty(message, "p-3", "witness");
  auto& officer = addParty(message, "p-4", "officer_in_case");
  officer.mutable_officer()->set_collar("4711");
  officer.add_roles()->mutable_role()->set_code("witness");
  return message;
}

/// "recipient type purpose element", in order: whom the drafts tell.
inline std::vector<std::string> told(const Routed& routed) {
  std::vector<std::string> out;
  for (const auto& draft : routed.drafts) {
    const auto& parties = draft.message.case_().parties();
    out.push_back(draft.recipient + " " + draft.type + " " + draft.purpose +
                  (parties.size() == 1 ? " " + parties[0].id() : ""));
  }
  return out;
}

inline const canonical::Task& taskOf(const Draft& draft) { return draft.message.case_().tasks(0); }

/// Whoever may be sent everything that the rules can send, for as long as the tests run.
inline protection::Recipient agreed(const Draft& draft, const std::string& audience) {
  protection::Recipient out{
      .id = draft.recipient, .side = "prosecution", .audience = audience, .regime = "law_enforcement"};
  if (audience == "partner") out.regime = "uk_gdpr";
  out.agreement = {
      "A-1", std::chrono::year(2020) / 1 / 1, std::chrono::year(2030) / 1 / 1, {draft.purpose}, {draft.type}};
  return out;
}

}  // namespace causeway::routing
