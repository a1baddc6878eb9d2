#include "tests/unit/pipeline/clock_scene.hpp"

#include <algorithm>

// Duties about a hearing that is called off, or turns out to be another one, in the store.
namespace causeway::pipeline {
namespace {

using care::ClockState;

const std::string kDay = "2026-07-14T10:00", kLater = "2026-08-20T10:00";

/// The victim is told the day of each hearing.
class ClockedHearing : public Clocked {
 protected:
  ClockedHearing() : Clocked(scene()) { rig.clock.advance(std::chrono::hours(24)); }

  /// What the court says of its one trial, so many hours ago.
  void ofCourt(const std::string& day, const std::string& state, int hours_ago = 0) {
    auto message = at(state == "vacated" ? "trial.vacated" : "hearing.listed", "courts.cp/1", hours_ago);
    auto& hearing = trial(message, day);
    hearing.set_state(state);
    *hearing.add_identifiers() = support::number("cp_hearing", "7c1f0000-0000-4000-8000-000000000003");
    rig.admitTogether({message}, "courts");
  }

  /// The prosecutor wants the victim on that day.
  void wanted(const std::string& day) {
    auto message = at("witness.warn_requested", "cps.warn/1");
    auto& hearing = trial(message, day);
    auto& party = support::addParty(message, support::person("Cora", "Lisle", "1999-01-05"), "victim");
    auto& attendance = *party.add_attendances();
    attendance.set_hearing_id(hearing.id());
    attendance.mutable_requirement()->set_code("required");
    rig.admitTogether({message}, "prosecutor");
  }

  std::vector<care::ClockRow> open() {
    auto out = clocks();
    std::erase_if(out, [](const auto& row) { return !isOpen(row); });
    return out;
  }
  std::vector<std::string> reasons() {
    std::vector<std::string> out;
    for (const auto& row : clocks()) out.push_back(row.reason);
    return out;
  }

 private:
  canonical::CanonicalMessage at(const std::string& type, const std::string& format, int hours_ago = 0) {
    rig.clock.advance(std::chrono::minutes(10));
    auto out = support::message("hearing-" + std::to_string(++said_), type, format,
                                formatInstant(rig.clock.now() - std::chrono::hours(hours_ago)));
    out.set_received_at(formatInstant(rig.clock.now()));
    return out;
  }
  static canonical::Hearing& trial(canonical::CanonicalMessage& message, const std::string& day) {
    auto& out = support::addHearing(message, day);
    out.mutable_purpose()->set_code("trial");
    return out;
  }

  static Scene scene() {
    auto out = clockScene();
    out.clocks += R"(  - id: day
    right: "8"
    what: tell the day
    team: care
    versions: [ { valid_from: 2021-04-01, source: invented for tests, due: { working_days: 1 } } ]
    again: restarts
    of_day: true
    stops: [ { type: task.completed, "case.tasks[].state": done } ]
    escalate: [ { at: due, tell: leader } ]
)";
    out.routes += R"(  - id: day
    version: 1
    state: live
    source: invented for tests
    when: { type: hearing.listed }
    tell:
      - recipient: records
        type: task.raised
        purpose: victim_care
        for_each: "case.parties[role=victim]"
        task: { kind: tell_hearing, unit: care, priority: normal, instructions: tell }
        due: { clock: day }
        subject: "hearing time {case.hearings[0].id}"
)";
    return out;
  }

  int said_ = 0;
};

TEST_F(ClockedHearing, ATrialThatIsCalledOffEndsTheDutyThoughItsTaskHasGoneOut) {
  ofCourt(kDay, "fixed");
  rig.deliver();
  ASSERT_EQ(open().size(), 1U);
  EXPECT_NE(clock().hearing, "");
  EXPECT_NE(clock().matter, "");
  ofCourt(kDay, "vacated");
  EXPECT_EQ(clock().state, ClockState::Cancelled);
  EXPECT_EQ(clock().reason, "hearing_called_off");
  EXPECT_EQ(pass(24 * 7), 0) << "nobody is told that it is late";
}

TEST_F(ClockedHearing, OfTwoTrialsThatTurnOutToBeOneTheDayToldLastIsOwedOnce) {
  wanted(kDay);
  ofCourt(kLater, "fixed");
  ASSERT_EQ(open().size(), 2U) << "as far as is known there are two trials";
  ofCourt(kDay, "fixed", 12);
  ASSERT_EQ(open().size(), 1U);
  EXPECT_EQ(open()[0].clock_id, std::ranges::max(clocks(), {}, &care::ClockRow::clock_id).clock_id);
  EXPECT_EQ(clocks().size(), 2U) << "the day that holds was told last";
  EXPECT_EQ(std::ranges::count(reasons(), "told_anew"), 1);
  ofCourt(kLater, "vacated");
  EXPECT_TRUE(open().empty()) << "under whichever number the hearing goes on";
}

TEST_F(ClockedHearing, ADayThatOnlyTheProsecutorNamesIsOwedToNobodyAndTheCourtsStays) {
  ofCourt(kLater, "fixed");
  wanted(kDay);
  ofCourt(kDay, "fixed", 12);  // an older word of the court: the prosecutor still has the day from before it moved
  ASSERT_EQ(clocks().size(), 1U) << "the day that holds was the only one told";
  EXPECT_EQ(open().size(), 1U);
  EXPECT_EQ(std::ranges::count(reasons(), "told_anew"), 0);
}

}  // namespace
}  // namespace causeway::pipeline
