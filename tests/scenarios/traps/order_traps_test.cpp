#include "tests/scenarios/traps/day.hpp"

#include <algorithm>

// In which order and company messages come.
namespace causeway::traps {
namespace {

const std::string kFixed = "courts/examples/cp-trial-fixed.json", kVacated = "courts/examples/cp-trial-vacated.json";

long warned(Day& day) { return count(day.told("records"), "14 July 2026"); }

// flow: F06 out-of-order
TEST(Trap9, VacatedBeforeFixedWarnsNobodyOfTheTrialThatIsOff) {
  ASSERT_LT(std::string("2026-06-02T15:14:14.438Z"), std::string("2026-06-02T15:20:00.000Z")) << "when each was said";
  Day day;
  day.knows("assault.xml");
  EXPECT_EQ(day.stateOf(day.hears("courts", example(kVacated))), "done");
  const auto fixed = day.hears("courts", example(kFixed));
  EXPECT_EQ(day.stateOf(fixed), "done");
  EXPECT_EQ(warned(day), 0);
  const auto whole = day.caseAfter(fixed);
  EXPECT_EQ(std::ranges::count(whole.hearings(), "vacated", [](const auto& one) { return one.state(); }), 1);
}

// flow: F02 out-of-order
TEST(Trap9, AnOldFixedThatComesAgainAfterAVacatedWarnsNobodyAnew) {
  Day day;
  day.knows("assault.xml");
  day.hears("courts", example(kFixed));
  EXPECT_GE(warned(day), 2);
  const auto vacated = day.hears("courts", example(kVacated));
  day.told("records");
  day.hears("courts", example(kFixed));
  EXPECT_EQ(warned(day), 0) << "the same document";
  day.hears("courts", with(example(kFixed), {{"\"isReshare\": false", "\"isReshare\": true"}}));
  EXPECT_EQ(warned(day), 0) << "the same said again in another document";
  const auto whole = day.caseAfter(vacated);
  EXPECT_EQ(std::ranges::count(whole.hearings(), "2026-07-14", [](const auto& one) { return one.starts_at().date(); }),
            1);
}

/// A result in the wrapping of the exchange, with what stands in its head.
std::string routed(const std::string& document, const std::string& head) {
  const auto text = document.substr(document.find("?>") + 2);
  return R"(<?xml version="1.0" encoding="UTF-8"?><RouteData xmlns="http://schemas.cjse.gov.uk/common/operations" )"
         R"(xmlns:be="http://schemas.cjse.gov.uk/common/businessentities" VersionNumber="1.0" RequestResponse="Request">)"
         R"(<RequestFromSystem VersionNumber="1.0"><CorrelationID>C-1</CorrelationID><SystemID>Z00CJSE</SystemID>)" +
         head +
         R"(</RequestFromSystem><DataStream><be:System>Z00CJSE</be:System><be:DataStreamType>SPIResults</be:DataStreamType>)"
         R"(<be:SystemDataStreamID>C-1</be:SystemDataStreamID><be:DataStreamContent>)" +
         with(text, {{"<", "&lt;"}, {">", "&gt;"}}) + R"(</be:DataStreamContent></DataStream></RouteData>)";
}

TEST(Trap11, ATestOfTheExchangeTellsNobody) {
  const auto document = example("courts/examples/trial-fixed.xml");
  Day day;
  day.knows("assault.xml");
  day.hears("courts", routed(document, "<TestOperation>true</TestOperation>"));
  EXPECT_TRUE(day.told("records").empty());
  EXPECT_TRUE(day.told("idva-service").empty());
  day.hears("courts", with(routed(document, ""), {{"C-1", "C-2"}}));
  EXPECT_GE(count(day.told("records"), "14 July 2026 at 10:00"), 2) << "the same, live";
}

TEST(Trap12, OneBadCaseOfAListHoldsUpNoOther) {
  Day day;
  const auto known = with(file("assault.xml"), {{"01ZD0300126", "52SB0301026"},
                                                {"2601ZD0100000100341J", "2652SB0100000123456F"},
                                                {"Alaric", "Miles"},
                                                {"Exampleton", "Harrod"},
                                                {"1990-04-12", "1991-03-14"}});
  ASSERT_EQ(day.stateOf(day.hears("records", known)), "done");
  const auto list = with(example("courts/examples/crown-daily-list.xml"), {{"<cs:URN>52SB0301226</cs:URN>", ""}});
  const auto states = day.statesOf(day.hears("courts", list));
  EXPECT_GE(states.size(), 3U);
  EXPECT_EQ(std::ranges::count(states, "held"), 1) << "the one that says of no case which it is";
  EXPECT_EQ(std::ranges::count(states, "done"), 1);
  EXPECT_GE(count(day.told("records"), "16 June 2026 at 10:30"), 2);
}

}  // namespace
}  // namespace causeway::traps
