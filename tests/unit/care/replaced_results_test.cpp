#include "host/base/text.hpp"
#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;

/// The court's result of 2 June, sent at this time, with results of these codes.
CanonicalMessage shared(std::string_view id, std::string_view at, const std::vector<std::string_view>& codes,
                        std::string_view source = "urn:invented:courts", std::string_view day = "2026-06-02") {
  auto out = message(id, "hearing.resulted", "courts.spi-result/1", at);
  out.set_source_system(std::string(source));
  addHearing(out, "2026-06-02T10:00");
  auto& offence = addOffence(addDefendant(out, kAda), "TH68026", "2026-02-01", 1);
  for (const auto code : codes) addResult(offence, code, std::string("As ordered: ").append(code), day);
  return out;
}

/// Codes of the results, those that were taken back with a minus before them.
std::string shown(const CaseRecord& record) {
  std::vector<std::string> out;
  for (const auto& one : record.case_().defendants(0).offences(0).results())
    out.push_back((one.deleted() ? "-" : "") + one.code().code());
  std::ranges::sort(out);
  return join(out, " ");
}
std::string shown(const Folded& folded) { return shown(folded.record); }

TEST(ReplacedResults, StandUntilTheCourtSendsTheResultAgain) {
  EXPECT_EQ(shown(fold({registered(), shared("m-2", "2026-06-02T12:00:00Z", {"1002", "3047"})})), "1002 3047");
}

TEST(ReplacedResults, AreTakenBackByANewerResultThatNoLongerSaysThem) {
  const auto folded = fold({registered(), shared("m-2", "2026-06-02T12:00:00Z", {"1002", "3047"}),
                            shared("m-3", "2026-06-03T12:00:00Z", {"1115", "3047"})});
  EXPECT_EQ(shown(folded), "-1002 1115 3047");
  EXPECT_EQ(only(folded, "result.withdrawn").about.size(), 4U) << "defendant, offence, result and hearing";
  EXPECT_EQ(count(folded, "hearing.resulted"), 1);
}

TEST(ReplacedResults, AreToldAsWithdrawnAndNeverAsDecided) {
  const auto folded = fold(
      {registered(), shared("m-2", "2026-06-02T12:00:00Z", {"1002"}), shared("m-3", "2026-06-03T12:00:00Z", {"1115"})});
  for (const auto& event : folded.events) {
    if (event.type != "hearing.resulted" && event.type != "result.withdrawn") continue;
    const auto told = focus(folded.record.case_(), event, shared("m-3", "2026-06-03T12:00:00Z", {"1115"}));
    ASSERT_EQ(told.case_().defendants(0).offences(0).results_size(), 1) << event.type;
    EXPECT_EQ(told.case_().defendants(0).offences(0).results(0).code().code(),
              event.type == "hearing.resulted" ? "1115" : "1002");
  }
}

TEST(ReplacedResults, OfAnotherDayOfTheHearingStand) {
  EXPECT_EQ(shown(fold({registered(), shared("m-2", "2026-06-02T12:00:00Z", {"1002"}),
                        shared("m-3", "2026-06-03T12:00:00Z", {"3047"}, "urn:invented:courts", "2026-06-03")})),
            "1002 3047");
}

TEST(ReplacedResults, ThatAnotherCourtSystemStillSaysStand) {
  EXPECT_EQ(shown(fold({registered(), shared("m-2", "2026-06-02T12:00:00Z", {"1002", "3047"}),
                        shared("m-3", "2026-06-02T13:00:00Z", {"1002", "3047"}, "urn:invented:other-courts"),
                        shared("m-4", "2026-06-03T12:00:00Z", {"1002"})})),
            "1002 3047");
}

TEST(ReplacedResults, StandAgainWhenTheCourtSaysThemAgain) {
  const auto folded =
      fold({registered(), shared("m-2", "2026-06-02T12:00:00Z", {"1002"}),
            shared("m-3", "2026-06-03T12:00:00Z", {"1115"}), shared("m-4", "2026-06-04T12:00:00Z", {"1002"})});
  EXPECT_EQ(shown(folded), "-1115 1002");
  EXPECT_EQ(count(folded, "hearing.resulted"), 1);
}

TEST(ReplacedResults, AreTheSameInEveryOrderOfArrival) {
  std::vector<CanonicalMessage> all{registered(), shared("m-2", "2026-06-02T12:00:00Z", {"1002", "3047"}),
                                    shared("m-3", "2026-06-03T12:00:00Z", {"1115"}),
                                    shared("m-4", "2026-06-03T12:00:00Z", {"3047"}, "urn:invented:other-courts")};
  std::vector<size_t> order{0, 1, 2, 3};
  do {
    std::vector<CanonicalMessage> arrived;
    for (const auto at : order) arrived.push_back(all[at]);
    EXPECT_EQ(shown(fold(arrived)), "-1002 1115 3047");
  } while (std::ranges::next_permutation(order).found);
}

TEST(ReplacedResults, TellNothingWhenTheOlderResultComesLast) {
  const auto folded = fold(
      {registered(), shared("m-3", "2026-06-03T12:00:00Z", {"1115"}), shared("m-2", "2026-06-02T12:00:00Z", {"1002"})});
  EXPECT_EQ(shown(folded), "-1002 1115");
  EXPECT_EQ(count(folded, "result.withdrawn"), 0);
}

}  // namespace
}  // namespace causeway::care
