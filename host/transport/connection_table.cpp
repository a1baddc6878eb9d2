#include "host/transport/connection_table.hpp"

#include <sys/socket.h>

namespace causeway::transport {

ConnectionTable::Seat::Seat(ConnectionTable& table, int descriptor) : table_(table), descriptor_(descriptor) {
  const std::lock_guard lock(table_.mutex_);
  table_.descriptors_.insert(descriptor_);
  admitted_ = table_.descriptors_.size() <= table_.max_connections_;
  if (table_.stopping_) ::shutdown(descriptor_, SHUT_RD);
}

ConnectionTable::Seat::~Seat() {
  const std::lock_guard lock(table_.mutex_);
  table_.descriptors_.erase(descriptor_);
  if (const auto found = table_.per_peer_.find(peer_); found != table_.per_peer_.end() && --found->second == 0)
    table_.per_peer_.erase(found);
}

bool ConnectionTable::Seat::admit(const std::string& peer) {
  const std::lock_guard lock(table_.mutex_);
  auto& count = table_.per_peer_[peer];
  if (count >= table_.max_per_peer_) return false;
  ++count;
  peer_ = peer;
  return true;
}

void ConnectionTable::stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  for (const int descriptor : descriptors_) ::shutdown(descriptor, SHUT_RD);
}

bool ConnectionTable::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

std::size_t ConnectionTable::open() const {
  const std::lock_guard lock(mutex_);
  return descriptors_.size();
}

}  // namespace causeway::transport
