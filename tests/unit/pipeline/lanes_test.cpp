#include "host/pipeline/lanes.hpp"

#include "host/pipeline/outbox.hpp"
#include "tests/support/fake_clock.hpp"

#include <gtest/gtest.h>

namespace causeway::pipeline {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

const Instant kNow = FakeClock().now();

DeliveryRow row(const std::string& id, const std::string& case_id, const std::string& recipient,
                const std::string& subject = {}) {
  DeliveryRow out;
  out.delivery_id = id;
  out.case_id = case_id;
  out.recipient = recipient;
  out.subject = subject;
  out.not_before = kNow;
  return out;
}

std::string taken(Lanes& lanes, Instant now = kNow, int workers = 9, size_t most = 9) {
  std::string out;
  for (const auto& one : lanes.take(now, most, workers)) out += one.delivery_id;
  return out;
}

TEST(Lanes, GivesNothingOfALaneThatIsUnderWay) {
  Lanes lanes;
  lanes.add(row("a", "1", "x"), kNow);
  lanes.add(row("b", "1", "x"), kNow);
  EXPECT_EQ(taken(lanes), "a");
  EXPECT_EQ(taken(lanes), "");
  lanes.leave(row("a", "1", "x"), kNow);
  EXPECT_EQ(taken(lanes), "b");
}

TEST(Lanes, HoldsBackALaneThatWaitsForARetry) {
  Lanes lanes;
  lanes.add(row("a", "1", "x"), kNow);
  lanes.add(row("b", "1", "x"), kNow);
  auto later = lanes.take(kNow, 9, 9).front();
  later.not_before = kNow + minutes(1);
  lanes.stay(later, kNow);
  EXPECT_EQ(taken(lanes), "");
  EXPECT_EQ(lanes.nextDue(), kNow + minutes(1));
  EXPECT_EQ(taken(lanes, kNow + minutes(1)), "a");
}

TEST(Lanes, TakesOfOneRecipientAtATimeAndInTurn) {
  Lanes lanes;
  for (const char* number : {"1", "2", "3"}) {
    lanes.add(row(std::string("x") + number, number, "x"), kNow);
    lanes.add(row(std::string("y") + number, number, "y"), kNow);
  }
  EXPECT_EQ(taken(lanes, kNow, 1, 2), "x1x2");
  EXPECT_EQ(taken(lanes, kNow, 1, 2), "y1y2");
  EXPECT_EQ(taken(lanes, kNow, 1, 2), "") << "both recipients have as many takers as they may";
  lanes.done("y");
  EXPECT_EQ(taken(lanes, kNow, 1, 2), "y3");
}

TEST(Lanes, DropsWhatANewerOneOvertakesThoughItWaitsForARetry) {
  Lanes lanes;
  lanes.add(row("a", "1", "x", "trial"), kNow);
  auto later = lanes.take(kNow, 9, 9).front();
  later.not_before = kNow + minutes(15);
  lanes.stay(later, kNow);
  auto newer = row("b", "1", "x", "trial");
  newer.overtakes = {"a"};
  lanes.add(newer, kNow);
  EXPECT_EQ(taken(lanes), "b");
  lanes.leave(row("b", "1", "x"), kNow);
  EXPECT_TRUE(lanes.empty());
  EXPECT_EQ(lanes.nextDue(), std::nullopt);
}

TEST(Lanes, KeepsTheOrderWhenOneInTheMiddleIsOvertaken) {
  Lanes lanes;
  for (const char* id : {"a", "b", "c"}) lanes.add(row(id, "1", "x", "trial"), kNow);
  EXPECT_EQ(taken(lanes), "a");
  auto newer = row("d", "1", "x", "trial");
  newer.overtakes = {"b"};
  lanes.add(newer, kNow);
  for (const char* id : {"a", "c", "d"}) {
    lanes.leave(row(id, "1", "x"), kNow);
    taken(lanes);
  }
  EXPECT_TRUE(lanes.empty());
}

TEST(Lanes, TellsTheNewestOfTheSameSubjectBehindOneUnderWay) {
  Lanes lanes;
  lanes.add(row("a", "1", "x", "trial"), kNow);
  EXPECT_EQ(taken(lanes), "a");
  EXPECT_FALSE(lanes.newerThan(row("a", "1", "x", "trial")).has_value());
  for (const char* id : {"b", "c"}) lanes.add(row(id, "1", "x", "trial"), kNow);
  lanes.add(row("d", "1", "x", "bail"), kNow);
  EXPECT_EQ(lanes.newerThan(row("a", "1", "x", "trial"))->delivery_id, "c");
  EXPECT_FALSE(lanes.newerThan(row("a", "1", "x", "")).has_value());
}

TEST(RetryDelay, DoublesUpToTheCapAndSpreads) {
  const RetryTimes times{milliseconds(1000), milliseconds(8000), minutes(1)};
  EXPECT_EQ(retryDelay(times, 1, 1), milliseconds(1000));
  EXPECT_EQ(retryDelay(times, 3, 1), milliseconds(4000));
  EXPECT_EQ(retryDelay(times, 50, 1), milliseconds(8000));
  EXPECT_EQ(retryDelay(times, 1, 0), milliseconds(500));
}

}  // namespace
}  // namespace causeway::pipeline
