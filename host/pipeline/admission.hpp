#pragma once

#include "host/base/ids.hpp"
#include "host/care/background_checks.hpp"
#include "host/mapping/paper.hpp"
#include "host/mapping/read_run.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/clock_keeper.hpp"
#include "host/pipeline/corrections.hpp"
#include "host/pipeline/judge.hpp"
#include "host/pipeline/rights_notices.hpp"
#include "host/pipeline/ruling.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/vault.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::pipeline {

/// One document on its way into the store.
struct Document {
  std::string document_id;
  std::string sender;
  std::string source_id;
  std::string digest;  ///< of the business content
  std::string raw;
  std::string reply;  ///< the acknowledgement that goes back when it is admitted
  std::vector<mapping::MessagePtr> messages;
  std::vector<mapping::Finding> findings;
  std::vector<mapping::Paper> papers;  ///< that its messages name by their fingerprint
  std::string refused;                 ///< outcome code when it was refused: it is quarantined
  std::string why;
  Instant received_at{};
  bool loaded = false;  ///< brought in from before the first day: what it says joins its case, and nobody is told
};

/// What became of it.
struct Admitted {
  std::string outcome;                  ///< accepted, duplicate, conflict, or the refusal it came with
  std::string why;                      ///< of a refused step: what could follow
  std::string reply;                    ///< of a duplicate: what was answered the first time
  std::string document_id;              ///< of a duplicate: the number the first one got
  std::vector<DeliveryRow> deliveries;  ///< to be handed to the outbox after the commit
};

/// Scope of the key of a message that entered no case when it arrived. What it sealed stays under it when the message joins one.
inline std::string ownScope(std::string_view message_id) { return "message:" + std::string(message_id); }

/// Scope of the key that seals acknowledgements.
constexpr std::string_view kReplyScope = "installation:replies";

/// A held message as today's mappings read it.
struct ReadAgain {
  canonical::CanonicalMessage message;
  std::vector<mapping::Paper> papers;
};

/// What became of a hold on which a person decided.
struct Ruled {
  /// `released` (sent, or on its way through its case), `waiting` (its case is not known yet), `repeated` or `superseded` (nothing is
  /// left to be told), `asked_again` (a question to a partner), `closed`.
  std::string outcome;
  HoldRow hold;
  Admitted admitted;  ///< deliveries to be handed over after the commit
};

/// Look-up by which an erased person is known again: kind of CaseKey.
inline const std::string kErasedPerson = "erased person";

/// Stages 5 to 8 for one document, inside the writer's transaction. Used by the writer's thread only.
class Admitter {
 public:
  Admitter(std::shared_ptr<const Rulebook> rulebook, Vault& vault, AuditLog& audit, const Clock& clock, const Ids& ids);

  Result<Admitted> admit(Transaction& tx, Document& document);
  /// In place of `admit` when that failed for a reason that lies in the document alone: every message of it is held.
  Result<Admitted> admitHeld(Transaction& tx, Document& document, const Error& why);
  /// Ends a hold: its delivery is queued again, or its message goes through stages 5 to 8 as `read_again` (nullptr: as it was stored).
  /// NotFound, Conflict (released before) or Refused (the cause still stands; the text says what to do): then nothing was written.
  Result<Ruled> release(Transaction& tx, const Ruling& ruling, const ReadAgain* read_again);
  /// Ends a hold for good: its delivery is declined, its message quarantined. NotFound or Conflict: then nothing was written.
  Result<Ruled> close(Transaction& tx, const Ruling& ruling);
  /// Declines the open deliveries of a case and ends its holds. The answer is the scopes whose keys are to be destroyed once this is
  /// committed: the case's, and that of every message that joined it or was held for it. `store` is read beside the transaction.
  /// Whoever was told of it is asked to erase it too; what is to be sent for that comes in `out`.
  Result<std::vector<std::string>> erase(Transaction& tx, const Ruling& ruling, Store& store, Admitted& out);
  /// Takes a person out of a case that goes on: the snapshot, messages, deliveries and lines of the register without them, sealed anew; what
  /// was about them is thrown away, open deliveries are declined. Once it is committed `Vault::renew` must follow. NotFound: nothing was
  /// written. Whoever was told of them is asked to erase it too, as with `erase`.
  Result<ErasedPerson> erasePerson(Transaction& tx, const Ruling& ruling, const std::string& person,
                                   Admitted& admitted);
  /// The keys of before are gone.
  Result<void> personErased(Transaction& tx, const std::string& case_id);
  /// Undoes a join: the case stands alone again, with what came for it meanwhile, and the other without it. Nobody is told. NotFound when it is
  /// joined into none, Refused when something stands against it: then nothing was written.
  Result<Parted> part(Transaction& tx, const Ruling& ruling);
  /// Writes a restriction of a case or of one of its people, or ends one, and tells everybody who was told of them.
  Result<void> restrict(Transaction& tx, const Ruling& ruling, const Restriction& restriction, Admitted& out);
  /// Tells whoever must know that a clock falls due, or is late, or stands still: a message of our own through stages 6 to 8. Without
  /// effect when it was told already.
  Result<void> fireClock(Transaction& tx, const std::string& clock_id, Admitted& out);
  /// In place of `fireClock` when that failed: a hold, for a person to look at.
  Result<void> clockFailed(Transaction& tx, const std::string& clock_id, const Error& why);
  ClockKeeper clocks();
  /// Hands what became durable to whoever sends it (`onDeliveries`).
  void afterCommit(Admitted& admitted);
  void onDeliveries(std::function<void(std::vector<DeliveryRow>)> hand_over) { hand_over_ = std::move(hand_over); }
  /// Keyed fingerprint of a document's content. Thread-safe, unlike the rest.
  std::string digest(std::string_view content) const { return vault_.digest(content); }
  /// After a lost group: what is remembered of cases may not be true.
  void forgetCases() { cases_.clear(); }
  Instant now() const { return clock_.now(); }
  /// From the next message on another rulebook decides.
  void decideBy(std::shared_ptr<const Rulebook> rulebook) { rulebook_ = std::move(rulebook); }

