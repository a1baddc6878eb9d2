#pragma once

#include <cstdint>
#include <string>

namespace causeway::pipeline {

/// One sealed content that a store keeps, wherever it stands: to be sealed anew under another key, or to be thrown away.
struct SealedItem {
  enum class Part {
    Raw = 1,     ///< the document as it came, with its first message
    Canonical,   ///< a message
    Payload,     ///< what a delivery was made of
    Paper,       ///< a statement, an order, a picture
    Disclosure,  ///< which fields a recipient was told
    Question,    ///< where a partner is to be asked
  };
  Part part = Part::Raw;
  std::int64_t number = 0;  ///< of the store's own; only good for `rewrite` in the same transaction
  std::string id;  ///< of the document, message, delivery, paper or question; of a disclosure "delivery:attempt"
  std::string message_id;  ///< the message that it belongs to, or that caused it; empty for a question
  std::string scope;       ///< of the key that sealed it, where that is not the case; else empty
  std::string sealed;
};

/// Contents that are kept for days and not for the life of the case.
enum class ShortLived {
  Documents,    ///< as they came, once none of their messages is open
  Quarantined,  ///< documents that were refused
  Payloads,     ///< of deliveries that are over
};

/// What the content is bound to, as whoever sealed it said.
std::string contextOf(const SealedItem& item);

}  // namespace causeway::pipeline
