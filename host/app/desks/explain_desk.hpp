#pragma once

#include "host/app/desks/views.hpp"
#include "host/app/operators.hpp"
#include "host/mapping/reader.hpp"
#include "host/pipeline/holds.hpp"
#include "host/pipeline/rulebook.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace causeway::app {

/// Explains a document to an operator over HTTPS, as `causeway explain` does at the command line, by the rules in force of the running
/// host and with its pseudonyms: so the bytes are those that a partner would get now, but for the number and the moment of a delivery.
class ExplainDesk {
 public:
  /// All must outlive it.
  struct Parts {
    const Operators& operators;
    const pipeline::Holds& holds;  ///< for what a reason may say
    Views& views;
    mapping::Limits limits;  ///< of each document
    std::function<std::shared_ptr<const pipeline::Rulebook>()> in_force;
  };
  explicit ExplainDesk(Parts parts) : parts_(std::move(parts)) {}

  /// The request is a JSON object, and nothing else may stand in it:
  ///   "document":  TEXT. The document; a body with parts has a line "Content-Type: ..." and an empty line in front (CR LF).
  ///   "because":   WHY, without naming anybody: it stands in the audit log for ever.
  ///   "after":     [TEXT, ...], at most 50; optional. Documents that came before it, oldest first.
  ///   "sender":    PARTNER whose document it is; optional: without it every mapping may read it.
  ///   "recipient": PARTNER; optional: only deliveries to it are told.
  /// The answer is what `causeway explain --json` prints. It shows personal data, so it is a view in the audit log, with who and why, that
  /// is written first. One is made at a time.
  /// Refused: no operator, or none with the role `reader`. Invalid: the request, the reason, or a document of "after". NotFound: no such
  /// partner. Unavailable: another is being made, or the view cannot be recorded. A document that cannot be read or placed is no error:
  /// the answer says so.
  Result<std::string> answer(std::string_view request, const Caller& caller);

 private:
  Result<std::string> explain(std::string_view request, const Operator& by);

  Parts parts_;
  std::atomic<bool> busy_ = false;
};

}  // namespace causeway::app
