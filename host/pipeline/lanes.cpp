#include "host/pipeline/lanes.hpp"

#include <algorithm>

namespace causeway::pipeline {

void Lanes::add(DeliveryRow row, Instant now) {
  const Key key{row.case_id, row.recipient};
  Lane& lane = lanes_[key];
  if (!row.overtakes.empty()) drop(key, lane, row.overtakes);
  lane.waiting.push_back(std::move(row));
  if (lane.place == Place::Nowhere) queue(key, lane, now);
}

void Lanes::drop(const Key& key, Lane& lane, const std::vector<std::string>& ids) {
  const auto overtaken = [&](const DeliveryRow& one) { return std::ranges::find(ids, one.delivery_id) != ids.end(); };
  const bool under_way = lane.place == Place::UnderWay;
  const bool front_goes = !under_way && !lane.waiting.empty() && overtaken(lane.waiting.front());
  lane.waiting.erase(std::remove_if(lane.waiting.begin() + (under_way ? 1 : 0), lane.waiting.end(), overtaken),
                     lane.waiting.end());
  if (!front_goes || lane.place != Place::Later) return;
  const auto [first, last] = later_.equal_range(lane.due);
  later_.erase(std::find_if(first, last, [&](const auto& entry) { return entry.second == key; }));
  lane.place = Place::Nowhere;
}

void Lanes::queue(const Key& key, Lane& lane, Instant now) {
  lane.due = lane.waiting.front().not_before;
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
    Lane& lane = lanes_[found->second.front()];
    found->second.pop_front();
    lane.place = Place::UnderWay;
    out.push_back(lane.waiting.front());
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
  found->second.waiting.pop_front();
  if (found->second.waiting.empty()) lanes_.erase(found);
  else queue(found->first, found->second, now);
}

void Lanes::stay(const DeliveryRow& row, Instant now) {
  const auto found = lanes_.find({row.case_id, row.recipient});
  if (found == lanes_.end()) return;
  found->second.waiting.front() = row;
  queue(found->first, found->second, now);
}

std::optional<DeliveryRow> Lanes::newerThan(const DeliveryRow& row) const {
  const auto found = lanes_.find({row.case_id, row.recipient});
  if (found == lanes_.end() || row.subject.empty()) return std::nullopt;
  const auto& waiting = found->second.waiting;
  for (auto one = waiting.rbegin(); one + 1 != waiting.rend(); ++one)
    if (one->subject == row.subject) return *one;
  return std::nullopt;
}

std::optional<Instant> Lanes::nextDue() const {
  return later_.empty() ? std::nullopt : std::optional(later_.begin()->first);
}

}  // namespace causeway::pipeline
