#include "tests/unit/pipeline/clock_scene.hpp"

// A time limit that the law counts from the report of the crime.
namespace causeway::pipeline {
namespace {

class CountedFromReport : public Clocked {
 protected:
  CountedFromReport() : Clocked(scene()) {}

  /// The clock of an outcome, in a case that was reported on this day; empty: nobody says when.
  care::ClockRow whenReported(const std::string& day) {
    if (!day.empty()) {
      auto message = said("case.updated");
      message.mutable_case_()->set_reported_on(day);
      admit(message);
    }
    resulted();
    const auto all = clocks();
    const auto found = std::ranges::find(all, "outcome", &care::ClockRow::clock);
    EXPECT_NE(found, all.end());
    return found == all.end() ? care::ClockRow() : *found;
  }

 private:
  static Scene scene() {
    auto out = clockScene();
    const std::string what = "    what: tell the outcome\n";
    out.clocks.replace(out.clocks.find(what), what.size(), what + "    counts_from: report\n");
    return out;
  }
};

TEST_F(CountedFromReport, CountsFromTheRequestWhereTheReportIsNotKnown) {
  const auto row = whenReported("");
  EXPECT_EQ(formatInstant(row.due_at), "2026-06-09T16:00:00Z");
  EXPECT_EQ(row.reason, "from_request");
}

TEST_F(CountedFromReport, CountsFromTheRequestWhereItComesLongAfter) {
  const auto row = whenReported("2026-05-01");
  EXPECT_EQ(formatInstant(row.due_at), "2026-06-09T16:00:00Z") << "nobody could have met a limit that was over before";
  EXPECT_EQ(row.reason, "from_request_long_after_report");
}

TEST_F(CountedFromReport, CountsFromTheRequestWhereTheReportIsYetToCome) {
  const auto row = whenReported("2026-06-10");
  EXPECT_EQ(formatInstant(row.due_at), "2026-06-09T16:00:00Z");
  EXPECT_EQ(row.reason, "from_request");
}

TEST_F(CountedFromReport, CountsFromTheReport) {
  const auto row = whenReported("2026-05-29");
  EXPECT_EQ(formatInstant(row.due_at), "2026-06-05T16:00:00Z");
  EXPECT_EQ(row.reason, "from_report");
  EXPECT_EQ(row.law, "2021-04-01");
  EXPECT_TRUE(std::ranges::any_of(rig.audited("clock_started"),
                                  [](const auto& leaf) { return leaf.find("from_report") != std::string::npos; }));
}

}  // namespace
}  // namespace causeway::pipeline
