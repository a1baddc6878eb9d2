#include "adapters/niche/niche.hpp"
#include "adapters/niche/safe_times.hpp"
#include "causeway/testkit.hpp"

#include <gtest/gtest.h>

namespace niche {
namespace {

using causeway::testkit::Host;

TEST(NicheAdapter, RefusesAPatternThatSaysNothing) {
  for (const char* wrong : {"52=", "=99", "52=99,,34=9"}) {
    Host host(sdk::kTable<Niche>, {{"occurrence_pattern", wrong}});
    EXPECT_FALSE(host.started()) << wrong;
  }
}

TEST(NicheAdapter, GradesOccurrenceNumbersByForce) {
  Host host(sdk::kTable<Niche>, {{"occurrence_pattern", "52=5226999999, 34=AA/9999/9999999"}});
  const auto grade = [&](const char* force, const char* number) {
    const auto answer = host.convert("niche.occurrence", {{"value", number}, {"force", force}});
    EXPECT_TRUE(answer.ok()) << answer.text();
    return std::string(answer["grade"]);
  };
  EXPECT_EQ(grade("52", "5226004411"), "ok");
  EXPECT_EQ(grade("52", "522600441"), "warn");
  EXPECT_EQ(grade("52", "NB/2026/0004411"), "warn");
  EXPECT_EQ(grade("34", "nb/2026/0004411"), "ok");
  EXPECT_EQ(grade("99", "anything"), "ok") << "nobody said how the numbers of this force look";
}

TEST(NicheAdapter, GivesAnOccurrenceNumberInOneForm) {
  Host host(sdk::kTable<Niche>);
  const auto answer = host.convert("niche.occurrence", {{"value", " ab 12 "}, {"force", "52"}});
  EXPECT_EQ(answer["type"], "occurrence");
  EXPECT_EQ(answer["value"], "AB12");
  EXPECT_EQ(answer["source"], "52");
  EXPECT_TRUE(host.convert("niche.occurrence", {{"force", "52"}}).fields.empty());
}

TEST(NicheSafeTimes, RefusesWhatIsNotDaysAndHours) {
  for (const char* wrong :
       {"", "weekdays", "10-14", "weekdays 10", "weekdays 14-10", "weekdays 10-10", "weekdays 10-25",
        "weekdays 10:60-14", "not weekdays 10-14", "FR-MO 10-14", "weekdays 1000-1400", "weekdays -14"})
    EXPECT_FALSE(parseSafeTime(wrong)) << wrong;
}

TEST(NicheSafeTimes, ReadsDaysAndHours) {
  const auto text = [](const char* words) {
    const auto time = parseSafeTime(words);
    return time ? time->days + " " + time->from + "-" + time->to : std::string("nothing");
  };
  EXPECT_EQ(text("weekdays 10-14"), "MO TU WE TH FR 10:00-14:00");
  EXPECT_EQ(text("Weekends 9:30-12"), "SA SU 09:30-12:00");
  EXPECT_EQ(text("daily 08:00-20:00"), "MO TU WE TH FR SA SU 08:00-20:00");
  EXPECT_EQ(text("wednesday, Mon 10-12"), "MO WE 10:00-12:00");
  EXPECT_EQ(text("MO-FR 10:00-14:00"), "MO TU WE TH FR 10:00-14:00");
  EXPECT_EQ(text("tuesdays 18-19:30"), "TU 18:00-19:30");
}

TEST(NicheAdapter, SaysThatItDidNotUnderstandASafeTime) {
  Host host(sdk::kTable<Niche>);
  const auto answer = host.convert("niche.safe_times", {{"value", "ask her mother"}});
  EXPECT_TRUE(answer.ok()) << answer.text();
  EXPECT_EQ(answer["finding"], "safe_time_not_understood");
  EXPECT_TRUE(answer["from"].empty());
}

struct Case {
  const char* status;
  const char* field;
  const char* value;
  const char* outcome;
  const char* reason;
};

TEST(NicheAdapter, ReadsEveryAnswerOfARecordsSystem) {
  Host host(sdk::kTable<Niche>, {{"busy_retry_seconds", "90"}});
  for (const Case& item :
       {Case{"200", "Receipt/@result", "stored", "delivered", ""}, Case{"200", "result", "Duplicate", "delivered", ""},
        Case{"200", "reply.Receipt.result", "locked", "retry", "record_locked"},
        Case{"200", "result", "busy", "retry", "record_busy"},
        Case{"200", "result", "refused", "rejected", "refused_by_records"},
        Case{"422", "result", "refused", "rejected", "refused_by_records"},
        Case{"200", "result", "perhaps", "broken", "unknown_result"},
        Case{"200", "html/body", "Welcome", "broken", "no_receipt"}, Case{"503", "result", "stored", "retry", "busy"},
        Case{"500", "x", "", "retry", "records_failed"}, Case{"400", "x", "", "rejected", "refused_by_records"},
        Case{"302", "x", "", "broken", "unexpected_status"}}) {
    const auto answer = host.classifyReply({{"status", item.status}, {item.field, item.value}});
    EXPECT_TRUE(answer.ok()) << answer.text();
    EXPECT_EQ(answer["outcome"], item.outcome) << item.status << " " << item.value;
    EXPECT_EQ(answer["reason"], item.reason) << item.status << " " << item.value;
  }
}

TEST(NicheAdapter, KeepsTheRecordsSystemsNumberAndCode) {
  Host host(sdk::kTable<Niche>, {{"busy_retry_seconds", "90"}});
  EXPECT_EQ(host.classifyReply(
                {{"status", "200"}, {"Receipt/@result", "stored"}, {"Receipt/@reference", "OEL-17"}})["reference"],
            "OEL-17");
  EXPECT_EQ(host.classifyReply({{"status", "200"}, {"result", "refused"}, {"code", "OCC_CLOSED"}})["reason"],
            "OCC_CLOSED");
  EXPECT_EQ(host.classifyReply({{"status", "200"}, {"result", "refused"}, {"code", "closed by Sgt Example"}})["reason"],
            "refused_by_records");
  EXPECT_EQ(host.classifyReply({{"status", "429"}})["retry_after_seconds"], "90");
  EXPECT_EQ(host.classifyReply({{"status", "429"}, {"retry_after", "7"}})["retry_after_seconds"], "7");
}

}  // namespace
}  // namespace niche
