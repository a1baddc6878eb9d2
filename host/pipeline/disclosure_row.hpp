#pragma once

#include "host/base/clock.hpp"

#include <optional>
#include <string>
#include <vector>

namespace causeway::pipeline {

/// One line of the disclosure register: what one attempt of a delivery took to a recipient. Written in the transaction of its audit
/// record, before any byte leaves. Key: (delivery_id, attempt). It names people by their numbers in the case; which fields went and
/// what fingerprint each value had is in `sealed`, so that it goes with the key of the case.
struct DisclosureRow {
  std::string delivery_id;
  int attempt = 1;
  std::string case_id;
  std::string message_id;  ///< the message that caused it
  std::string recipient;   ///< partner id
  std::string type;
  std::string purpose;
  std::string rule;                   ///< route that made it, with version
  std::string policy;                 ///< grant that allowed it, with version
  std::string basis;                  ///< law or agreement that the grant named then
  std::string rulebook;               ///< version of everything that decided
  std::vector<std::string> consents;  ///< it rested on: "p-2:consent number"
  std::vector<std::string> people;    ///< whom it is about: "p-2", "d-1"
  Instant at{};
  std::string source;                ///< system that had said it, as the recipient was told (DPA 2018 s.38(5))
  std::string as_of;                 ///< when it had said so, RFC 3339
  std::vector<std::string> missing;  ///< paths that the grant expects in a complete message and that were not there
  std::string sealed;                ///< `told_fields.hpp` under the case, context "disclosure:<delivery id>:<attempt>"

  // Not stored with it, but read beside it from the delivery.
  int state = 0;                        ///< DeliveryState
  std::string receipt;                  ///< the recipient's own number for it
  std::optional<Instant> confirmed_at;  ///< when the recipient said that it did what a notice asked
};

}  // namespace causeway::pipeline
