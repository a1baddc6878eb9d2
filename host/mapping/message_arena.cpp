#include "host/mapping/message_arena.hpp"

#include <google/protobuf/arena.h>
#include <google/protobuf/message.h>

#include <array>
#include <cstddef>

namespace causeway::mapping {

struct MessageArena::Block {
  // Enough for a result message of three offences; larger documents add blocks of their own.
  static constexpr size_t kFirst = 24 * 1024, kMost = 256 * 1024;

  static google::protobuf::ArenaOptions options(char* first) {
    google::protobuf::ArenaOptions out;
    out.initial_block = first;
    out.initial_block_size = kFirst;
    out.start_block_size = kFirst;
    out.max_block_size = kMost;
    return out;
  }

  Block() : arena(options(first.data())) {}  // the block is not cleared: the arena does not need it

  alignas(std::max_align_t) std::array<char, kFirst> first;
  google::protobuf::Arena arena;
};

MessageArena::MessageArena() : block_(std::make_shared<Block>()) {}

model::ProtoMessage* MessageArena::make(const model::ProtoMessage& prototype) const {
  return prototype.New(&block_->arena);
}

canonical::CanonicalMessage* MessageArena::message() const {
  return google::protobuf::Arena::CreateMessage<canonical::CanonicalMessage>(&block_->arena);
}

}  // namespace causeway::mapping
