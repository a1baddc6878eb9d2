#pragma once

#include "tests/support/host_rig.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace causeway::pipeline {

using support::caseFile;
using support::CaseText;
using support::FakeSender;
using support::HostRig;
using support::resultFile;
using support::ResultText;
using support::Scene;

/// A rig whose books must be in order at the end of every test: the ledger balances and the audit log verifies.
class Pipeline : public testing::Test {
 protected:
  void TearDown() override {
    if (rig.fatal()) return;
    rig.settle();
    EXPECT_TRUE(rig.ledger().balances());
    EXPECT_EQ(rig.auditFault(), "");
  }

  /// The usual case, registered, and everything sent that it caused.
  Acknowledgement registered(const CaseText& text = {}) {
    const auto out = rig.receive("records", caseFile(text));
    EXPECT_EQ(out.outcome, "accepted") << out.body;
    rig.deliver();
    return out;
  }

  /// A case, and a result of it of which the records and the adviser hear: three deliveries with the prosecutor's. The id of the case.
  std::string aDay() {
    const auto whole = registered();
    rig.receive("courts", resultFile({}));
    rig.deliver();
    return caseIdOf(whole);
  }

  std::string caseIdOf(const Acknowledgement& document) { return rig.messagesOf(document.document_id).at(0).case_id; }

  DeliveryRow deliveryTo(const std::string& recipient, const Acknowledgement& document) {
    for (auto& row : rig.deliveriesOf(document))
      if (row.recipient == recipient) return row;
    ADD_FAILURE() << "no delivery to " << recipient;
    return {};
  }

 public:
  HostRig rig;
};

inline std::vector<std::string> bodies(const std::vector<Outgoing>& sent) {
  std::vector<std::string> out;
  for (const auto& one : sent) out.push_back(one.body);
  return out;
}

}  // namespace causeway::pipeline
