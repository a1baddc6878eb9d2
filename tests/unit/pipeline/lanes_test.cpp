#include "host/pipeline/lanes.hpp"

#include "host/pipeline/outbox.hpp"
#include "tests/support/fake_clock.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <random>
#include <utility>

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

TEST(Lanes, KeepsBackWhatIsAboutTheSameAsOneThatWaitsForARetry) {
  Lanes lanes;
  lanes.add(row("a", "1", "x", "trial"), kNow);
  lanes.add(row("b", "1", "x", "trial"), kNow);
  auto later = lanes.take(kNow, 9, 9).front();
  later.not_before = kNow + minutes(1);
  lanes.stay(later, kNow);
  EXPECT_EQ(taken(lanes), "");
  EXPECT_EQ(lanes.nextDue(), kNow + minutes(1));
  EXPECT_EQ(taken(lanes, kNow + minutes(1)), "a");
}

TEST(Lanes, KeepsTheOrderOfWhatNamesNoSubjectWithinItsType) {
  Lanes lanes;
  auto first = row("a", "1", "x"), second = row("b", "1", "x"), other = row("c", "1", "x");
  second.priority = 90;
  first.type = second.type = "correction.issued";
  other.type = "log_entry.added";
  for (const auto& one : {first, second, other}) lanes.add(one, kNow);
  auto later = lanes.take(kNow, 9, 9).front();
  EXPECT_EQ(later.delivery_id, "a") << "nobody can tell whether b speaks of the same";
  later.not_before = kNow + minutes(1);
  lanes.stay(later, kNow);
  EXPECT_EQ(taken(lanes), "c");
}

TEST(Lanes, LetsTheOthersGoWhileOneWaitsForItsRetry) {
  Lanes lanes;
  lanes.add(row("a", "1", "x", "hearing"), kNow);
  auto later = lanes.take(kNow, 9, 9).front();
  auto routine = row("b", "1", "x", "outcome"), urgent = row("c", "1", "x", "stand down");
  urgent.priority = 85;
  lanes.add(routine, kNow);
  EXPECT_EQ(taken(lanes), "") << "one of a lane at a time";
  later.not_before = kNow + minutes(1);
  lanes.stay(later, kNow);
  lanes.add(urgent, kNow);
  EXPECT_EQ(taken(lanes), "c");
  lanes.leave(urgent, kNow);
  EXPECT_EQ(taken(lanes), "b");
  lanes.leave(routine, kNow);
  EXPECT_EQ(taken(lanes), "");
  EXPECT_EQ(lanes.nextDue(), kNow + minutes(1));
  EXPECT_EQ(taken(lanes, kNow + minutes(1)), "a");
}

TEST(Lanes, TakesWhatIsUrgentFirstButNeverTheLaterOfOneSubject) {
  Lanes lanes;
  auto routine = row("a", "1", "x", "outcome"), later = row("b", "1", "x", "outcome"),
       risk = row("c", "1", "x", "risk");
  risk.priority = 80;
  later.priority = 95;
  for (const auto& one : {routine, later, risk}) lanes.add(one, kNow);
  std::string order;
  for (int i = 0; i < 3; ++i) {
    const auto one = lanes.take(kNow, 9, 9).at(0);
    order += one.delivery_id;
    lanes.leave(one, kNow);
  }
  EXPECT_EQ(order, "cab");
}

// Random lanes with random failures: nothing is lost, one of a lane at a time, each thread in order, the most urgent of what may go first.
TEST(Lanes, KeepTheirPromisesWhateverHappens) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::mt19937 random(seed);
    Lanes lanes;
    std::map<std::string, std::deque<DeliveryRow>> model;
    auto now = kNow;
    std::int64_t sequence = 0;
    size_t left = 0;
    for (int step = 0; step < 120 || left > 0; ++step) {
      ASSERT_LT(step, 5000) << "something stays behind, seed " << seed;
      if (step < 120 && random() % 2 == 0) {
        auto one = row(std::to_string(++sequence), "1", "x", std::string(1, static_cast<char>('a' + random() % 4)));
        one.sequence = sequence;
        one.priority = static_cast<int>(random() % 3) * 10;
        one.not_before = now;
        model[one.subject].push_back(one);
        lanes.add(one, now);
        ++left;
        continue;
      }
      auto rows = lanes.take(now, 9, 9);
      const DeliveryRow* wanted = nullptr;
      for (const auto& [subject, waiting] : model) {
        if (waiting.empty() || waiting.front().not_before > now) continue;
        const auto& front = waiting.front();
        if (!wanted || std::pair(-front.priority, front.sequence) < std::pair(-wanted->priority, wanted->sequence))
          wanted = &front;
      }
      ASSERT_EQ(rows.size(), wanted ? 1U : 0U) << "seed " << seed << ", step " << step;
      if (rows.empty()) {
        now += minutes(1);
        continue;
      }
      ASSERT_EQ(rows[0].delivery_id, wanted->delivery_id) << "seed " << seed << ", step " << step;
      ASSERT_TRUE(lanes.take(now, 9, 9).empty()) << "two of a lane at a time, seed " << seed;
      lanes.done("x");
      auto& waiting = model[rows[0].subject];
      if (random() % 3 == 0) {
        waiting.front().not_before = now + minutes(1 + random() % 5);
        lanes.stay(waiting.front(), now);
      } else {
        waiting.pop_front();
        lanes.leave(rows[0], now);
        --left;
      }
    }
    EXPECT_TRUE(lanes.empty());
    EXPECT_EQ(lanes.nextDue(), std::nullopt);
  }
}

TEST(Lanes, GiveTheSameOrderInWhicheverOrderTheyWereAdded) {
  std::vector<DeliveryRow> rows;
  for (int i = 1; i <= 7; ++i) {
    rows.push_back(row(std::to_string(i), "1", "x", i % 2 == 0 ? "even" : "odd"));
    rows.back().sequence = i;
    rows.back().priority = i == 4 ? 90 : i == 5 ? 50 : 0;
  }
  std::mt19937 random(7);
  for (int time = 0; time < 50; ++time) {
    Lanes lanes;
    for (const auto& one : rows) lanes.add(one, kNow);
    std::string order;
    while (!lanes.empty()) {
      const auto one = lanes.take(kNow, 9, 9).at(0);
      order += one.delivery_id;
      lanes.leave(one, kNow);
    }
    EXPECT_EQ(order, "1243567") << "each urgent one behind the older ones of its subject";
    std::ranges::shuffle(rows, random);
  }
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
