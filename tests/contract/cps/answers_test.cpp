#include "adapters/cps/cps.hpp"
#include "causeway/testkit.hpp"

#include <gtest/gtest.h>

namespace cps {
namespace {

using causeway::testkit::Host;

struct Case {
  const char* status;
  const char* field;
  const char* value;
  const char* outcome;
  const char* reason;
};

TEST(CpsAnswers, MeanWhatTheySay) {
  Host host(sdk::kTable<Cps>, {{"busy_retry_seconds", "90"}});
  for (const Case& item : {
           Case{"200", "type", "html", "broken", "no_receipt"},
           Case{"202", "html/body", "Welcome", "broken", "no_receipt"},
           Case{"200", "result", "perhaps", "broken", "unknown_result"},
           Case{"302", "x", "", "broken", "unexpected_status"},
           Case{"200", "result", "REJECTED", "rejected", "refused_by_cps"},
           Case{"200", "submissionStatus", "FAILED", "rejected", "refused_by_cps"},
           Case{"409", "x", "", "rejected", "version_conflict"},
           Case{"400", "x", "", "rejected", "refused_by_cps"},
           Case{"200", "SubmitResponseMes/ResponseCode", "1310", "rejected", "exchange_1310"},
           Case{"200", "ResponseCode", "seven", "broken", "unknown_response"},
           Case{"503", "result", "ACCEPTED", "retry", "busy"},
           Case{"429", "x", "", "retry", "busy"},
           Case{"500", "x", "", "retry", "cps_failed"},
           Case{"200", "result", "LOCKED", "retry", "case_locked"},
           Case{"200", "result", "accepted", "delivered", ""},
           Case{"200", "reply.Receipt.result", "DUPLICATE", "delivered", ""},
           Case{"202", "submissionStatus", "PENDING_WITH_WARNINGS", "delivered", ""},
           Case{"202", "submissionId", "7e2f843e", "delivered", ""},
           Case{"200", "ResponseCode", "1", "delivered", ""},
           Case{"200", "ResponseCode", "302", "delivered", ""},
       }) {
    const auto answer = host.classifyReply({{"status", item.status}, {item.field, item.value}});
    EXPECT_TRUE(answer.ok()) << answer.text();
    EXPECT_EQ(answer["outcome"], item.outcome) << item.status << " " << item.field << " " << item.value;
    EXPECT_EQ(answer["reason"], item.reason) << item.status << " " << item.field << " " << item.value;
  }
}

TEST(CpsAnswers, KeepTheNumberAndTheCodeButNoWords) {
  Host host(sdk::kTable<Cps>);
  EXPECT_EQ(host.classifyReply({{"status", "202"}, {"submissionId", "S-17"}})["reference"], "S-17");
  EXPECT_EQ(host.classifyReply({{"status", "200"}, {"result", "REJECTED"}, {"code", "URN_UNKNOWN"}})["reason"],
            "URN_UNKNOWN");
  EXPECT_EQ(host.classifyReply({{"status", "200"}, {"result", "REJECTED"}, {"code", "no such Ms Carrow"}})["reason"],
            "refused_by_cps");
}

TEST(CpsAnswers, SayHowLongToWait) {
  Host host(sdk::kTable<Cps>, {{"busy_retry_seconds", "90"}});
  EXPECT_EQ(host.classifyReply({{"status", "429"}})["retry_after_seconds"], "90");
  EXPECT_EQ(host.classifyReply({{"status", "429"}, {"retry_after", "7"}})["retry_after_seconds"], "7");
}

TEST(CpsAnswers, NeedNoReceiptWhereTheInstallationSaysSo) {
  Host host(sdk::kTable<Cps>, {{"receipt_required", "false"}});
  EXPECT_EQ(host.classifyReply({{"status", "202"}})["outcome"], "delivered");
  EXPECT_EQ(host.classifyReply({{"status", "202"}, {"result", "REJECTED"}})["outcome"], "rejected");
}

}  // namespace
}  // namespace cps
