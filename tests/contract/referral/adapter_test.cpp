#include "adapters/referral/contact_text.hpp"
#include "adapters/referral/reference.hpp"
#include "adapters/referral/referral.hpp"
#include "causeway/testkit.hpp"

#include <gtest/gtest.h>

#include <set>

namespace referral {
namespace {

using causeway::testkit::Host;

Host unit() {
  return Host(sdk::kTable<Referral>, {{"referrer_organisation", "Witness Care Unit"},
                                      {"referrer_email", "wcu@force.example"},
                                      {"call_back_number", "01632 960100"},
                                      {"sms_parts", "2"}});
}

TEST(ReferralFreeText, IsRefusedWithContactDetailsOfAnybody) {
  auto host = unit();
  for (const char* wrong :
       {"ring her on 07700 900123", "write to ada@mail.example", "(0117) 496-0123", "+44.7700.900123"}) {
    const auto answer = host.convert("referral.free_text", {{"value", wrong}, {"limit", "500"}});
    EXPECT_EQ(answer.status, CW_REJECTED) << wrong;
    EXPECT_EQ(answer.error.find("900123"), std::string::npos) << "the error holds the value";
  }
  EXPECT_EQ(host.convert("referral.free_text", {{"value", "ééééé"}, {"limit", "4"}}).status, CW_REJECTED);
}

TEST(ReferralFreeText, KeepsWordsAsTheyAre) {
  auto host = unit();
  const auto answer =
      host.convert("referral.free_text", {{"value", "Two incidents, 15.05.2026 and @ work"}, {"limit", "500"}});
  EXPECT_EQ(answer.status, CW_REJECTED) << "eight figures of a date look like a number: the writer spells the month";
  EXPECT_EQ(host.convert("referral.free_text", {{"value", "éééé"}, {"limit", "4"}})["value"], "éééé");
  EXPECT_EQ(host.convert("referral.free_text", {{"value", "one"}, {"value", "two"}, {"limit", "20"}})["value"],
            "one; two");
}

TEST(ReferralReference, IsTheSameForTheSameReferralAndSayable) {
  std::set<std::string> made;
  for (int i = 0; i < 200; ++i) {
    const auto text = shortReference("5d1c9a40-3f0e-4f6a-9a0c-" + std::to_string(100000000000 + i), "idva");
    ASSERT_EQ(text.size(), 8U);
    EXPECT_TRUE(text.ends_with("DA"));
    EXPECT_EQ(text.substr(0, 2).find_first_of("IO"), std::string::npos);
    EXPECT_EQ(text, shortReference("5d1c9a40-3f0e-4f6a-9a0c-" + std::to_string(100000000000 + i), "idva"));
    made.insert(text);
  }
  EXPECT_GT(made.size(), 190U);
  EXPECT_EQ(shortReference("", "idva"), "");
}

TEST(ReferralDue, IsFiveInTheAfternoonInLondon) {
  for (const char* wrong : {"2026-02-30", "tomorrow", "2026-11", "18/11/2026"}) EXPECT_EQ(endOfWorkingDay(wrong), "");
  EXPECT_EQ(endOfWorkingDay("2026-11-18"), "2026-11-18T17:00:00Z");
  EXPECT_EQ(endOfWorkingDay("2026-06-03"), "2026-06-03T16:00:00Z");
  EXPECT_EQ(endOfWorkingDay("2026-03-28"), "2026-03-28T17:00:00Z");
  EXPECT_EQ(endOfWorkingDay("2026-03-29"), "2026-03-29T16:00:00Z");
  EXPECT_EQ(endOfWorkingDay("2026-10-25"), "2026-10-25T17:00:00Z");
}

TEST(ReferralDay, IsThatOfLondon) {
  EXPECT_EQ(londonDay("yesterday"), "");
  EXPECT_EQ(londonDay("2026-05-29T22:59:00Z"), "2026-05-29");
  EXPECT_EQ(londonDay("2026-05-29T23:40:00Z"), "2026-05-30");
  EXPECT_EQ(londonDay("2026-12-31T23:40:00Z"), "2026-12-31");
  EXPECT_EQ(londonDay("2026-06-30T23:40:00Z"), "2026-07-01");
}

TEST(ReferralLetter, NeedsThreeToSevenLinesAndAPostcode) {
  auto host = unit();
  EXPECT_EQ(host.convert("referral.letter_line", {{"n", "1"}, {"family", "Sayle"}, {"line", "Quay Terrace"}}).status,
            CW_REJECTED);
  EXPECT_EQ(host.convert("referral.letter_line", {{"n", "1"}, {"family", "Sayle"}, {"postcode", "BS20 7ZZ"}}).status,
            CW_REJECTED);
  const auto line = [&](const char* n) {
    return std::string(host.convert("referral.letter_line", {{"n", n},
                                                             {"given", "Bronwen"},
                                                             {"family", "Sayle"},
                                                             {"premises", "4"},
                                                             {"line", "Quay Terrace"},
                                                             {"postcode", "BS20 7ZZ"}})["value"]);
  };
  EXPECT_EQ(line("1"), "Bronwen Sayle");
  EXPECT_EQ(line("2"), "4 Quay Terrace");
  EXPECT_EQ(line("3"), "BS20 7ZZ");
  EXPECT_EQ(line("4"), "");
}

TEST(ReferralSms, IsRefusedWhenItIsTooLongOrHasNoNumberToRing) {
  Host bare(sdk::kTable<Referral>);
  EXPECT_EQ(bare.convert("referral.sms", {{"value", "Ring {number}."}}).status, CW_REJECTED);
  auto host = unit();
  EXPECT_EQ(host.convert("referral.sms", {{"value", std::string(307, 'a')}}).status, CW_REJECTED);
  const auto answer = host.convert("referral.sms", {{"value", "Ring {number}."}});
  EXPECT_EQ(answer["value"], "Ring 01632 960100.");
  EXPECT_EQ(answer["parts"], "1");
}

TEST(ReferralReplies, TakeARepeatForAReceipt) {
  auto host = unit();
  const auto verdict = [&](const char* status, const char* error) {
    return std::string(host.classifyReply({{"status", status}, {"reply.error", error}})["outcome"]);
  };
  EXPECT_EQ(verdict("409", "duplicate"), "delivered");
  EXPECT_EQ(verdict("409", "idempotency_key_reused"), "rejected");
  EXPECT_EQ(verdict("422", "validation_error"), "rejected");
  EXPECT_EQ(verdict("429", ""), "retry");
  EXPECT_EQ(verdict("503", ""), "retry");
  EXPECT_EQ(verdict("403", ""), "broken");
  EXPECT_EQ(verdict("201", ""), "delivered");
}

}  // namespace
}  // namespace referral
