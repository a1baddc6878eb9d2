#pragma once

#include "tests/support/builders.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

#include <string>

namespace causeway::pipeline {

inline constexpr const char* kTaskMapping = R"(mapping: test.task
version: "1"
writes: json
message: task.raised
source: invented for tests
fields:
  - { from: $delivery.id, to: id }
  - { from: "case.tasks[].kind", to: kind }
)";

inline constexpr const char* kSceneClocks = R"(clocks:
  - id: outcome
    right: "8"
    what: tell the outcome
    team: care
    versions: [ { valid_from: 2021-04-01, source: invented for tests, due: { enhanced: 1, standard: 5 } } ]
    stops: [ { type: task.completed, "case.tasks[].state": done } ]
    suspends: [ { when: { type: contact.reported_unsafe }, reason: unsafe_contact } ]
    resumes: [ { type: safe_contact.changed, "case.parties[].contact_points[].safe.state": safe } ]
    escalate: [ { before: 4h, tell: leader }, { at: due, tell: leader }, { after: 1wd, tell: head } ]
    good_reasons: [not_reached]
  - id: update
    right: "4"
    what: tell the prosecutor
    team: care
    versions: [ { valid_from: 2021-04-01, source: invented for tests, due: { hours: 2 } } ]
    settled: true
    escalate: [ { at: due, tell: leader } ]
)";

inline constexpr const char* kSceneRoutes = R"(templates:
  tell: "Tell them."
  late: "Late: {case.duties[0].what}, due {case.duties[0].due_at}."
routes:
  - id: outcome
    version: 1
    state: live
    source: invented for tests
    when: { type: hearing.resulted }
    tell:
      - recipient: records
        type: task.raised
        purpose: victim_care
        for_each: "case.parties[role=victim]"
        task: { kind: communicate_outcome, unit: care, priority: normal, instructions: tell }
        due: { clock: outcome }
        subject: "outcome {case.hearings[0].id}"
  - id: update
    version: 1
    state: live
    source: invented for tests
    when: { type: case.updated }
    tell: [ { recipient: prosecutor, type: case.updated, purpose: witness_care, due: { clock: update }, subject: update } ]
  - id: late
    version: 1
    state: live
    source: invented for tests
    when: { any: [ { type: clock.due_soon }, { type: clock.overdue }, { type: clock.suspended } ] }
    tell:
      - recipient: records
        type: task.raised
        purpose: victim_care
        task: { kind: duty_late, unit: supervisor, priority: urgent, instructions: late }
)";

inline constexpr const char* kTaskGrant = R"(  - id: records-task
    version: 1
    recipient: records
    purpose: victim_care
    types: [task.raised]
    source: invented for tests
    fields: [case.tasks.id, case.tasks.kind, case.tasks.due_at, case.tasks.about]
)";

/// The usual scene, whose victims are told an outcome within five working days, or one; a supervisor's task is made when that falls due.
inline Scene clockScene() {
  auto out = Scene::usual();
  out.mappings.emplace_back(kTaskMapping);
  out.clocks = kSceneClocks;
  out.routes = kSceneRoutes;
  out.protection += kTaskGrant;
  auto& records = out.partner("records");
  records.writes.emplace_back("test.task");
  records.agreement.types.emplace_back("task.raised");
  return out;
}

/// A rig with clocks; every book in order at the end of a test.
class Clocked : public testing::Test {
 protected:
  explicit Clocked(Scene scene = clockScene()) : rig(std::move(scene)) {
    const auto whole = rig.receive("records", caseFile({}));
    rig.deliver();
    case_id = rig.messagesOf(whole.document_id).at(0).case_id;
  }

  void TearDown() override {
    rig.settle();
    EXPECT_TRUE(rig.ledger().balances());
    EXPECT_EQ(rig.auditFault(), "");
  }

  Acknowledgement resulted(const ResultText& text = {}) {
    const auto out = rig.receive("courts", resultFile(text));
    EXPECT_EQ(out.outcome, "accepted") << out.body;
    return out;
  }

  /// Those that are duties.
  std::vector<care::ClockRow> clocks() {
    auto out = *rig.store().clocksOf(case_id);
    std::erase_if(out, [](const auto& row) { return care::isNoDuty(row); });
    return out;
  }
  care::ClockRow clock() {
    const auto all = clocks();
    EXPECT_EQ(all.size(), 1U);
    return all.empty() ? care::ClockRow() : all.back();
  }

  /// Turns time on in steps of an hour and fires whatever falls due; how many firings.
  int pass(int hours) {
    int out = 0;
    for (int i = 0; i < hours; ++i) {
      rig.clock.advance(std::chrono::hours(1));
      out += rig.rounds().turn();
    }
    rig.deliver();
    return out;
  }

  /// What the records system says of a task, or of the victim.
  canonical::CanonicalMessage said(const std::string& type) {
    auto out = support::message("said-" + std::to_string(++said_), type, "niche.test", formatInstant(rig.clock.now()));
    out.set_source_system("records");
    return out;
  }

  void admit(const canonical::CanonicalMessage& message) { rig.admitTogether({message}, "records"); }

  void taskDone(const std::string& id, const std::string& state = "done") {
    auto message = said("task.completed");
    auto& task = *message.mutable_case_()->add_tasks();
    task.set_id(id);
    task.set_state(state);
    admit(message);
  }

  /// Kinds of the tasks that the records system was sent, in order: those that tell of a clock.
  int told() {
    return static_cast<int>(std::ranges::count_if(rig.sender.sent("records"), [](const Outgoing& one) {
      return one.body.find("duty_late") != std::string::npos;
    }));
  }

 public:
  HostRig rig;
  std::string case_id;

 private:
  int said_ = 0;
};

}  // namespace causeway::pipeline
