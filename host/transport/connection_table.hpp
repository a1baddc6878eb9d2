#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace causeway::transport {

/// Counts the connections that are open, in all and per peer, and wakes them when the server stops. Thread-safe.
class ConnectionTable {
 public:
  ConnectionTable(std::size_t max_connections, std::size_t max_per_peer)
      : max_connections_(max_connections), max_per_peer_(max_per_peer) {}

  /// One connection's place in the table, given back on destruction. The descriptor must stay open as long.
  class Seat {
   public:
    Seat(ConnectionTable& table, int descriptor);
    ~Seat();
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;

    /// There was room for one more connection.
    bool admitted() const { return admitted_; }
    /// Once, when the peer is known: there is room for one more of its connections.
    bool admit(const std::string& peer);

   private:
    ConnectionTable& table_;
    int descriptor_;
    bool admitted_ = false;
    std::string peer_;
  };

  /// From now on `stopping` is true, and whoever waits for bytes finds the end of the stream.
  void stop();
  bool stopping() const;
  std::size_t open() const;

 private:
  const std::size_t max_connections_;
  const std::size_t max_per_peer_;
  mutable std::mutex mutex_;
  std::set<int> descriptors_;
  std::map<std::string, std::size_t> per_peer_;
  bool stopping_ = false;
};

}  // namespace causeway::transport