 private:
  struct KnownCase {
    canonical::CaseRecord record;
    std::int64_t seq = 0;
    std::vector<CaseKey> keys;  ///< as of the last message that entered
  };
  enum class Origin { Arrived, Waited, Released };
  /// A message that goes through, with everything it needs on the way.
  struct Passage {
    const canonical::CanonicalMessage& message;
    const Document* document;  ///< whose raw bytes are kept with it; nullptr for later parts and for stored ones
    MessageRow row;
    std::vector<CaseKey> keys = {};
    Origin origin = Origin::Arrived;
    const std::vector<mapping::Paper>* papers = nullptr;  ///< of its document, where they are at hand
    std::optional<protection::Hold> still = {};           ///< why a released one cannot go on; nothing was written then
  };

  Result<void> record(Transaction& tx, const Document& document);
  MessageRow rowOf(const Document& document, const canonical::CanonicalMessage& message) const;
  Result<void> admitMessage(Transaction& tx, const Document& document, size_t part, Admitted& out);
  Result<void> place(Transaction& tx, Passage& passage, Admitted& out);
  Result<void> repeat(Transaction& tx, Passage& passage);
  Result<void> enterCase(Transaction& tx, Passage& passage, const std::string& case_id, Admitted& out);
  Result<std::vector<std::string>> casesOf(Transaction& tx, const std::vector<CaseKey>& keys);
  Result<std::vector<std::string>> caseOfPart(Transaction& tx, const canonical::CanonicalMessage& message,
                                              std::vector<std::string> cases);
  Result<bool> isOfAnotherPart(Transaction& tx, const canonical::Case& whole, const std::string& urn);
  Result<std::optional<protection::Hold>> joinOthers(Transaction& tx, const Passage& passage,
                                                     const std::string& case_id);
  struct Joining;
  Result<std::optional<protection::Hold>> prepareJoin(Transaction& tx, const std::string& other, Joining& joining);
  Result<std::optional<protection::Hold>> takeMessages(Transaction& tx, Joining& joining);
  Result<void> writeJoin(Transaction& tx, const Passage& passage, Joining& joining);
  /// Deliveries that are still to go out; and, where `messages` says so, messages that are held for the case.
  Result<std::optional<protection::Hold>> underWay(Transaction& tx, const canonical::CaseRecord& record,
                                                   bool messages = true);
  Result<canonical::CanonicalMessage> messageOf(Transaction& tx, const std::string& message_id);
  struct Splitting;
  struct Split {
    std::optional<protection::Hold> hold;  ///< why a person must decide; nothing was moved
    std::string part;                      ///< the case to which they went; empty: nobody was moved
    bool again = false;                    ///< they had gone there before
  };
  Result<Split> splitOff(Transaction& tx, const Passage& passage, const std::string& case_id);
  Result<std::optional<protection::Hold>> findPart(Transaction& tx, Splitting& splitting);
  Result<std::optional<protection::Hold>> mayBeSplit(Transaction& tx, const Splitting& splitting);
  Result<std::optional<protection::Hold>> divideMessages(Transaction& tx, Splitting& splitting);
  Result<std::optional<protection::Hold>> makePart(Splitting& splitting);
  Result<void> writeSplit(Transaction& tx, const Passage& passage, Splitting& splitting);
  Result<void> moveMessages(Transaction& tx, const Splitting& splitting);
  Result<void> moveRepeats(Transaction& tx, const Splitting& splitting, const SealedItem& item);
  Result<void> shareMessage(Transaction& tx, const Splitting& splitting, const std::string& id);
  Result<void> splitClocks(Transaction& tx, const Splitting& splitting);
  Result<std::string> freeName(Transaction& tx, const std::string& message_id);
  /// What a message says for each of the cases that were one before a split; one side only when it is about one.
  struct Side {
    std::string case_id;
    canonical::CanonicalMessage message;
  };
  Result<std::vector<Side>> sidesOf(Transaction& tx, const canonical::CanonicalMessage& message,
                                    const std::string& case_id);
  Result<std::string> ownerOfTask(Transaction& tx, const canonical::Case& said, const std::vector<std::string>& cases);
  Result<void> enterSides(Transaction& tx, Passage& passage, const std::string& case_id, Admitted& out);
  Result<std::vector<std::string>> casesFor(Transaction& tx, const canonical::CanonicalMessage& message,
                                            const std::vector<CaseKey>& keys);
  struct Parting;
  Result<void> sortMessages(Transaction& tx, Parting& parting);
  Result<void> partClocks(Transaction& tx, const Parting& parting, const canonical::CaseRecord& lead,
                          const canonical::CaseRecord& other);
  Result<void> reseal(Transaction& tx, const Parting& parting);
  Result<std::string> answeredCase(Transaction& tx, const canonical::CanonicalMessage& message);
  Result<std::string> refusedStep(Transaction& tx, const Document& document);
  Result<void> joinWaiting(Transaction& tx, const std::string& case_id, Admitted& out);
  Result<bool> joinOne(Transaction& tx, const MessageRow& row, const std::string& case_id, Admitted& out);
  Result<KnownCase*> loadCase(Transaction& tx, const std::string& case_id);
  Result<void> saveCase(Transaction& tx, CaseRow row, KnownCase& known, canonical::CaseRecord record);
  struct Leaving;
  Result<void> findMessages(const std::vector<SealedItem>& items, Leaving& leaving);
  Result<std::string> scopeOf(const SealedItem& item, const std::string& case_id);
  Result<void> rewriteWithout(Transaction& tx, const SealedItem& item, Leaving& leaving);
  Result<void> closeWithout(Transaction& tx, const std::string& message_id);
  Result<void> declineAbout(Transaction& tx, const SealedItem& item, Leaving& leaving);
  std::vector<CaseKey> personKeys(const canonical::Case& whole, const std::string& person) const;
  Result<bool> namesErased(Transaction& tx, const canonical::Case& said, const std::string& case_id);
  Result<std::vector<care::ClockRow>> clocksMoved(Transaction& tx, const Passage& passage,
                                                  const canonical::CaseRecord& before, const Judgement& judged);
  Result<void> tellClock(Transaction& tx, const canonical::CanonicalMessage& message, const canonical::Case& whole,
                         Admitted& out);
  /// Notes when consents that a message brings will end; at that time they do.
  Result<void> watchConsents(Transaction& tx, const Passage& passage);
  Result<void> endConsents(Transaction& tx, care::ClockRow& row, Admitted& out);
  Result<void> tellHolds(Transaction& tx, care::ClockRow& row, Admitted& out);
  Result<void> holdClock(Transaction& tx, care::ClockRow& row, const protection::Hold& why);
  struct CheckOfCase {
    std::string case_id, check;
    bool test = false;
  };
  /// Whom a background check was asked of, by the deliveries that its request made.
  Result<std::vector<care::CheckAsk>> asksOf(Transaction& tx, const canonical::BackgroundCheck& check);
  /// After a request or an answer: brings together what nobody is awaited for any more.
  Result<void> gatherChecks(Transaction& tx, const Passage& passage, Admitted& out);
  Result<void> combineCheck(Transaction& tx, const CheckOfCase& of, Admitted& out);
  Result<void> deliver(Transaction& tx, const Passage& passage, Intended& intended, Admitted& out);
  /// What a message changed that others were told of before.
  struct Changed {
    std::vector<CorrectedField> fields;
    std::set<std::string> consents;                           ///< that ended
    std::map<FieldOfElement, std::set<std::string>> origins;  ///< who had said what is not shown any more
  };
  struct Told {
    std::string recipient, purpose;
    const protection::Hold* held;  ///< why a person must do it
  };
  Changed changedBy(const canonical::CaseRecord& before, const canonical::CaseRecord& after,
                    const canonical::Case& said) const;
  Result<void> confirm(Transaction& tx, const Passage& passage);
  Result<void> tellCorrections(Transaction& tx, const Passage& passage, const Changed& changed,
                               const std::vector<Intended*>& intended, Admitted& out);
  void addOrigins(const Changed& changed, std::vector<Notice>& notices) const;
  /// Everything that was told of the people of a case: its own register, and those of cases that it was one with when somebody was told.
  Result<std::vector<Register>> registersOf(Transaction& tx, const std::string& case_id);
  Result<std::optional<Register>> registerOfSplit(Transaction& tx, const canonical::CaseRecord& part,
                                                  const std::string& part_id);
  /// Whom a restriction, its end or an erasure concerns, found before anything changes.
  struct Telling {
    std::string_view type;
    std::string stands_under;  ///< case of the notices
    canonical::Case whole;     ///< in which the people are
    std::vector<RightsNotice> notices;
    bool test = false;
  };
  Result<Telling> toldOf(Transaction& tx, const std::string& case_id,
                         const std::function<bool(const std::string&)>& concerns);
  Result<Telling> toldOfErased(Transaction& tx, const std::string& case_id, const std::string& person);
  Result<void> tellErased(Transaction& tx, const DecisionRow& erasure, Telling telling, Admitted& out);
  Result<void> tellRights(Transaction& tx, const Telling& telling, Admitted& out);
  bool canBeTold(const canonical::CanonicalMessage& said, const RightsNotice& notice) const;
  Result<void> tell(Transaction& tx, const Passage& passage, const Told& to, canonical::CanonicalMessage message,
                    Admitted& out);
  /// Closes what the new delivery overtakes; a message whose last delivery it was is done.
  Result<void> supersede(Transaction& tx, DeliveryRow& by, const canonical::CanonicalMessage& draft);
  /// `about`: the case that a message which is in none yet was meant for.
  Result<void> hold(Transaction& tx, const MessageRow& row, const DeliveryRow* delivery, const protection::Hold& why,
                    const std::string& about);
  Result<void> holdMessage(Transaction& tx, Passage& passage, const protection::Hold& why,
                           const std::string& about = {});
  Result<void> keep(Transaction& tx, Passage& passage);
  Result<void> releaseDelivery(Transaction& tx, const Ruling& ruling, DeliveryRow row, Ruled& out);
  Result<void> releaseMessage(Transaction& tx, const ReadAgain* read_again, Ruled& out);
  Result<void> releaseQuestion(Transaction& tx, Ruled& out);
  Result<bool> isOvertaken(Transaction& tx, const DeliveryRow& row, const canonical::CanonicalMessage& draft);
  Result<HoldRow> openHold(Transaction& tx, const std::string& hold_id);
  Result<void> rule(Transaction& tx, const Ruling& ruling, const Ruled& ruled, const DeliveryRow* delivery);
  Result<std::vector<std::string>> eraseOne(Transaction& tx, const Ruling& ruling, Store& store);
  Result<void> declineAll(Transaction& tx, const MessageRow& message, Store& store);
  bool isUnderOwnKey(const MessageRow& message);
  Result<void> insertMessage(Transaction& tx, Passage& passage, const std::string& scope);
  Result<void> keepPapers(Transaction& tx, const Passage& passage, const std::string& scope);
  Result<void> quarantine(Transaction& tx, const Document& document, std::string_view outcome, std::string_view why);
  Result<void> audit(Transaction& tx, const AuditEvent& event);
  std::vector<CaseKey> keysOf(const canonical::Case& whole, bool test) const;
  std::vector<CaseKey> blind(const std::vector<care::JoinKey>& keys, bool test) const;
  /// By which a stored case is found: its own numbers, those of its hearings, and the URNs of cases joined into it.
  std::vector<CaseKey> keysOfCase(const canonical::Case& whole, bool test) const;

  std::shared_ptr<const Rulebook> rulebook_;
  Vault& vault_;
  AuditLog& audit_;
  const Clock& clock_;
  const Ids& ids_;
  std::function<void(std::vector<DeliveryRow>)> hand_over_;
  std::map<std::string, KnownCase> cases_;  ///< newest state of cases met lately, so that they need not be opened again
};

}  // namespace causeway::pipeline
