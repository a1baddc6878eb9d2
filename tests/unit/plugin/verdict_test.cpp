#include "host/plugin/verdict.hpp"

#include <gtest/gtest.h>

namespace causeway::plugin {
namespace {

using Outcome = pipeline::ReplyVerdict::Outcome;

pipeline::ReplyVerdict byStatus(const std::string& status, const std::string& retry_after = {}) {
  return verdictByStatus({{"status", status}, {"retry_after", retry_after}});
}

TEST(Verdict, IsBrokenWithoutAStatus) {
  for (const auto* status : {"", "OK", "20", "-200", "200 OK"}) {
    EXPECT_EQ(byStatus(status).outcome, Outcome::Broken) << status;
    EXPECT_EQ(byStatus(status).reason, "no_status") << status;
  }
  EXPECT_EQ(verdictByStatus({}).outcome, Outcome::Broken);
}

TEST(Verdict, BlamesOurSetUpForWhatTheMessageCannotCause) {
  for (const auto* status : {"301", "401", "403", "404", "405", "407", "501"}) {
    EXPECT_EQ(byStatus(status).outcome, Outcome::Broken) << status;
  }
}

TEST(Verdict, RetriesWhatMayPass) {
  for (const auto* status : {"408", "425", "429", "500", "502", "503", "504"}) {
    EXPECT_EQ(byStatus(status).outcome, Outcome::Retry) << status;
  }
  EXPECT_EQ(byStatus("503", "90").retry_after_seconds, 90);
  EXPECT_EQ(byStatus("503", "-90").retry_after_seconds, 0);
  EXPECT_EQ(byStatus("503", "99999999").retry_after_seconds, 604800);
  EXPECT_EQ(byStatus("503", "tomorrow").retry_after_seconds, 0);
  EXPECT_EQ(byStatus("503").reason, "http_503");
}

TEST(Verdict, RejectsWhatThePartnerRefuses) {
  EXPECT_EQ(byStatus("400").outcome, Outcome::Rejected);
  EXPECT_EQ(byStatus("422").reason, "http_422");
}

TEST(Verdict, DeliversOnSuccess) {
  EXPECT_EQ(byStatus("200").outcome, Outcome::Delivered);
  EXPECT_EQ(byStatus("204").reason, "");
}

TEST(Verdict, IsWhatTheAdapterAnswers) {
  const auto verdict = verdictOf({{"outcome", "retry"}, {"reason", "busy"}, {"retry_after_seconds", "30"}});
  EXPECT_EQ(verdict.outcome, Outcome::Retry);
  EXPECT_EQ(verdict.reason, "busy");
  EXPECT_EQ(verdict.retry_after_seconds, 30);
  EXPECT_EQ(verdictOf({{"outcome", "delivered"}, {"reference", "R"}}).reference, "R");
  EXPECT_TRUE(verdictOf({{"outcome", "delivered"}}).next.empty());
  const auto next =
      verdictOf({{"outcome", "delivered"}, {"next.path", "/status/1"}, {"next.after_seconds", "30"}}).next;
  EXPECT_EQ(next.target, "/status/1");
  EXPECT_EQ(next.after_seconds, 30);
  EXPECT_EQ(next.give_up_seconds, 0);
  EXPECT_EQ(verdictOf({{"outcome", "rejected"}, {"reason", "x"}}).outcome, Outcome::Rejected);
  EXPECT_EQ(verdictOf({{"outcome", "broken"}, {"reason", "x"}}).outcome, Outcome::Broken);
}

}  // namespace
}  // namespace causeway::plugin
