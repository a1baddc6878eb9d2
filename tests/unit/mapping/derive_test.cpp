#include "tests/unit/mapping/engine.hpp"

#include <gmock/gmock.h>

namespace causeway::mapping {
namespace {

const char* const kMeaning =
    "table: m\nlist: result-meaning\nsource: test\nrows:\n  - { from: \"1\", is: prison }\n  - { from: \"2\", is: "
    "prison }\n  - { from: X, is: tag }\n";

std::string offences(std::string_view derive, std::string_view top = "") {
  return mappingOf(
      "fields:\n  - { from: Day, to: case.reported_on }\n  - each: O\n    to: \"case.defendants[0].offences[]\"\n    "
      "fields:\n      - { from: Code, to: code }\n"
      "      - each: R\n        to: \"results[]\"\n        fields:\n          - { from: C, to: code }\n          - { "
      "from: Q, to: \"qualifiers[]\" }\n"
      "          - { from: T, to: text }\n" +
      std::string(derive) + std::string(top));
}

TEST(MappingDerive, AddsACodeOnceAndNothingForAnUnknownOne) {
  Engine engine({kMeaning, offences("        derive:\n          - { from: code, to: \"meanings[]\", table: m }\n       "
                                    "   - { from: \"qualifiers[]\", to: \"meanings[]\", table: m }\n")});
  const auto decoded = engine.decode("<Doc><O><R><C>1</C><Q>2</Q><Q>X</Q><Q>Y</Q></R><R><C>9</C></R></O></Doc>");
  const auto& results = decoded.reading.messages.front()->case_().defendants(0).offences(0).results();
  ASSERT_EQ(results[0].meanings_size(), 2);
  EXPECT_EQ(results[0].meanings(0).code(), "prison");
  EXPECT_EQ(results[0].meanings(1).code(), "tag");
  EXPECT_EQ(results[1].meanings_size(), 0);
  EXPECT_TRUE(decoded.reading.findings.empty());
}

TEST(MappingDerive, SetsInOrderWhatHolds) {
  Engine engine({offences(
      "        derive:\n          - { when: { text: { matches: '(?i)trial' } }, set: { next_hearing.purpose: trial, "
      "next_hearing.confidence: low } }\n"
      "          - { when: { next_hearing.purpose: { exists: false } }, set: { next_hearing.purpose: other } }\n")});
  const auto message = engine.read("<Doc><O><R><T>For TRIAL</T></R><R><T>no</T></R></O></Doc>");
  const auto& results = message.case_().defendants(0).offences(0).results();
  EXPECT_EQ(results[0].next_hearing().purpose().code(), "trial");
  EXPECT_EQ(results[0].next_hearing().confidence(), "low");
  EXPECT_EQ(results[1].next_hearing().purpose().code(), "other");
}

TEST(MappingDerive, LooksAtNeighboursThroughTheElementAround) {
  Engine engine(
      {offences("    derive:\n      - { given: { \"results[].code\": \"4583\" }, in: \"results[]\", set: { deleted: "
                "\"true\" } }\n")});
  const auto message = engine.read("<Doc><O><R><C>1015</C></R><R><C>4583</C></R></O><O><R><C>1015</C></R></O></Doc>");
  const auto& offences_made = message.case_().defendants(0).offences();
  EXPECT_TRUE(offences_made[0].results(0).deleted());
  EXPECT_TRUE(offences_made[0].results(1).deleted());
  EXPECT_FALSE(offences_made[1].results(0).has_deleted());
}

TEST(MappingDerive, TakesValuesOfTheWholeMessageWhenItIsWhole) {
  Engine engine({offences("",
                          "derive:\n  - { in: \"case.defendants[].offences[].results[]\", from: "
                          "$message.case.reported_on, to: ordered_on }\n")});
  const auto message = engine.read("<Doc><O><R><C>1</C></R></O><Day>2026-06-02</Day></Doc>");
  EXPECT_EQ(message.case_().defendants(0).offences(0).results(0).ordered_on(), "2026-06-02");
}

TEST(MappingDerive, FillsAGroupFromAConverter) {
  Converters converters;
  ASSERT_TRUE(converters.add("test.next", [](Inputs in, Outputs& out) -> Result<void> {
    if (input(in, "text") == "none") return {};
    out.set("court_name", input(in, "text"));
    out.set("starts_at", "2026-06-02[text]");
    return {};
  }));
  Engine engine({offences("        derive:\n          - { with: { text: text }, to: next_hearing, as: test.next }\n")},
                std::move(converters));
  const auto message = engine.read("<Doc><O><R><T>Leeds</T></R><R><T>none</T></R></O></Doc>");
  const auto& results = message.case_().defendants(0).offences(0).results();
  EXPECT_EQ(results[0].next_hearing().court_name(), "Leeds");
  EXPECT_EQ(results[0].next_hearing().starts_at().precision(), "date_only");
  EXPECT_FALSE(results[1].has_next_hearing());
}

TEST(MappingDerive, SeesWhatTheOneBeforeItFilled) {
  // What is there was looked at for the first line already; the second fills it, the third and fourth must know.
  Engine engine({offences(
      "        derive:\n          - { when: { next_hearing.reason: { exists: true } }, set: { plain_outcome: early } "
      "}\n"
      "          - { from: text, to: next_hearing.reason }\n"
      "          - { when: { next_hearing.reason: { exists: true }, next_hearing.purpose: { exists: false } }, set: { "
      "next_hearing.purpose: trial } }\n"
      "          - { when: { next_hearing.purpose: { exists: false } }, set: { next_hearing.purpose: other } }\n")});
  const auto message = engine.read("<Doc><O><R><T>For trial</T></R><R><C>1</C></R></O></Doc>");
  const auto& results = message.case_().defendants(0).offences(0).results();
  EXPECT_FALSE(results[0].has_plain_outcome());
  EXPECT_EQ(results[0].next_hearing().reason().text(), "For trial");
  EXPECT_EQ(results[0].next_hearing().purpose().code(), "trial");
  EXPECT_EQ(results[1].next_hearing().purpose().code(), "other");
}

TEST(MappingDerive, ReadsTheSameWhenItLooksAtMorePathsThanItCanNote) {
  std::string derive = "        derive:\n";
  for (int i = 0; i < 70; ++i)
    derive += "          - { when: { \"qualifiers[" + std::to_string(i) + "]\": { exists: true }, \"meanings[" +
              std::to_string(i) + "]\": { exists: false } }, from: \"qualifiers[" + std::to_string(i) +
              "]\", to: \"meanings[]\", table: m }\n";
  Engine engine({kMeaning, offences(derive)});
  std::string few, many;
  for (int i = 0; i < 70; ++i) (i < 69 ? few : many) += "<Q>Y</Q>";
  const auto message =
      engine.read("<Doc><O><R>" + few + "<Q>1</Q></R><R><Q>X</Q></R><R>" + few + many + "</R></O></Doc>");
  const auto& results = message.case_().defendants(0).offences(0).results();
  ASSERT_EQ(results[0].meanings_size(), 1);
  EXPECT_EQ(results[0].meanings(0).code(), "prison");
  ASSERT_EQ(results[1].meanings_size(), 1);
  EXPECT_EQ(results[1].meanings(0).code(), "tag");
  EXPECT_EQ(results[2].meanings_size(), 0);
}

TEST(MappingDerive, FindsNoElementOfAListThatIsNotThere) {
  Engine engine(
      {offences("    derive:\n      - { in: \"results[]\", when: { code: { exists: false } }, set: { deleted: "
                "\"true\" } }\n"
                "      - { in: \"results[]\", when: { deleted: { exists: true } }, set: { text: gone } }\n")});
  const auto message = engine.read("<Doc><O><Code>A</Code></O><O><R><T>x</T></R><R><C>1</C></R></O></Doc>");
  const auto& offences_made = message.case_().defendants(0).offences();
  EXPECT_EQ(offences_made[0].results_size(), 0);
  EXPECT_EQ(offences_made[1].results(0).text().text(), "gone");
  EXPECT_FALSE(offences_made[1].results(1).has_deleted());
}

}  // namespace
}  // namespace causeway::mapping
