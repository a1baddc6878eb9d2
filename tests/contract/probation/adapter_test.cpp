#include "adapters/probation/event_time.hpp"
#include "adapters/probation/probation.hpp"
#include "causeway/testkit.hpp"

#include <gtest/gtest.h>

namespace probation {
namespace {

using causeway::testkit::Host;

std::string instantOf(const char* text) {
  const auto read = eventTime(text);
  return read ? read->instant : std::string();
}

TEST(ProbationTimes, RefusesWhatIsNoMoment) {
  for (const char* wrong : {"", "2026-06-14", "2026-02-30T10:00:00Z", "2026-06-14T24:00:00Z", "2026-06-14T10:60:00Z",
                            "2026-06-14T10:00:00.Z", "2026-06-14T10:00:00.1234567890Z", "2026-06-14T10:00:00+15:00",
                            "2026-06-14T10:00:00 Z", "14/06/2026 10:00", "Fri Jun 14 09:06:52 CEST 2026",
                            "Fri Foo 14 09:06:52 BST 2026", "2026-06-14T10:00:00Z[Europe/London]"})
    EXPECT_EQ(instantOf(wrong), "") << wrong;
}

TEST(ProbationTimes, ReadsWhatTheServicesWrite) {
  EXPECT_EQ(instantOf("2026-06-14T09:06:52Z"), "2026-06-14T09:06:52Z");
  EXPECT_EQ(instantOf("2026-06-14T09:06:52+01:00"), "2026-06-14T08:06:52Z");
  EXPECT_EQ(instantOf("2026-06-14T00:30:00.123456789+01:00"), "2026-06-13T23:30:00.123456Z");
  EXPECT_EQ(instantOf("2026-06-14T09:06:52.7+0100"), "2026-06-14T08:06:52.7Z");
  EXPECT_EQ(instantOf("2026-06-14T09:06Z"), "2026-06-14T09:06:00Z");
  EXPECT_EQ(instantOf("Fri Jun 14 09:06:52 BST 2024"), "2024-06-14T08:06:52Z");
  EXPECT_EQ(instantOf("Sun Dec 14 09:06:52 GMT 2025"), "2025-12-14T09:06:52Z");
}

TEST(ProbationTimes, ReadsAMomentWithoutAZoneOnLondonsClocksAndSaysSo) {
  EXPECT_EQ(instantOf("2026-06-14T09:06:52"), "2026-06-14T08:06:52Z");
  EXPECT_EQ(instantOf("2026-12-14T09:06:52"), "2026-12-14T09:06:52Z");
  EXPECT_EQ(instantOf("2026-03-29T00:59:00"), "2026-03-29T00:59:00Z");
  EXPECT_EQ(instantOf("2026-03-29T02:00:00"), "2026-03-29T01:00:00Z");
  EXPECT_EQ(instantOf("2026-10-25T01:30:00"), "2026-10-25T00:30:00Z");
  EXPECT_EQ(instantOf("2026-10-25T02:00:00"), "2026-10-25T02:00:00Z");
  Host host(sdk::kTable<Probation>);
  EXPECT_EQ(host.convert("probation.instant", {{"value", "2026-06-14T09:06:52"}})["finding"], "no_zone");
  EXPECT_EQ(host.convert("probation.instant", {{"value", "2026-06-14T09:06:52Z"}})["finding"], "");
  EXPECT_EQ(host.convert("probation.instant", {{"value", "soon"}}).status, CW_REJECTED);
}

TEST(ProbationPerson, TakesOnlyNumbersThatItKnows) {
  Host host(sdk::kTable<Probation>);
  const auto person = [&](const char* type, const char* value) {
    return host.convert("probation.person", {{"type", type}, {"value", value}});
  };
  EXPECT_EQ(person("PERSON", "6abd8aa1")["value"], "");
  EXPECT_EQ(person("PERSON", "6abd8aa1")["finding"], "unknown_number");
  EXPECT_EQ(person("CRN", "x481172")["value"], "X481172");
  EXPECT_EQ(person("CRN", "X481172")["grade"], "ok");
  EXPECT_EQ(person("nomsNumber", "A1234BC")["type"], "noms");
  EXPECT_EQ(person("NOMS", "A123BC")["grade"], "warn");
}

TEST(ProbationCourtTime, IsDoubtedInSummerUnlessLibraSaysIt) {
  Host host(sdk::kTable<Probation>);
  const auto time = [&](const char* value, const char* source) {
    return host.convert("probation.court_time", {{"value", value}, {"source", source}});
  };
  EXPECT_EQ(time("2026-07-06T09:00:00Z", "LIBRA").status, CW_REJECTED) << "a zone would be another reading";
  EXPECT_EQ(time("2026-07-06T09:00:00", "COMMON_PLATFORM")["confidence"], "low");
  EXPECT_EQ(time("2026-07-06T09:00:00", "")["confidence"], "low");
  EXPECT_EQ(time("2026-07-06T09:00:00", "LIBRA")["confidence"], "high");
  EXPECT_EQ(time("2026-12-06T09:00:00", "COMMON_PLATFORM")["confidence"], "high");
  EXPECT_EQ(time("2026-12-06T09:00:00", "COMMON_PLATFORM")["time"], "09:00");
}

TEST(ProbationReplies, AreReceiptsOnlyWhenTheServiceTookThem) {
  Host host(sdk::kTable<Probation>);
  const auto outcome = [&](const char* status) {
    return std::string(host.classifyReply({{"status", status}})["outcome"]);
  };
  EXPECT_EQ(outcome("201"), "delivered");
  EXPECT_EQ(outcome("409"), "rejected");
  EXPECT_EQ(outcome("422"), "rejected");
  EXPECT_EQ(outcome("499"), "retry");
  EXPECT_EQ(outcome("503"), "retry");
  EXPECT_EQ(outcome("401"), "broken");
}

}  // namespace
}  // namespace probation
