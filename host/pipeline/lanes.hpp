#pragma once

#include "host/pipeline/store.hpp"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace causeway::pipeline {

/// Deliveries that wait to be sent. Those of one case to one recipient form a lane; one of a lane is under way at a time, and lanes go
/// side by side. Within a lane those about the same thing (`threadOf`) leave in order of their sequence whatever happens: one that waits
/// for its retry keeps the later ones of its thread back, and nothing else. Of what may go now the higher priority goes first, then the
/// lower sequence; so the same deliveries leave in the same order in whichever order they were added. Not thread-safe.
class Lanes {
 public:
  /// What it overtakes leaves: the store closed those as superseded when it took this one in, and a newer word must not wait for the
  /// retry of an older one.
  void add(DeliveryRow row, Instant now);
  /// The next of each lane that has one due, all of one recipient, at most `most`. Recipients take turns, and one that is slow occupies at
  /// most `workers` takers at a time. Each delivery is under way until `leave` or `stay`; `done` ends the taking as a whole.
  std::vector<DeliveryRow> take(Instant now, std::size_t most, int workers);
  void done(const std::string& recipient);
  /// The delivery, which is under way, leaves its lane.
  void leave(const DeliveryRow& row, Instant now);
  /// It keeps its place, as it is now, until its `not_before`; its thread waits with it.
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
    std::map<std::string, std::deque<DeliveryRow>> threads;  ///< by what they are about, each in order; none empty
    Place place = Place::Nowhere;
    Instant due{};            ///< its key in later_
    std::string under_way{};  ///< the thread whose front is being sent
  };

  static DeliveryRow* next(Lane& lane, Instant now);
  void drop(Lane& lane, const DeliveryRow& newer);
  void queue(const Key& key, Lane& lane, Instant now);
  void takeOutOfLater(const Key& key, Lane& lane);
  std::string nextRecipient(int workers);

  std::map<Key, Lane> lanes_;
  std::map<std::string, std::deque<Key>> ready_;  // by recipient, in order of becoming ready; none empty
  std::multimap<Instant, Key> later_;
  std::map<std::string, int> takers_;
  std::string last_recipient_;
};

/// Which deliveries of a lane are about the same thing, so that their order is kept: those of one subject; of those that have none, all of
/// one message type, since nobody can tell which of them speak of the same.
std::string threadOf(const DeliveryRow& row);

}  // namespace causeway::pipeline
