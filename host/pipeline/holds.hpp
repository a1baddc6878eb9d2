#pragma once

#include "host/mapping/reader.hpp"
#include "host/pipeline/admission.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/writer.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace causeway::pipeline {

/// What a person may decide about what is held, and about a case that is to be erased. Thread-safe. Every decision is in the audit log,
/// with who, why and by which way, in the transaction that carries it out.
class Holds {
 public:
  Holds(std::shared_ptr<const Rulebook> rulebook, mapping::Limits limits, Store& store, Vault& vault, Writer& writer,
        Admitter& admitter);

  /// Lets a held delivery go out, or a held message go through its stages again (read anew by today's mappings while its document is
  /// kept). NotFound, Conflict (decided on before), Invalid (no who, no why, or a why that names somebody), Refused (the cause still
  /// stands; the text says what to do), Unavailable (the store cannot take it now). After an error nothing has changed.
  Result<Ruled> release(const Ruling& ruling);
  /// Ends a hold without effect: the delivery is declined, the message quarantined. Errors as above, but the cause may stand.
  Result<Ruled> close(const Ruling& ruling);
  /// Destroys the keys of a case, and of every message that was sealed under a key of its own and joined it or was held for it. Its open
  /// deliveries are declined and its holds ended. What remains cannot be read by anybody, in any copy. Again: destroys what came since.
  /// The answer is the number of keys destroyed. NotFound when there is no such case; Refused when it is needed as evidence: then it is
  /// restricted instead.
  Result<int> erase(const Ruling& ruling);
  /// Takes one person ("p-2") out of a case that goes on; whoever names them again in it is held. Errors as above.
  Result<ErasedPerson> erasePerson(const Ruling& ruling, const std::string& person);
  /// Takes a case out of the one into which it was joined: the undoing of a wrong join. Nobody is told. Invalid, NotFound (it is joined into
  /// none), Refused (the text says what to do first) or Unavailable.
  Result<Parted> part(const Ruling& ruling);
  /// Destroys the keys of erasures that were on record when the process ended before it could. Once, at the start, before anything else.
  Result<void> finishErasures();
  /// Restricts the processing of a case, or of one person in it, or ends that. While one holds, nothing about them goes to anybody but
  /// police, prosecutor and court; everybody who was told of them before is told of it and of its end. Invalid, NotFound, Unavailable, or
  /// Refused: whoever is concerned was not told that it ends.
  Result<void> restrict(const Ruling& ruling, const Restriction& restriction);
  /// Whether a decision says who and why, without naming anybody. `about` may be nullptr.
  Result<void> check(const Ruling& ruling, const canonical::CanonicalMessage* about) const;

 private:
  using Decision = std::function<Result<Ruled>(Transaction&)>;

  Result<void> refuseIfEvidence(const Ruling& ruling, const std::string& person);
  Result<void> refuseIfJoined(const Ruling& ruling, bool whole);
  Result<void> write(const Ruling& ruling, const Restriction& restriction);
  Result<void> checkNotice(const std::string& notice_on, Instant restricted_at) const;
  Result<void> finished(const std::string& case_id);
  Result<HoldRow> openHold(const std::string& hold_id);
  Result<std::optional<canonical::CanonicalMessage>> about(const HoldRow& hold);
  Result<std::optional<ReadAgain>> readAgain(const HoldRow& hold);
  Result<std::string> rawOf(const MessageRow& row);
  Result<Ruled> decide(const Decision& decision);

  std::shared_ptr<const Rulebook> rulebook_;
  mapping::Limits limits_;
  Store& store_;
  Vault& vault_;
  Writer& writer_;
  Admitter& admitter_;
};

}  // namespace causeway::pipeline
