#include "host/security/audit_leaf.hpp"

#include "tests/unit/security/security_support.hpp"

namespace causeway::security {
namespace {

TEST(AuditLeaf, RefusesAnEventWithoutOperation) { EXPECT_EQ(failure(auditLeaf(0, {})), ErrorKind::Invalid); }

TEST(AuditLeaf, RefusesADetailTwice) {
  pipeline::AuditEvent event;
  event.op = "view";
  event.details = {{"role", "officer"}, {"reason", "call"}, {"role", "supervisor"}};
  EXPECT_EQ(failure(auditLeaf(0, event)), ErrorKind::Invalid);
}

TEST(AuditLeaf, LetsNoTextBreakOutOfItsValue) {
  pipeline::AuditEvent event;
  event.op = "view\",\"op\":\"x";
  event.at = atSecond(0);
  event.actor = std::string("a\n\r\t\\\x1b[31m\x7f\0", 12);
  event.details = {{"k\"", "\xFF\xC0 caf\xC3\xA9"}, {"k2", "caf\xC3\xA9"}};
  EXPECT_EQ(ok(auditLeaf(12, event)),
            "{\"n\":12,\"op\":\"view\\\",\\\"op\\\":\\\"x\",\"at\":\"2026-05-28T20:26:40Z\","
            "\"actor\":\"a\\n\\r\\t\\\\\\u001b[31m\\u007f\\u0000\","
            "\"details\":{\"k\\\"\":\"\\ufffd\\ufffd caf\\ufffd\\ufffd\",\"k2\":\"caf\xC3\xA9\"}}");
}

TEST(AuditLeaf, WritesEveryFieldInFixedOrder) {
  const pipeline::AuditEvent event{.op = "disclosure",
                                   .at = atSecond(1),
                                   .actor = "causeway",
                                   .message_id = "m1",
                                   .case_id = "c1",
                                   .delivery_id = "d1",
                                   .recipient = "records",
                                   .purpose = "inform",
                                   .rule = "inform@4",
                                   .details = {{"fields", "3"}, {"basis", "task"}}};
  EXPECT_EQ(ok(auditLeaf(0, event)),
            R"({"n":0,"op":"disclosure","at":"2026-05-28T20:26:41Z","actor":"causeway","message":"m1","case":"c1",)"
            R"("delivery":"d1","recipient":"records","purpose":"inform","rule":"inform@4",)"
            R"("details":{"fields":"3","basis":"task"}})");
}

TEST(AuditHead, IsSignedAsFourLines) {
  const pipeline::AuditHead head{
      .size = 3, .root_hash = std::string("\x01\xFF", 2), .signature = {}, .signed_at = atSecond(0), .frontier = {}};
  EXPECT_EQ(auditHeadText(head), "causeway-audit-head-v1\n3\n01ff\n2026-05-28T20:26:40Z\n");
}

}  // namespace
}  // namespace causeway::security
