#pragma once

#include "host/model/case.pb.h"
#include "host/model/values.hpp"

#include <memory>

namespace causeway::mapping {

/// A message that lies in the memory of its document, with the other messages of that document. The memory is given back when
/// the last of them is gone. To be changed by one thread at a time.
using MessagePtr = std::shared_ptr<canonical::CanonicalMessage>;

/// The memory of one document's messages: made and given back as a whole, since most of the time of building a message of some
/// hundred small parts would otherwise go into asking for each and returning each.
class MessageArena {
 public:
  MessageArena();
  /// An empty message of the prototype's type; it lives as long as the arena or any message shared from it.
  model::ProtoMessage* make(const model::ProtoMessage& prototype) const;
  canonical::CanonicalMessage* message() const;
  MessagePtr share(canonical::CanonicalMessage* message) const { return {block_, message}; }

 private:
  struct Block;
  std::shared_ptr<Block> block_;
};

}  // namespace causeway::mapping
