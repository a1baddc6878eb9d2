#include "tests/unit/pipeline/rig_support.hpp"

#include <atomic>
#include <future>
#include <memory>
#include <set>

namespace causeway::pipeline {
namespace {

using Fault = store::GuardedVfs::Fault;
using DiskWork = store::GuardedVfs::Operation;

MessageRow settledMessage(const std::string& id) {
  MessageRow out;
  out.message_id = out.document_id = id;
  out.state = MessageState::Done;
  return out;
}

/// Operations that end up in one group, because the writer is kept busy until all are there.
class Writing : public Pipeline {
 protected:
  void keepBusy() {
    rig.writer().submit({[wait = gate_.get_future().share()](Transaction&) -> Result<void> {
                           wait.wait();
                           return {};
                         },
                         [](bool) {}});
  }
  void submit(const std::string& id, std::function<Result<void>(Transaction&)> apply) {
    rig.writer().submit({std::move(apply),
                         [this, id](bool committed) { (committed ? stored_ : refused_).insert(id); },
                         {},
                         [this, id] { undone_.insert(id); }});
  }
  void submitMessage(const std::string& id) {
    submit(id, [id](Transaction& tx) { return tx.insert(settledMessage(id)); });
  }
  void go() {
    gate_.set_value();
    rig.settle();
  }
  bool isStored(const std::string& id) { return rig.store().message(id).value().has_value(); }

