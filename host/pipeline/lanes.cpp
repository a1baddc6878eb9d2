#include "host/pipeline/lanes.hpp"

#include <algorithm>
#include <ranges>

namespace causeway::pipeline {

std::string threadOf(const DeliveryRow& row) { return row.subject.empty() ? "of type " + row.type : row.subject; }

void Lanes::add(DeliveryRow row, Instant now) {
  const Key key{row.case_id, row.recipient};
  Lane& lane = lanes_[key];
  if (!row.overtakes.empty()) drop(lane, row);
  const auto thread = threadOf(row);
  auto& waiting = lane.threads[thread];
  // One that a person released comes later than it was made: its place is the one that it has after a restart too.
  const bool begun = lane.place == Place::UnderWay && lane.under_way == thread;
  const auto at = std::upper_bound(waiting.begin() + (begun ? 1 : 0), waiting.end(), row,
                                   [](const auto& a, const auto& b) { return a.sequence < b.sequence; });
  waiting.insert(at, std::move(row));
  if (lane.place != Place::UnderWay) queue(key, lane, now);
}

void Lanes::drop(Lane& lane, const DeliveryRow& newer) {
  const auto thread = threadOf(newer);
  const auto found = lane.threads.find(thread);
  if (found == lane.threads.end()) return;
  auto& waiting = found->second;
  const auto overtaken = [&](const DeliveryRow& one) {
    return std::ranges::find(newer.overtakes, one.delivery_id) != newer.overtakes.end();
  };
  const bool begun = lane.place == Place::UnderWay && lane.under_way == thread;
  waiting.erase(std::remove_if(waiting.begin() + (begun ? 1 : 0), waiting.end(), overtaken), waiting.end());
}

// The most urgent of those whose time has come; of equals the older one.
DeliveryRow* Lanes::next(Lane& lane, Instant now) {
  DeliveryRow* best = nullptr;
  for (auto& [thread, waiting] : lane.threads) {
    auto& front = waiting.front();
    if (front.not_before > now) continue;
    if (!best || front.priority > best->priority ||
        (front.priority == best->priority && front.sequence < best->sequence))
      best = &front;
  }
  return best;
}

void Lanes::takeOutOfLater(const Key& key, Lane& lane) {
  const auto [first, last] = later_.equal_range(lane.due);
  later_.erase(std::find_if(first, last, [&](const auto& entry) { return entry.second == key; }));
  lane.place = Place::Nowhere;
}

void Lanes::queue(const Key& key, Lane& lane, Instant now) {
  if (lane.place == Place::Ready) return;
  if (lane.place == Place::Later) takeOutOfLater(key, lane);
  lane.due = std::ranges::min(lane.threads | std::views::values |
                              std::views::transform([](const auto& waiting) { return waiting.front().not_before; }));
  lane.place = lane.due > now ? Place::Later : Place::Ready;
  if (lane.place == Place::Later) later_.emplace(lane.due, key);
  else ready_[key.second].push_back(key);
}

std::vector<DeliveryRow> Lanes::take(Instant now, std::size_t most, int workers) {
  while (!later_.empty() && later_.begin()->first <= now) {
    const Key key = later_.begin()->second;
    later_.erase(later_.begin());
    lanes_[key].place = Place::Ready;
    ready_[key.second].push_back(key);
  }
  std::vector<DeliveryRow> out;
  const auto recipient = nextRecipient(workers);
  const auto found = ready_.find(recipient);
  if (found == ready_.end()) return out;
  while (!found->second.empty() && out.size() < most) {
    const Key key = found->second.front();
    Lane& lane = lanes_[key];
    found->second.pop_front();
    lane.place = Place::Nowhere;
    const auto* front = next(lane, now);
    if (!front) {  // what made it ready was overtaken, or the clock was set back
      queue(key, lane, now);
      continue;
    }
    lane.place = Place::UnderWay;
    lane.under_way = threadOf(*front);
    out.push_back(*front);
  }
  if (found->second.empty()) ready_.erase(found);
  ++takers_[recipient];
  last_recipient_ = recipient;
  return out;
}

// Whom the fewest are sending to already; among equals the one whose turn it is.
std::string Lanes::nextRecipient(int workers) {
  std::string best;
  int fewest = workers;
  const auto consider = [&](auto from, auto to) {
    for (; from != to; ++from)
      if (takers_[from->first] < fewest) {
        best = from->first;
        fewest = takers_[from->first];
      }
  };
  const auto turn = ready_.upper_bound(last_recipient_);
  consider(turn, ready_.end());
  consider(ready_.begin(), turn);
  return best;
}

void Lanes::done(const std::string& recipient) { --takers_[recipient]; }

void Lanes::leave(const DeliveryRow& row, Instant now) {
  const auto found = lanes_.find({row.case_id, row.recipient});
  if (found == lanes_.end()) return;
  Lane& lane = found->second;
  const auto thread = lane.threads.find(lane.under_way);
  if (lane.place != Place::UnderWay || thread == lane.threads.end()) return;
  thread->second.pop_front();
  if (thread->second.empty()) lane.threads.erase(thread);
  lane.place = Place::Nowhere;
  if (lane.threads.empty()) lanes_.erase(found);
  else queue(found->first, lane, now);
}

void Lanes::stay(const DeliveryRow& row, Instant now) {
  const auto found = lanes_.find({row.case_id, row.recipient});
  if (found == lanes_.end()) return;
  Lane& lane = found->second;
  lane.threads[lane.under_way].front() = row;
  lane.place = Place::Nowhere;
  queue(found->first, lane, now);
}

std::optional<DeliveryRow> Lanes::newerThan(const DeliveryRow& row) const {
  const auto found = lanes_.find({row.case_id, row.recipient});
  if (found == lanes_.end() || row.subject.empty()) return std::nullopt;
  const auto thread = found->second.threads.find(threadOf(row));
  if (thread == found->second.threads.end()) return std::nullopt;
  const auto& waiting = thread->second;
  for (auto one = waiting.rbegin(); one + 1 != waiting.rend(); ++one)
    if (one->subject == row.subject) return *one;
  return std::nullopt;
}

std::optional<Instant> Lanes::nextDue() const {
  return later_.empty() ? std::nullopt : std::optional(later_.begin()->first);
}

}  // namespace causeway::pipeline
