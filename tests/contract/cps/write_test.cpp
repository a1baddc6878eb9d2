#include "tests/contract/cps/cps_support.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace causeway::cps_tests {
namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(CpsWrites, RefusesACaseNumberThatTheInterfaceCannotHold) {
  auto message = canonicalExample("witness-update");
  message.mutable_case_()->set_urn("CRC10955-23");
  const auto out = mapping::write(*library().writePlan("cps.twif-witness-update"), message, {}, kDay);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().what.find("CRC10955"), std::string::npos) << "an error must not hold the value";
}

TEST(CpsWrites, RefusesACodeThatTheCpsDoesNotHave) {
  auto message = canonicalExample("availability");
  message.mutable_case_()->mutable_parties(0)->mutable_availability()->mutable_avoid(0)->mutable_code()->set_code(
      "washing_hair");
  EXPECT_FALSE(mapping::write(*library().writePlan("cps.availability"), message, {}, kDay));
}

// The reason of a date is health or family. A court is told that the witness is unavailable, and not even of which kind the date is.
TEST(CpsWrites, TellsACourtNeitherReasonNorKindOfADate) {
  const auto court = written("availability-for-court", "availability").bytes;
  for (const char* told :
       {"Hip", "Infirmary", "Custody hearing", "children", "\"code\"", "sick", "\"S\"", "\"O\"", "reason"})
    EXPECT_FALSE(holds(court, told)) << told;
  EXPECT_TRUE(holds(court, "2026-06-15"));
  EXPECT_TRUE(holds(court, "2026-07-01"));
}

TEST(CpsWrites, TellsTheReasonOfADateInTheFormForTheCpsOnly) {
  EXPECT_FALSE(holds(written("availability", "availability").bytes, "Hip operation"));
  const auto form = written("mg10", "availability").bytes;
  EXPECT_TRUE(holds(form, "Hip operation"));
  EXPECT_TRUE(holds(form, "NOT_DISCLOSABLE"));
}

TEST(CpsWrites, SendsNoWayOfContactThatIsNotMarkedSafe) {
  for (const char* name : {"witness-update", "twif-witness-update"}) {
    const auto out = written(name, "witness-update").bytes;
    for (const char* unsafe : {"01179000000", "shared@example.org", "Hidden Lane", "Refuge"})
      EXPECT_FALSE(holds(out, unsafe)) << name << " " << unsafe;
    EXPECT_TRUE(holds(out, "07700900123")) << name;
  }
}

TEST(CpsWrites, TellsNobodyWhereASummonsWasServed) {
  EXPECT_FALSE(holds(written("summons-served", "summons-served").bytes, "At work"));
}

TEST(CpsWrites, SaysContactFailedAndNotReluctant) {
  auto message = canonicalExample("engagement");
  const auto write = [&] {
    return mapping::write(*library().writePlan("cps.engagement"), message, {{"delivery.id", "1"}}, kDay);
  };
  EXPECT_TRUE(holds(write()->bytes, "\"CONTACT_FAILED\""));
  message.mutable_case_()->mutable_parties(0)->mutable_engagement()->set_state("reluctant");
  EXPECT_TRUE(holds(write()->bytes, "\"WITNESS_RELUCTANT\""));
}

TEST(CpsWrites, NamesAPersonByTheNumbersOfTheCpsAndNotOfTheRecords) {
  for (const auto& [example, mapping, file, format] : writings())
    EXPECT_FALSE(holds(written(mapping, example).bytes, "\"P1\"")) << mapping;
}

TEST(CpsWrites, AnswersInItsOwnWords) {
  const mapping::NamedValues values{
      {"envelope.id", "CMS-1"}, {"reply.outcome", "accepted"}, {"reply.at", "2026-05-12T09:20:00Z"}};
  const auto json = mapping::write(*library().writePlan("cps.receipt"), canonical::CanonicalMessage(), values, kDay);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->bytes, R"({"type":"RECEIPT","messageId":"CMS-1","result":"accepted","at":"2026-05-12T09:20:00Z"})");
  const auto xml =
      mapping::write(*library().writePlan("cps.twif-receipt"), canonical::CanonicalMessage(), values, kDay);
  ASSERT_TRUE(xml);
  EXPECT_TRUE(holds(xml->bytes, "messageId=\"CMS-1\" result=\"accepted\""));
}

TEST(CpsWrites, EveryExampleAsIsExpectedAndLosesNothing) {
  const auto all = writings();
  EXPECT_GE(all.size(), 18U);
  for (const auto& [example, mapping, file, format] : all) {
    SCOPED_TRACE(file.filename().string());
    const auto out = written(mapping, example);
    std::string lost;
    for (const auto& path : out.lost) lost += path + "\n";
    EXPECT_EQ(lost, "");
    EXPECT_EQ(out.bytes, expected(file, out.bytes));
  }
}

TEST(CpsWrites, EveryMappingThatWritesHasAnExample) {
  const auto all = writings();
  for (const auto& file : library().mappings()) {
    if (!file.writes || !file.id.starts_with("cps.") || file.message == "reply") continue;
    EXPECT_TRUE(std::ranges::any_of(all, [&](const Writing& known) { return "cps." + known.mapping == file.id; }))
        << file.id;
  }
}

// What we write of a person is read back by the mapping that reads the same kind of message from the CPS.
TEST(CpsWrites, AnUpdateThatIsReadBackSaysTheSame) {
  for (const char* name : {"witness-update", "twif-witness-update"}) {
    SCOPED_TRACE(name);
    const auto source = canonicalExample("witness-update");
    const auto decoded = decode(written(name, "witness-update").bytes);
    ASSERT_EQ(complaintsOf(decoded), "");
    ASSERT_EQ(decoded.reading.messages.size(), 1U);
    const auto& back = decoded.reading.messages[0]->case_();
    EXPECT_EQ(back.urn(), source.case_().urn());
    ASSERT_EQ(back.parties_size(), 1);
    const auto &told = back.parties(0), &known = source.case_().parties(0);
    EXPECT_EQ(told.person().names(0).family(), known.person().names(0).family());
    EXPECT_EQ(told.person().names(0).given_size(), known.person().names(0).given_size());
    EXPECT_EQ(told.person().born_on(), known.person().born_on());
    EXPECT_EQ(told.change().kind().code(), known.change().kind().code());
    EXPECT_EQ(told.contact_points(0).value(), known.contact_points(0).value());
    EXPECT_EQ(told.addresses(0).postcode(), known.addresses(0).postcode());
  }
}

}  // namespace
}  // namespace causeway::cps_tests
