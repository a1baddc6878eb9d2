#include "tests/unit/pipeline/rig_support.hpp"

#include <map>
#include <random>

namespace causeway::pipeline {
namespace {

/// Every operation of DPA 2018 s.62(1) has one event: counted beside it, whatever happens in whatever order.
class LoggedOperations : public testing::TestWithParam<unsigned> {
 protected:
  void receive() {
    const auto number = std::to_string(++numbers_);
    const auto urn = "01ZD03039" + std::to_string(10 + pick(4));
    const auto day = std::to_string(10 + pick(15));
    const auto out =
        pick(3) == 0
            ? rig_.receive("records", caseFile({.id = "C" + number,
                                                .urn = urn,
                                                .at = "2026-03-" + day + "T09:00:00Z",
                                                .family = "Lisle" + std::string(1, static_cast<char>('a' + pick(26)))}))
            : rig_.receive("courts", resultFile({.id = "R" + number,
                                                 .urn = urn,
                                                 .code = std::to_string(4000 + pick(50)),
                                                 .at = "2026-04-" + day + "T12:00:00Z"}));
    if (out.outcome == "accepted") ++done_["admission"];
  }
  void erase() {
    const auto messages = rig_.allMessages();
    if (messages.empty()) return;
    const auto& one = messages[pick(static_cast<unsigned>(messages.size()))];
    if (one.case_id.empty()) return;
    if (rig_.rulings().erase({one.case_id, "dpo.12", "retention has ended", "uid:1000"})) ++done_["erasure"];
  }
  void decide() {
    const auto holds = rig_.holds();
    if (holds.empty()) return;
    const Ruling ruling{holds[pick(static_cast<unsigned>(holds.size()))].hold_id, "wco.4471", "asked", "uid:1000"};
    if (pick(2) == 0 ? rig_.rulings().close(ruling).has_value() : false) ++done_["close"];
    else if (rig_.rulings().release(ruling)) ++done_["release"];
  }
  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }

  HostRig rig_;
  std::mt19937 random_{GetParam()};
  std::map<std::string, size_t> done_;
  int numbers_ = 0;
};

TEST_P(LoggedOperations, HaveOneEventEach) {
  for (int step = 0; step < 60; ++step) {
    switch (pick(8)) {
      case 0: erase(); break;
      case 1: decide(); break;
      case 2: rig_.passTime(std::chrono::minutes(1)); break;
      default: receive();
    }
  }
  rig_.deliver();
  rig_.settle();
  size_t lines = 0, entered = 0;
  std::set<std::string> cases;
  for (const auto& message : rig_.allMessages())
    if (!message.case_id.empty()) cases.insert(message.case_id);
  for (const auto& case_id : cases) {
    lines += rig_.store().disclosuresOf(case_id)->size();
    entered += static_cast<size_t>((*rig_.store().findCase(case_id))->seq);
  }
  EXPECT_EQ(rig_.audited("disclosure").size(), lines);
  EXPECT_EQ(rig_.audited("disclosure").size(), rig_.sender.sent().size()) << "no byte left without its event";
  EXPECT_EQ(rig_.audited("alteration").size(), entered) << "collection joins the case with one event each";
  for (const char* op : {"admission", "erasure", "close", "release"})
    EXPECT_EQ(rig_.audited(op).size(), done_[op]) << op;
  EXPECT_EQ(rig_.auditFault(), "");
}

TEST_P(LoggedOperations, NameNobody) {
  for (int step = 0; step < 20; ++step) receive();
  rig_.deliver();
  erase();
  rig_.settle();
  const auto size = *rig_.store().auditSize();
  const auto rows = *rig_.store().auditRows(0, static_cast<int>(size));
  for (const auto& row : rows)
    for (const char* canary : {"Lisle", "Cora", "Marsh", "1999-01-05", "07700900123", "Invented words"})
      EXPECT_EQ(row.leaf.find(canary), std::string::npos) << row.index;
}

INSTANTIATE_TEST_SUITE_P(Seeds, LoggedOperations, testing::Range(1U, 9U));

}  // namespace
}  // namespace causeway::pipeline