  std::promise<void> gate_;
  std::set<std::string> stored_, refused_, undone_;
};

TEST_F(Writing, LetsNobodyFallWithABadOne) {
  std::vector<std::string> told;
  rig.writer().watch([&](Writer::State, const Error& error) { told.push_back(error.what); });
  keepBusy();
  submitMessage("before");
  submit("bad", [](Transaction& tx) -> Result<void> {
    CW_CHECK_OK(tx.insert(settledMessage("half done")));
    return fail(ErrorKind::Invalid, "one message cannot be worked on");
  });
  submitMessage("after");
  go();
  EXPECT_EQ(stored_, (std::set<std::string>{"before", "after"}));
  EXPECT_EQ(refused_, std::set<std::string>{"bad"});
  EXPECT_TRUE(isStored("before") && isStored("after"));
  EXPECT_FALSE(isStored("half done"));
  EXPECT_EQ(undone_.size(), 3U) << "what was learnt in the undone group must be forgotten";
  EXPECT_EQ(told, std::vector<std::string>{"one message cannot be worked on"});
  EXPECT_FALSE(rig.fatal());
  EXPECT_EQ(rig.ledger().received, 2);
}

TEST_F(Writing, StoresAGroupOfBadOnesAndGoodOnesInAnyOrder) {
  for (int mask = 1; mask < 16; ++mask) {
    gate_ = {};
    keepBusy();
    for (int i = 0; i < 4; ++i) {
      const auto id = std::to_string(mask) + "-" + std::to_string(i);
      if ((mask >> i & 1) != 0) submit(id, [](Transaction&) { return Result<void>(fail(ErrorKind::Conflict, "bad")); });
      else submitMessage(id);
    }
    go();
    for (int i = 0; i < 4; ++i)
      EXPECT_EQ(isStored(std::to_string(mask) + "-" + std::to_string(i)), (mask >> i & 1) == 0) << mask << " " << i;
  }
  EXPECT_EQ(rig.writer().state(), Writer::State::Working);
}

TEST_F(Writing, HoldsAMessageOnWhichTheHostFails) {
  registered();
  Document document;
  document.document_id = "document";
  document.sender = "courts";
  document.source_id = "R1";
  document.digest = "digest";
  document.raw = resultFile({});
  document.reply = "reply";
  mapping::Reader reader(*rig.rulebook().library, {});
  auto prepared =
      prepare(rig.rulebook(), *rig.rulebook().partner("courts"), reader, {{}, document.raw, {}}, rig.clock.now());
  document.messages = std::move(prepared.decoded.reading.messages);
  document.messages.at(0)->set_message_id("message");
  document.received_at = rig.clock.now();
  EXPECT_TRUE(rig.writer().perform(
      Writer::Operation{[](Transaction&) { return Result<void>(fail(ErrorKind::Invalid, "a stage failed")); },
                        {},
                        [&](Transaction& tx, const Error& why) -> Result<void> {
                          CW_CHECK_OK(rig.admitter().admitHeld(tx, document, why));
                          return {};
                        },
                        {}}));
  EXPECT_EQ(rig.messagesOf("document").at(0).state, MessageState::Held);
  ASSERT_EQ(rig.holds().size(), 1U);
  EXPECT_EQ(rig.holds()[0].reason_code, "stage_failed");
  const auto ruled = rig.rulings().release({rig.holds()[0].hold_id, "wco.4471", "the fault is mended", "uid:1000"});
  ASSERT_TRUE(ruled) << ruled.error().text();
  rig.deliver();
  EXPECT_EQ(rig.messagesOf("document").at(0).state, MessageState::Done);
  EXPECT_EQ(rig.sender.sent("records").size(), 1U);
}

TEST_F(Writing, AsksToSendAgainWhileTheDiskIsFullAndGoesOnAfterwards) {
  std::vector<Writer::State> told;
  rig.writer().watch([&](Writer::State state, const Error&) { told.push_back(state); });
  rig.disk().setFaultHook([](auto work, auto) { return work == DiskWork::Write ? Fault::NoSpace : Fault::None; });
  for (int i = 0; i < 3; ++i) {
    const auto answer = rig.receive("records", caseFile({}));
    EXPECT_EQ(answer.outcome, "unavailable");
    EXPECT_EQ(answer.status, 503);
  }
  EXPECT_EQ(rig.writer().state(), Writer::State::Refusing);
  EXPECT_FALSE(rig.fatal());
  EXPECT_EQ(rig.ledger().received, 0);
  rig.disk().setFaultHook({});
  EXPECT_EQ(registered().outcome, "accepted");
  EXPECT_EQ(rig.sender.sent("prosecutor").size(), 1U);
  EXPECT_EQ(told, (std::vector{Writer::State::Refusing, Writer::State::Working}));
}

TEST_F(Writing, RecordsAnAnswerOnceThereIsRoomAgainWithoutSendingTwice) {
  // Shared, because the disk is still written to when this body has ended.
  const auto full = std::make_shared<std::atomic<bool>>(false);
  rig.disk().setFaultHook(
      [full](auto work, auto) { return *full && work == DiskWork::Write ? Fault::NoSpace : Fault::None; });
  rig.sender.answer([full](const Outgoing& outgoing) {
    *full = true;
    return FakeSender::withStatus(200)(outgoing);
  });
  const auto whole = registered();
  EXPECT_EQ(deliveryTo("prosecutor", whole).state, DeliveryState::Sending);
  *full = false;
  rig.sender.answer(FakeSender::withStatus(200));
  rig.deliver();
  rig.settle();  // what could not be recorded is handed to the writer anew, which takes its time
  EXPECT_EQ(deliveryTo("prosecutor", whole).state, DeliveryState::Delivered);
  EXPECT_EQ(rig.sender.sent("prosecutor").size(), 1U);
  EXPECT_TRUE(rig.outbox().waitUntilIdle(std::chrono::milliseconds(0)));
}

TEST_F(Writing, ShedsInputFirstAndLetsTheRestGoOn) {
  rig.sender.answer(FakeSender::withStatus(503));
  const auto whole = registered();
  bool room = false;
  rig.intake().shedUnless([&] { return room; });
  rig.sender.answer(FakeSender::withStatus(200));
  for (const char* text : {"not a document", ""})
    EXPECT_EQ(rig.receive("records", text).status, 503) << "nothing may be kept";
  EXPECT_EQ(rig.receive("courts", resultFile({})).outcome, "unavailable");
  EXPECT_EQ(rig.ledger().received, 1);
  rig.passTime(std::chrono::minutes(5));
  EXPECT_EQ(deliveryTo("prosecutor", whole).state, DeliveryState::Delivered);
  room = true;
  EXPECT_EQ(rig.receive("courts", resultFile({})).outcome, "accepted");
}

/// A case and its result, each sent until it is taken, over disks of which one fails once; then everything must be as if nothing had been.
struct Disaster {
  DiskWork work = DiskWork::Write;
  Fault fault = Fault::NoSpace;
  bool keys = false;
  int nth = 1;
};

bool survives(const Disaster& disaster) {
  HostRig rig;
  int left = disaster.nth;
  const auto hook = [&](DiskWork work, auto) {
    if (work != disaster.work || left <= 0) return Fault::None;
    --left;
    return left == 0 ? disaster.fault : Fault::None;
  };
  (disaster.keys ? rig.keyDisk() : rig.disk()).setFaultHook(hook);
  const auto send = [&](const std::string& from, const std::string& text) {
    for (int again = 0; again < 3; ++again) {
      const auto answer = rig.receive(from, text);
      if (answer.status == 200) return;
      EXPECT_EQ(answer.outcome, "unavailable");
      if (rig.fatal()) rig.restart();
    }
    ADD_FAILURE() << "never taken, fault at " << disaster.nth;
  };
  send("records", caseFile({}));
  rig.deliver();
  if (rig.fatal()) rig.restart();
  send("courts", resultFile({}));
  rig.passTime(std::chrono::minutes(2));
  if (rig.fatal()) rig.restart();
  rig.passTime(std::chrono::minutes(2));
  const bool happened = left <= 0;
  EXPECT_EQ(rig.ledger().received, 2) << disaster.nth;
  EXPECT_EQ(rig.ledger().done, 2) << disaster.nth;
  EXPECT_EQ(rig.auditFault(), "") << disaster.nth;
  for (const char* recipient : {"prosecutor", "records", "adviser"}) {
    std::set<std::string> numbers;
    for (const auto& one : rig.sender.sent(recipient)) numbers.insert(one.delivery_id);
    EXPECT_EQ(numbers.size(), 1U) << recipient << " " << disaster.nth;
  }
  EXPECT_FALSE(rig.fatal());
  return happened;
}

void playAll(Disaster disaster, int step) {
  int played = 0;
  while (survives(disaster)) {
    disaster.nth += step;
    ++played;
  }
  EXPECT_GE(played, 2) << "the fault never came";
}

TEST(Disasters, LeaveNothingBehindWhenAnyWriteFindsNoRoom) { playAll({}, 5); }
TEST(Disasters, LeaveNothingBehindWhenAnyWriteFails) { playAll({.fault = Fault::InputOutput}, 11); }
TEST(Disasters, LeaveNothingBehindWhenAnySyncFails) {
  playAll({.work = DiskWork::Sync, .fault = Fault::InputOutput}, 1);
}
TEST(Disasters, LeaveNothingBehindWhenAnyWriteOfAKeyFindsNoRoom) { playAll({.keys = true}, 1); }

}  // namespace
}  // namespace causeway::pipeline
