#include "host/app/desks/log_purposes.hpp"

#include "host/app/desks/audit_desk.hpp"
#include "tests/support/host_rig.hpp"

#include <gtest/gtest.h>

namespace causeway::app {
namespace {

class LogPurposes : public testing::Test {
 protected:
  Result<std::string> proof(std::string_view purpose) {
    return *desk.answer(R"({"command":"audit_prove","index":0,"purpose":")" + std::string(purpose) + "\"}", "uid:1000");
  }

  support::HostRig rig;
  AuditDesk desk{{rig.store(), rig.writer(), rig.audit(), rig.clock, {}}};
};

TEST_F(LogPurposes, AnyOtherIsDeniedAndOnRecord) {
  rig.receive("records", support::caseFile({}));
  rig.settle();
  int denied = 0;
  for (const char* purpose : {"performance_management", "", "Lawfulness", "self-monitoring", "lawfulness "}) {
    const auto answer = proof(purpose);
    ASSERT_FALSE(answer) << purpose;
    EXPECT_EQ(answer.error().kind, ErrorKind::Refused);
    for (const auto one : kLogPurposes) EXPECT_NE(answer.error().what.find(one), std::string::npos);
    EXPECT_EQ(rig.audited("log_query").size(), static_cast<size_t>(++denied));
  }
  for (const auto& leaf : rig.audited("log_query")) {
    EXPECT_NE(leaf.find("denied"), std::string::npos);
    EXPECT_EQ(leaf.find("performance"), std::string::npos) << "nobody's words go into the log";
  }
}

TEST_F(LogPurposes, AreAnsweredEachOfThem) {
  rig.receive("records", support::caseFile({}));
  rig.settle();
  ASSERT_EQ(kLogPurposes.size(), 4U);
  for (const auto purpose : kLogPurposes) {
    EXPECT_TRUE(proof(purpose)) << purpose;
    const auto leaves = rig.audited("audit_proof");
    ASSERT_FALSE(leaves.empty());
    EXPECT_NE(leaves.back().find(purpose), std::string::npos);
  }
  EXPECT_EQ(rig.auditFault(), "");
}

}  // namespace
}  // namespace causeway::app
