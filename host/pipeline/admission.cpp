#include "host/pipeline/admission.hpp"

#include "host/care/case_join.hpp"
#include "host/care/case_split.hpp"
#include "host/pipeline/case_links.hpp"
#include "host/pipeline/whose_case.hpp"

#include <algorithm>

namespace causeway::pipeline {
namespace {

constexpr size_t kCasesRemembered = 2000;

bool opensCase(const canonical::CanonicalMessage& message) {
  return message.type() == "case.registered" || message.type() == "case.updated";
}

const mapping::Finding* unreadable(const Document& document, int part) {
  const auto found = std::ranges::find_if(document.findings, [&](const mapping::Finding& finding) {
    return (finding.code == "bad_value" || finding.code == "missing_part") &&
           (finding.part < 0 || finding.part == part);
  });
  return found == document.findings.end() ? nullptr : &*found;
}

// Erased or damaged: only a person can say what is to happen with what still arrives for it.
const protection::Hold kUnreadable{
    "case_unreadable", "join",
    "the case of the message cannot be read: its key was destroyed or its bytes were changed"};
const protection::Hold kNamesErased{"person_erased", "A12", "the message names somebody who was erased from this case"};
const protection::Hold kCheckUntold{"check_untold", "check",
                                    "A background check is brought together, and no rule tells whoever asked for it."};

/// The message as one about this case, when it may have come under another number, or names those who have just left; nothing: as it is.
std::optional<canonical::CanonicalMessage> renamed(const canonical::Case& whole,
                                                   const canonical::CanonicalMessage& message, bool split) {
  if (!split && !care::hasJoined(whole) && !care::hasParts(whole)) return std::nullopt;
  auto out = care::asOfLead(whole, message);
  if (split) out.mutable_case_()->clear_defendants();
  return out;
}

bool isUntold(const canonical::CanonicalMessage& message, const Judgement& judged) {
  return message.type() == "background_check.combined" &&
         std::ranges::all_of(judged.happened, [](const auto& happened) { return happened.deliveries.empty(); });
}

const protection::Hold kManyCases{"many_cases", "join", "the message fits more than one case"};

}  // namespace

Admitter::Admitter(std::shared_ptr<const Rulebook> rulebook, Vault& vault, AuditLog& audit, const Clock& clock,
                   const Ids& ids)
    : rulebook_(std::move(rulebook)), vault_(vault), audit_(audit), clock_(clock), ids_(ids) {}

Result<Admitted> Admitter::admit(Transaction& tx, Document& document) {
  Admitted out;
  if (!document.refused.empty()) {
    out.outcome = document.refused;
    CW_CHECK_OK(quarantine(tx, document, document.refused, document.why));
    return out;
  }
  CW_TRY(const auto known, tx.findAdmission(document.sender, document.source_id));
  if (known) {
    const bool same = known->digest == document.digest;
    out.outcome = same ? "duplicate" : "conflict";
    if (!same) {
      CW_CHECK_OK(quarantine(tx, document, "conflict", "the number was used before for other content"));
      return out;
    }
    out.document_id = known->document_id;
    // An answer that cannot be read back is given anew: it says the same, at another time.
    out.reply = vault_.open(kReplyScope, "reply:" + known->document_id, known->reply_sealed).value_or(document.reply);
    CW_CHECK_OK(
        audit(tx, {.op = "duplicate", .at = clock_.now(), .actor = document.sender, .message_id = known->document_id}));
    return out;
  }
  CW_TRY(out.why, refusedStep(tx, document));
  if (!out.why.empty()) {
    out.outcome = "invalid_transition";
    CW_CHECK_OK(quarantine(tx, document, out.outcome, out.why));
    return out;
  }
  CW_CHECK_OK(record(tx, document));
  for (size_t part = 0; part < document.messages.size(); ++part) CW_CHECK_OK(admitMessage(tx, document, part, out));
  out.outcome = "accepted";
  return out;
}

Result<Admitted> Admitter::admitHeld(Transaction& tx, Document& document, const Error& why) {
  if (!document.refused.empty()) return std::unexpected(why);
  CW_CHECK_OK(record(tx, document));
  for (size_t part = 0; part < document.messages.size(); ++part) {
    const auto& message = *document.messages[part];
    Passage passage{.message = message,
                    .document = part == 0 ? &document : nullptr,
                    .row = rowOf(document, message),
                    .papers = &document.papers};
    CW_CHECK_OK(holdMessage(tx, passage, {"stage_failed", "host", "the host failed on this message: " + why.what}));
  }
  Admitted out;
  out.outcome = "accepted";
  return out;
}

void Admitter::afterCommit(Admitted& admitted) {
  if (hand_over_ && !admitted.deliveries.empty()) hand_over_(std::move(admitted.deliveries));
}

Result<void> Admitter::admitMessage(Transaction& tx, const Document& document, size_t part, Admitted& out) {
  const auto& message = *document.messages[part];
  Passage passage{.message = message,
                  .document = part == 0 ? &document : nullptr,
                  .row = rowOf(document, message),
                  .papers = &document.papers};
  CW_TRY(const auto newest, tx.newestDigest(passage.row.subject_index));
  if (newest == passage.row.digest) return repeat(tx, passage);
  if (const auto* finding = unreadable(document, static_cast<int>(part)))
    return holdMessage(
        tx, passage,
        {finding->code, finding->path,
         (finding->code == "bad_value" ? "a value cannot be read: " : "a part is missing: ") + finding->text});
  return place(tx, passage, out);
}

Result<void> Admitter::place(Transaction& tx, Passage& passage, Admitted& out) {
  const auto& message = passage.message;
  MessageRow& row = passage.row;
  if (const auto other = statesOtherForce(*rulebook_, message)) return holdMessage(tx, passage, *other);
  passage.keys = keysOf(message.case_(), message.test());
  CW_TRY(const auto answered, answeredCase(tx, message));
  if (!answered.empty()) return enterSides(tx, passage, answered, out);
  if (passage.keys.empty())
    return holdMessage(tx, passage, {"no_join", "join", "the message has no case number that can be joined"});
  CW_TRY(const auto cases, casesFor(tx, message, passage.keys));
  if (cases.size() > 1) return holdMessage(tx, passage, kManyCases);
  if (cases.size() == 1) return enterSides(tx, passage, cases.front(), out);
  if (opensCase(message)) {
    if (const auto other = opensOtherForce(*rulebook_, message)) return holdMessage(tx, passage, *other);
    return enterCase(tx, passage, ids_.timeOrdered(), out);
  }
  row.state = MessageState::Waiting;
  row.reason = "its case is not known yet";
  CW_CHECK_OK(keep(tx, passage));
  CW_CHECK_OK(tx.wait(row.message_id, passage.keys));
  return audit(
      tx, {.op = "waiting", .at = clock_.now(), .actor = "causeway", .message_id = row.message_id, .rule = "join"});
}

Result<void> Admitter::enterCase(Transaction& tx, Passage& passage, const std::string& case_id, Admitted& out) {
  auto loaded = loadCase(tx, case_id);
  if (!loaded && loaded.error().kind == ErrorKind::Refused) return holdMessage(tx, passage, kUnreadable, case_id);
  if (!loaded) return std::unexpected(std::move(loaded).error());
  CW_TRY(const bool erased, namesErased(tx, passage.message.case_(), case_id));
  if (erased) return holdMessage(tx, passage, kNamesErased, case_id);
  CW_TRY(const auto apart, joinOthers(tx, passage, case_id));
  if (apart) return holdMessage(tx, passage, *apart, case_id);
  CW_TRY(const auto split, splitOff(tx, passage, case_id));
  if (split.hold) return holdMessage(tx, passage, *split.hold, case_id);
  if (split.again) return repeat(tx, passage);
  // Anew: it may hold more now, and what was remembered may have gone.
  CW_TRY(KnownCase* const found, loadCase(tx, case_id));
  KnownCase& known = *found;
  // Before the first message too: a later one must be about the same subject.
  known.record.mutable_case_()->set_case_id(case_id);
  const auto& whole = known.record.case_();
  const auto about = renamed(whole, passage.message, !split.part.empty());
  auto judged = judge(*rulebook_, known.record, about ? *about : passage.message, clock_.now());
  if (!judged) return holdMessage(tx, passage, {"not_placed", "join", judged.error().what}, case_id);
  if (isUntold(passage.message, *judged)) return holdMessage(tx, passage, kCheckUntold, case_id);
  auto& record = judged->folded.record;
  record.mutable_case_()->set_case_id(case_id);
  const bool test = passage.message.test();
  const auto changed = changedBy(known.record, record, passage.message.case_());
  CW_TRY(const auto moved, clocksMoved(tx, passage, known.record, *judged));
  auto saved = saveCase(tx, {case_id, known.seq + 1, {}, test}, known, std::move(record));
  if (!saved && saved.error().kind == ErrorKind::Refused) {
    cases_.erase(case_id);
    return holdMessage(tx, passage, kUnreadable, case_id);
  }
  CW_CHECK_OK(std::move(saved));

  passage.row.case_id = case_id;
  // Two of the operations that must be logged (DPA 2018 s.62(1)): the case changes, and what is new joins what others said.
  CW_CHECK_OK(audit(tx, {.op = "alteration",
                         .at = clock_.now(),
                         .actor = passage.row.sender,
                         .message_id = passage.row.message_id,
                         .case_id = case_id,
                         .details = {{"combination", known.seq > 1 ? "yes" : "no"}}}));
  CW_CHECK_OK(clocks().write(tx, moved, "clock_moved"));
  std::vector<Intended*> intended;
  for (auto& happened : judged->happened)
    for (auto& one : happened.deliveries) intended.push_back(&one);
  // What was loaded was told by others, before the first day.
  if (!isLoaded(passage.row)) {
    for (auto* one : intended) CW_CHECK_OK(deliver(tx, passage, *one, out));
    CW_CHECK_OK(tellCorrections(tx, passage, changed, intended, out));
  }
  CW_CHECK_OK(confirm(tx, passage));
  CW_TRY(const auto open, tx.openDeliveries(passage.row.message_id));
  passage.row.state = stateBy(open);
  passage.row.reason = reasonBy(open);
  CW_CHECK_OK(keep(tx, passage));
  CW_CHECK_OK(tx.setNewestDigest(passage.row.subject_index, passage.row.digest));
  CW_CHECK_OK(watchConsents(tx, passage));
  CW_CHECK_OK(gatherChecks(tx, passage, out));
  if (!split.part.empty()) CW_CHECK_OK(joinWaiting(tx, split.part, out));
  return passage.origin == Origin::Waited ? Result<void>() : joinWaiting(tx, case_id, out);
}

// Whoever came before its case was known, or before the case had the number it names, comes in now, in the order of receipt.
Result<void> Admitter::joinWaiting(Transaction& tx, const std::string& case_id, Admitted& out) {
  for (;;) {
    // Asked again, because what comes in may bring numbers that others waited for.
    CW_TRY(const KnownCase* known, loadCase(tx, case_id));
    CW_TRY(const auto waiting, tx.waitingFor(known->keys));
    bool any = false;
    for (const auto& row : waiting) {
      CW_TRY(const bool joined, joinOne(tx, row, case_id, out));
      any = any || joined;
    }
    if (!any) return {};
  }
}

// False: it waits on, for a part that was split off this case.
Result<bool> Admitter::joinOne(Transaction& tx, const MessageRow& row, const std::string& case_id, Admitted& out) {
  // One that came in before it may have made the case that it waited for, and taken it along.
  CW_TRY(const auto now, tx.findMessage(row.message_id));
  if (!now || now->state != MessageState::Waiting) return true;
  const auto bytes = vault_.open(ownScope(row.message_id), "canonical:" + row.message_id, row.canonical_sealed);
  canonical::CanonicalMessage message;
  Passage passage{.message = message, .document = nullptr, .row = row, .origin = Origin::Waited};
  const auto done = [](Result<void> result) -> Result<bool> {
    if (!result) return std::unexpected(std::move(result).error());
    return true;
  };
  if (!bytes || !message.ParseFromString(*bytes))
    return done(holdMessage(tx, passage,
                            {"message_unreadable", "join", "the message waited for its case and cannot be read back"}));
  CW_TRY(const auto newest, tx.newestDigest(row.subject_index));
  if (newest == row.digest) return done(repeat(tx, passage));
  if (const auto other = statesOtherForce(*rulebook_, message)) return done(holdMessage(tx, passage, *other));
  CW_TRY(const auto cases, casesFor(tx, message, keysOf(message.case_(), message.test())));
  if (cases.empty()) return false;
  if (cases.size() > 1) return done(holdMessage(tx, passage, kManyCases));
  return done(enterCase(tx, passage, case_id, out));
}

Result<Admitter::KnownCase*> Admitter::loadCase(Transaction& tx, const std::string& case_id) {
  if (cases_.size() > kCasesRemembered) cases_.clear();
  const auto found = cases_.find(case_id);
  if (found != cases_.end()) return &found->second;
  KnownCase known;
  CW_TRY(const auto row, tx.loadCase(case_id));
  if (row) {
    const auto bytes = vault_.open(case_id, "snapshot", row->snapshot_sealed);
    if (!bytes || !known.record.ParseFromString(*bytes)) return fail(ErrorKind::Refused, "a case cannot be read back");
    known.seq = row->seq;
    known.keys = keysOfCase(known.record.case_(), row->test);
  }
  return &cases_.emplace(case_id, std::move(known)).first->second;
}

Result<void> Admitter::saveCase(Transaction& tx, CaseRow row, KnownCase& known, canonical::CaseRecord record) {
  CW_TRY(row.snapshot_sealed, vault_.seal(row.case_id, "snapshot", record.SerializeAsString()));
  CW_CHECK_OK(tx.saveCase(row));
  known.keys = keysOfCase(record.case_(), row.test);
  CW_TRY(const auto own, ownKeys(tx, row.case_id, known.keys));
  CW_CHECK_OK(tx.addCaseKeys(row.case_id, own));
  known.record = std::move(record);
  known.seq = row.seq;
  return {};
}

Result<void> Admitter::holdMessage(Transaction& tx, Passage& passage, const protection::Hold& why,
                                   const std::string& about) {
  if (passage.origin == Origin::Released) {
    passage.still = why;
    return {};
  }
  passage.row.state = MessageState::Held;
  passage.row.reason = why.code;
  CW_CHECK_OK(keep(tx, passage));
  return hold(tx, passage.row, nullptr, why, about);
}

}  // namespace causeway::pipeline
