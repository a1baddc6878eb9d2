#pragma once

#include "host/pipeline/store.hpp"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace causeway::pipeline {

/// Deliveries that wait to be sent. Those of one case to one recipient form a lane and leave it one by one, in order; lanes go side
/// by side. Not thread-safe.
class Lanes {
 public:
  /// At the end of its lane. What it overtakes leaves: the store closed those as superseded when it took this one in, and a newer word
  /// must not wait for the retry of an older one.
  void add(DeliveryRow row, Instant now);
  /// The fronts of lanes that are due, all of one recipient, at most `most`. Recipients take turns, and one that is slow occupies at
  /// most `workers` takers at a time. Each delivery is under way until `leave` or `stay`; `done` ends the taking as a whole.
  std::vector<DeliveryRow> take(Instant now, std::size_t most, int workers);
  void done(const std::string& recipient);
  /// The delivery at the front, which is under way, leaves its lane.
  void leave(const DeliveryRow& row, Instant now);
  /// It keeps its place, as it is now, until its `not_before`; the lane waits with it.
  void stay(const DeliveryRow& row, Instant now);
  /// The newest delivery with the same subject that waits behind one under way; nothing when there is none.
  std::optional<DeliveryRow> newerThan(const DeliveryRow& row) const;

  bool empty() const { return lanes_.empty(); }
  /// When the next delivery that waits for its time is due; nothing when none does.
  std::optional<Instant> nextDue() const;

 private:
  using Key = std::pair<std::string, std::string>;  // case, recipient
  enum class Place { Nowhere, Ready, Later, UnderWay };
  struct Lane {
    std::deque<DeliveryRow> waiting;
    Place place = Place::Nowhere;
    Instant due{};  ///< its key in later_
  };

  void drop(const Key& key, Lane& lane, const std::vector<std::string>& ids);
  void queue(const Key& key, Lane& lane, Instant now);
  std::string nextRecipient(int workers);

  std::map<Key, Lane> lanes_;
  std::map<std::string, std::deque<Key>> ready_;  // by recipient, in order of becoming ready; none empty
  std::multimap<Instant, Key> later_;
  std::map<std::string, int> takers_;
  std::string last_recipient_;
};

}  // namespace causeway::pipeline
