#include "host/app/hold_log.hpp"

#include "tests/support/host_rig.hpp"

#include <gtest/gtest.h>

#include <string>

namespace causeway::app {
namespace {

std::string logged(const pipeline::AuditEvent& event) {
  testing::internal::CaptureStderr();
  {
    Log log;
    holdsInto(log)(event);
  }
  return testing::internal::GetCapturedStderr();
}

TEST(HoldLog, SaysNothingOfWhatIsNoHold) { EXPECT_EQ(logged({.op = "receipt", .message_id = "m-1"}), ""); }

TEST(HoldLog, WarnsOfAHoldWithItsCodesAndNumbers) {
  const auto line = logged({.op = "hold",
                            .message_id = "m-1",
                            .recipient = "childrens-services",
                            .purpose = "safeguarding",
                            .rule = "A06",
                            .details = {{"reason", "basis_missing"}}});
  for (const char* part : {R"("level":"warning")", R"("event":"held")", R"("code":"basis_missing")", R"("rule":"A06")",
                           R"("message":"m-1")", R"("recipient":"childrens-services")", R"("purpose":"safeguarding")"})
    EXPECT_NE(line.find(part), std::string::npos) << part;
}

TEST(HoldLog, WarnsOfAHoldThatGivesNoReason) {
  EXPECT_NE(logged({.op = "hold", .message_id = "m-2"}).find(R"("message":"m-2")"), std::string::npos);
}

TEST(HoldLog, KnowsOfAHoldThatIsAboutNoCase) {
  support::HostRig rig;
  EXPECT_FALSE(heldAboutNoCase(rig.store()));
  rig.receive("courts", support::resultFile({.urn = ""}));
  rig.settle();
  EXPECT_TRUE(heldAboutNoCase(rig.store()));
}

}  // namespace
}  // namespace causeway::app
