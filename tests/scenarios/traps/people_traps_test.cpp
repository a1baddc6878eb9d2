#include "tests/scenarios/traps/day.hpp"

#include <array>

// Who learns what of whom.
namespace causeway::traps {
namespace {

const std::string kSentenced = "courts/examples/sentenced.xml", kFixed = "courts/examples/trial-fixed.xml";

/// Everybody who is not the police or the prosecution.
constexpr std::array kServices = {"idva-service",       "isva-service",  "victim-support",     "witness-service",
                                  "hate-crime-service", "home-security", "childrens-services", "victim-liaison"};

TEST(Trap4, TheSameOrderOnEachOffenceIsToldOnce) {
  Day day;
  day.knows("harassment.xml");
  ASSERT_EQ(count({example(kSentenced)}, "<ResultCode>3047</ResultCode>"), 1);
  const auto whole = day.caseAfter(day.hears("courts", example(kSentenced)));
  EXPECT_EQ(whole.defendants(0).orders_size(), 1);
  int results = 0;
  for (const auto& offence : whole.defendants(0).offences())
    for (const auto& result : offence.results()) results += result.code().code() == "3047" ? 1 : 0;
  EXPECT_EQ(results, 2) << "nothing of what the court said is lost";
  const auto told = day.told("records");
  EXPECT_EQ(count(told, "type=\"Tell outcome of hearing\""), 2) << "one for each victim";
  EXPECT_EQ(count(told, "restraining order, compensation, restraining order"), 0);
}

// flow: F03 withheld
TEST(Trap5, NamesAndAddressesInTheCourtsWordsReachNoService) {
  Day day;
  day.knows("harassment.xml");
  const auto sentenced =
      with(example(kSentenced),
           {{"Harassed Odette Sampleford", "Harassed Odette Sampleford of 14 Larch Row"},
            {"Compensation 250.00 to Odette Sampleford", "Compensation 250.00 to Odette Sampleford, 14 Larch Row"}});
  day.hears("courts", sentenced);
  const auto told = day.told("idva-service");
  ASSERT_EQ(told.size(), 1U) << "the adviser of the other victim learns the outcome";
  EXPECT_TRUE(has(told[0], "restraining_order"));
  EXPECT_TRUE(has(told[0], "Notreal"));
  for (const auto* service : kServices)
    for (const auto* words : {"Odette", "Sampleford", "Larch Row", "Harassed", "Compensation 250.00"})
      EXPECT_FALSE(day.everTold(service, words)) << service;
  EXPECT_FALSE(day.everTold("cps", "Larch Row")) << "where somebody lives stays with the police";
}

TEST(Trap5, NothingIsRoutedToTheAccusedsSide) {
  Day day;
  for (const auto& target : day.rulebook().routes->targets())
    EXPECT_NE(day.rulebook().partner(target.recipient)->side, "defence") << target.at.text();
}

// flow: F04 withheld
TEST(Trap7, BailStatusPIsAskedAboutBeforeAnybodyIsTold) {
  Day day;
  day.knows("assault.xml");
  const auto bail =
      with(example(kFixed), {{"<BailStatus>B</BailStatus>", "<BailStatus>P</BailStatus>"},
                             {"<BailStatusOffence>B</BailStatusOffence>", "<BailStatusOffence>P</BailStatusOffence>"}});
  day.hears("courts", bail);
  const auto told = day.told("records");
  EXPECT_EQ(count(told, "Check bail status"), 1);
  EXPECT_EQ(count(told, "Tell outcome of hearing"), 0);
  EXPECT_EQ(count(told, "Explain bail"), 0);
  EXPECT_TRUE(day.told("idva-service").empty());
  const auto held = day.held();
  EXPECT_GE(std::ranges::count(held, "bail_p"), 3) << "what would have told of it waits";
}

TEST(Trap8, AResultNamesNoVictimAndFindsThemByUrnAndArrestNumber) {
  Day day;
  day.knows("assault.xml");
  const auto of_first = example(kFixed);
  ASSERT_FALSE(has(of_first, "<Victim"));
  const auto of_second = with(of_first, {{"2601ZD0100000100341J", "2601ZD0100000100349S"},
                                         {"Alaric", "Bertram"},
                                         {"Exampleton", "Fictive"},
                                         {"1990-04-12", "1988-01-09"}});
  day.hears("courts", of_first);
  EXPECT_EQ(count(day.told("records"), "Tell outcome of hearing"), 1);
  const auto second = day.hears("courts", of_second);
  EXPECT_EQ(day.stateOf(second), "done") << "a co-defendant is a message of its own and the same case";
  const auto told = day.told("records");
  EXPECT_EQ(count(told, "Tell outcome of hearing"), 1);
  EXPECT_GE(count(told, "Sampleford"), 1);
  EXPECT_EQ(day.caseAfter(second).defendants_size(), 2);
}

TEST(Trap8, ADefendantWhomTheCaseDoesNotKnowIsNobodysGuess) {
  Day day;
  day.knows("assault.xml");
  const auto stranger = with(example(kFixed), {{"2601ZD0100000100341J", "2601ZD0100000100777Z"},
                                               {"Alaric", "Nobody"},
                                               {"Exampleton", "Whomweknow"},
                                               {"1990-04-12", "1970-01-01"}});
  EXPECT_EQ(day.stateOf(day.hears("courts", stranger)), "held");
  EXPECT_TRUE(day.told("records").empty());
  EXPECT_EQ(day.held(), std::vector<std::string>{"not_placed"});
}

// flow: F10 withheld
TEST(Trap10, ANumberOfWhichNobodyKnowsWhetherItIsSafeIsNotPassedOn) {
  Day day;
  day.knows("assault.xml");
  day.hears("records", file("referral.xml"));
  EXPECT_TRUE(day.told("idva-service").empty()) << "nothing to reach her by is left";
  EXPECT_EQ(day.held(), std::vector<std::string>{"part_missing"}) << "a person sees to it";
  EXPECT_FALSE(day.everTold("cps", "900123"));
}

TEST(Trap10, OnlyTheNumberThatIsMarkedSafeIs) {
  Day day;
  const std::string unknown = "<Contact type=\"mobile\">07700 900123</Contact>";
  const std::string safe =
      "<Contact type=\"mobile\" safe=\"true\" confirmed=\"2026-05-19T11:00:00Z\">07700 900777</Contact>";
  day.hears("records", with(file("assault.xml"), {{unknown, unknown + safe}}));
  day.hears("records", file("referral.xml"));
  const auto told = day.told("idva-service");
  ASSERT_EQ(count(told, "Sampleford"), 1);
  EXPECT_TRUE(has(told[0], "900777"));
  for (const auto* partner : {"idva-service", "cps"}) EXPECT_FALSE(day.everTold(partner, "900123")) << partner;
}

const std::string kHerLink = "<Link from=\"P4\" to=\"P1\" class=\"IDVA\" organisation=\"Severn Haven\"/>";

TEST(PartyConflict, AServiceThatSupportsTheDefendantTooIsToldNothingInThisCase) {
  Day day;
  const auto both = kHerLink + "<Link from=\"P4\" to=\"P2\" class=\"IDVA\" organisation=\"Severn Haven\"/>";
  day.hears("records", with(file("harassment.xml"), {{kHerLink, both}}));
  day.hears("courts", example(kSentenced));
  EXPECT_TRUE(day.told("idva-service").empty());
  const auto held = day.held();
  EXPECT_GE(std::ranges::count(held, "party_conflict"), 1);
}

TEST(PartyConflict, ASupporterWhoIsTheDefendantsSisterIsToldNothing) {
  Day day;
  const auto bound = kHerLink +
                     "<Link from=\"P4\" to=\"O1\" class=\"Professional\"><Relationship toPerson=\"P2\">sibling"
                     "</Relationship></Link>";
  day.hears("records", with(file("harassment.xml"), {{kHerLink, bound}}));
  day.hears("courts", example(kSentenced));
  EXPECT_TRUE(day.told("idva-service").empty());
  EXPECT_GE(std::ranges::count(day.held(), "party_conflict"), 1);
}

}  // namespace
}  // namespace causeway::traps
