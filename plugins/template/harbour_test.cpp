#include "harbour.hpp"

#include "causeway/testkit.hpp"

#include <gtest/gtest.h>

namespace harbour {
namespace {

using causeway::testkit::Host;

TEST(Harbour, RefusesASettingOfTheWrongType) {
  Host host(sdk::kTable<Harbour>, {{"busy_retry_seconds", "soon"}});
  ASSERT_EQ(host.problems().size(), 1U);
  EXPECT_EQ(host.problems().front(), "setting 'busy_retry_seconds' must be a whole number");
}

TEST(Harbour, RefusesADayThatDoesNotExist) {
  Host host(sdk::kTable<Harbour>);
  for (const auto* wrong : {"31/02/2026", "2/6/2026", "02-06-2026", "ab/06/2026", "02/06/26"}) {
    const auto answer = host.convert("harbour.date", {{"value", wrong}});
    EXPECT_EQ(answer.status, CW_REJECTED) << wrong << answer.text();
    EXPECT_TRUE(answer.problems.empty()) << answer.text();
  }
}

TEST(Harbour, TurnsADateRound) {
  Host host(sdk::kTable<Harbour>);
  const auto answer = host.convert("harbour.date", {{"value", "02/06/2026"}});
  ASSERT_TRUE(answer.ok()) << answer.text();
  EXPECT_EQ(answer["value"], "2026-06-02");
}

TEST(Harbour, LeavesAMissingDateUnset) {
  Host host(sdk::kTable<Harbour>);
  const auto answer = host.convert("harbour.date", {{"value", ""}});
  ASSERT_TRUE(answer.ok()) << answer.text();
  EXPECT_TRUE(answer.fields.empty());
}

TEST(Harbour, TellsNewsOfAReferralFromTheAnswerToANotice) {
  Host host(sdk::kTable<Harbour>);
  EXPECT_EQ(host.identify({{"document.kind", "R"}})["message_type"], "referral.progressed");
  EXPECT_EQ(host.identify({{"document.kind", "N"}})["message_type"], "notice.confirmed");
  EXPECT_TRUE(host.identify({{"document.kind", "?"}}).fields.empty());
}

TEST(Harbour, ReadsEveryOutcomeOfADelivery) {
  Host host(sdk::kTable<Harbour>, {{"busy_retry_seconds", "60"}});
  const auto outcome = [&](const char* status) {
    const auto answer = host.classifyReply({{"status", status}, {"reply.reference", "HH-17"}});
    EXPECT_TRUE(answer.ok()) << answer.text();
    return std::string(answer["outcome"]);
  };
  EXPECT_EQ(outcome("201"), "delivered");
  EXPECT_EQ(outcome("409"), "delivered");
  EXPECT_EQ(outcome("503"), "retry");
  EXPECT_EQ(outcome("422"), "rejected");
  EXPECT_EQ(outcome("302"), "broken");
  EXPECT_EQ(host.classifyReply({{"status", "201"}, {"reply.reference", "HH-17"}})["reference"], "HH-17");
  EXPECT_EQ(host.classifyReply({{"status", "503"}})["retry_after_seconds"], "60");
}

}  // namespace
}  // namespace harbour
