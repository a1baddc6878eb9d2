#pragma once

#include <cstdint>
#include <string>

namespace causeway::pipeline {

/// A paper that came with a message: a statement, an order, a picture. Only its canonical message says what it is called and whom it is
/// about. Key: paper_id; no two of the same digest under one scope.
struct PaperRow {
  std::string paper_id;    ///< ours, UUIDv7; `sealed` is bound to it as "paper:<paper_id>"
  std::string message_id;  ///< the message that brought it
  std::string scope;       ///< of the key that sealed it: that under which its message is kept
  std::string digest;      ///< HMAC-SHA-256 of its bytes
  std::string media_type;
  std::int64_t size = 0;  ///< bytes before they were sealed
  std::string sealed;
};

}  // namespace causeway::pipeline
