#include "tests/contract/store/store_contract.hpp"

namespace causeway::pipeline {
namespace {

using care::ClockRow;
using care::ClockState;

ClockRow makeClock(const std::string& id, const std::string& case_id = "case") {
  ClockRow c;
  c.clock_id = id;
  c.case_id = case_id;
  c.element = "p-1";
  c.clock = "outcome-told";
  c.law = "2021-04-01";
  c.right = "8";
  c.team = "witness_care";
  c.subject = std::string("blind\0index", 11);
  c.hearing = "h-1";
  c.matter = std::string("blind\0matter", 12);
  c.rule = "outcome@2";
  c.message_id = "message";
  c.delivery_id = "delivery";
  c.task_id = "t-1";
  c.enhanced = true;
  c.test = true;
  c.state = ClockState::Suspended;
  c.started_at = atSecond(1);
  c.due_at = atSecond(100);
  c.next_fire_at = atSecond(50);
  c.step = 1;
  c.fired = 2;
  c.suspended_at = atSecond(3);
  c.evidence = "m-9";
  c.reason = "unsafe_contact";
  c.good_reason = "not_reached";
  return c;
}

const auto clockIds = [](const std::vector<ClockRow>& rows) { return idsOf(rows, &ClockRow::clock_id); };

TEST_P(StoreContract, RefusesAClockOfTheSameNumber) {
  const auto tx = begin();
  ok(tx->insertClock(makeClock("1")));
  EXPECT_EQ(failure(tx->insertClock(makeClock("1", "other"))), ErrorKind::Conflict);
}

TEST_P(StoreContract, RefusesAChangeOfAClockThatChangedMeanwhileOrIsNotThere) {
  write([](Transaction& tx) { ok(tx.insertClock(makeClock("1"))); });
  const auto tx = begin();
  auto first = *ok(tx->findClock("1")), second = first, unknown = makeClock("2");
  first.step = 7;
  ok(tx->updateClock(first));
  EXPECT_EQ(first.revision, 1);
  EXPECT_EQ(failure(tx->updateClock(second)), ErrorKind::Conflict);
  EXPECT_EQ(failure(tx->updateClock(unknown)), ErrorKind::Conflict);
  first.step = 8;
  ok(tx->updateClock(first));
  EXPECT_EQ(ok(tx->findClock("1"))->step, 8);
}

TEST_P(StoreContract, KeepsEveryFieldOfAClock) {
  auto stopped = makeClock("2");
  stopped.stopped_at = atSecond(60);
  stopped.next_fire_at.reset();
  stopped.suspended_at.reset();
  write([&](Transaction& tx) {
    ok(tx.insertClock(makeClock("1")));
    ok(tx.insertClock(stopped));
  });
  reopen();
  EXPECT_EQ(*ok(store().clock("1")), makeClock("1"));
  EXPECT_EQ(*ok(store().clock("2")), stopped);
  EXPECT_FALSE(ok(store().clock("3")));
  write([&](Transaction& tx) {
    auto row = *ok(tx.findClock("1"));
    row = stopped;
    row.clock_id = "1";
    ok(tx.updateClock(row));
  });
  stopped.clock_id = "1";
  stopped.revision = 1;
  EXPECT_EQ(*ok(store().clock("1")), stopped) << "a change writes all of it";
}

TEST_P(StoreContract, FindsWhatIsOpenByCaseDeliveryAndTime) {
  write([](Transaction& tx) {
    auto later = makeClock("later"), over = makeClock("over"), other = makeClock("other", "other"),
         nobody = makeClock("nobody", "");
    later.due_at = atSecond(200);
    later.next_fire_at = atSecond(40);
    over.stopped_at = atSecond(10);
    over.next_fire_at.reset();
    other.delivery_id = "another";
    nobody.delivery_id.clear();
    nobody.next_fire_at.reset();
    nobody.due_at = atSecond(300);
    for (const auto& row : {later, over, other, nobody, makeClock("first")}) ok(tx.insertClock(row));
    EXPECT_EQ(clockIds(ok(tx.openClocksOf("case"))), (Texts{"first", "later"}));
    EXPECT_EQ(clockIds(ok(tx.allClocksOf("case"))), (Texts{"over", "first", "later"}));
    EXPECT_TRUE(ok(tx.openClocksOf("")).empty());
    EXPECT_TRUE(ok(tx.allClocksOf("")).empty());
    EXPECT_EQ(clockIds(ok(tx.openClocksOfDelivery("delivery"))), (Texts{"first", "later"}));
    EXPECT_TRUE(ok(tx.openClocksOfDelivery("")).empty());
  });
  reopen();
  EXPECT_EQ(clockIds(ok(store().clocksOf("case"))), (Texts{"over", "first", "later"}));
  EXPECT_EQ(clockIds(ok(store().clocksToFire(atSecond(39), 10))), Texts{});
  EXPECT_EQ(clockIds(ok(store().clocksToFire(atSecond(40), 10))), Texts{"later"});
  EXPECT_EQ(clockIds(ok(store().clocksToFire(atSecond(50), 10))), (Texts{"later", "other", "first"}));
  EXPECT_EQ(clockIds(ok(store().clocksToFire(atSecond(50), 2))), (Texts{"later", "other"}));
  EXPECT_EQ(clockIds(ok(store().openClocks(atSecond(200), 10))), (Texts{"other", "first"})) << "before, not at";
  EXPECT_EQ(clockIds(ok(store().openClocks(atSecond(201), 1))), Texts{"other"});
  EXPECT_EQ(clockIds(ok(store().clocksDueIn(atSecond(100), atSecond(200)))), (Texts{"over", "other", "first"}));
}

TEST_P(StoreContract, ForgetsTheClocksOfALostTransaction) {
  ok(begin()->insertClock(makeClock("1")));
  EXPECT_FALSE(ok(store().clock("1")));
}

}  // namespace
}  // namespace causeway::pipeline
