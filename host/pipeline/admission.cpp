#include "host/pipeline/admission.hpp"

#include "host/pipeline/whose_case.hpp"

#include <algorithm>

namespace causeway::pipeline {
namespace {

constexpr size_t kCasesRemembered = 2000;
constexpr std::string_view kReplies = "installation:replies";
constexpr std::string_view kRepeats = "says what this source said last";

// What a message says, without what only this sending of it says: two sendings of the same fact are equal.
std::string contentOf(const canonical::CanonicalMessage& message) {
  auto content = message;
  content.clear_message_id();
  content.clear_source_message_id();
  content.clear_correlation_id();
  content.clear_received_at();
  content.clear_part();
  return content.SerializeAsString();
}

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
const protection::Hold kManyCases{"many_cases", "join", "the message fits more than one case"};

std::string ownScope(const std::string& message_id) { return "message:" + message_id; }

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
    out.reply = vault_.open(kReplies, "reply:" + known->document_id, known->reply_sealed).value_or(document.reply);
    CW_CHECK_OK(audit(tx, {"duplicate", clock_.now(), document.sender, known->document_id, {}, {}, {}, {}, {}, {}}));
    return out;
  }
  CW_TRY(const auto reply, vault_.seal(kReplies, "reply:" + document.document_id, document.reply));
  CW_CHECK_OK(tx.insert(Admission{document.sender, document.source_id, document.document_id, document.digest, reply,
                                  document.received_at}));
  CW_CHECK_OK(audit(tx, {"admission",
                         clock_.now(),
                         document.sender,
                         document.document_id,
                         {},
                         {},
                         {},
                         {},
                         {},
                         {{"messages", std::to_string(document.messages.size())}}}));
  for (size_t part = 0; part < document.messages.size(); ++part) CW_CHECK_OK(admitMessage(tx, document, part, out));
  out.outcome = "accepted";
  return out;
}

void Admitter::afterCommit(Admitted& admitted) {
  if (hand_over_ && !admitted.deliveries.empty()) hand_over_(std::move(admitted.deliveries));
}

Result<void> Admitter::admitMessage(Transaction& tx, const Document& document, size_t part, Admitted& out) {
  const auto& message = *document.messages[part];
  Passage passage{message, part == 0 ? &document : nullptr, {}, {}};
  MessageRow& row = passage.row;
  row.message_id = message.message_id();
  row.document_id = document.document_id;
  row.part = message.part();
  row.sender = document.sender;
  row.type = message.type();
  row.test = message.test();
  row.digest = vault_.digest(contentOf(message));
  row.subject_index =
      vault_.blindIndex("subject", document.sender + (message.test() ? "|test|" : "|") + care::subjectOf(message));
  row.versions = R"({"mapping":")" + message.mapped_by() + R"(","rulebook":")" + rulebook_->version + R"("})";
  row.received_at = document.received_at;

  CW_TRY(const auto newest, tx.newestDigest(row.subject_index));
  if (newest == row.digest) {
    row.state = MessageState::Repeated;
    row.reason = kRepeats;
    return insertMessage(tx, passage, ownScope(row.message_id));
  }
  if (const auto* finding = unreadable(document, static_cast<int>(part)))
    return holdMessage(
        tx, passage,
        {finding->code, finding->path,
         (finding->code == "bad_value" ? "a value cannot be read: " : "a part is missing: ") + finding->text});
  if (const auto other = statesOtherForce(*rulebook_, message)) return holdMessage(tx, passage, *other);
  passage.keys = keysOf(message.case_(), message.test());
  if (passage.keys.empty())
    return holdMessage(tx, passage, {"no_join", "join", "the message has no case number that can be joined"});
  CW_TRY(const auto cases, tx.findCases(passage.keys));
  if (cases.size() > 1) return holdMessage(tx, passage, kManyCases);
  if (cases.size() == 1) return enterCase(tx, passage, cases.front(), out);
  if (opensCase(message)) {
    if (const auto other = opensOtherForce(*rulebook_, message)) return holdMessage(tx, passage, *other);
    return enterCase(tx, passage, ids_.timeOrdered(), out);
  }
  row.state = MessageState::Waiting;
  row.reason = "its case is not known yet";
  CW_CHECK_OK(insertMessage(tx, passage, ownScope(row.message_id)));
  CW_CHECK_OK(tx.wait(row.message_id, passage.keys));
  return audit(tx, {"waiting", clock_.now(), "causeway", row.message_id, {}, {}, {}, {}, "join", {}});
}

Result<void> Admitter::enterCase(Transaction& tx, Passage& passage, const std::string& case_id, Admitted& out) {
  auto loaded = loadCase(tx, case_id);
  if (!loaded && loaded.error().kind == ErrorKind::Refused) return holdMessage(tx, passage, kUnreadable);
  if (!loaded) return std::unexpected(std::move(loaded).error());
  KnownCase& known = **loaded;
  // Before the first message too: a later one must be about the same subject.
  known.record.mutable_case_()->set_case_id(case_id);
  auto judged = judge(*rulebook_, known.record, passage.message, clock_.now());
  if (!judged) return holdMessage(tx, passage, {"not_placed", "join", judged.error().what});
  auto& record = judged->folded.record;
  record.mutable_case_()->set_case_id(case_id);
  const bool test = passage.message.test();
  auto saved = saveCase(tx, {case_id, known.seq + 1, {}, test}, known, std::move(record));
  if (!saved && saved.error().kind == ErrorKind::Refused) {
    cases_.erase(case_id);
    return holdMessage(tx, passage, kUnreadable);
  }
  CW_CHECK_OK(std::move(saved));

  passage.row.case_id = case_id;
  const bool waited = passage.row.state == MessageState::Waiting;
  for (auto& happened : judged->happened)
    for (auto& intended : happened.deliveries) CW_CHECK_OK(deliver(tx, passage, intended, out));
  CW_TRY(const int open, tx.openDeliveries(passage.row.message_id));
  passage.row.state = open > 0 ? MessageState::InFlight : MessageState::Done;
  passage.row.reason.clear();
  if (waited) {
    CW_CHECK_OK(tx.updateMessage(passage.row.message_id, passage.row.state, case_id, ""));
    CW_CHECK_OK(tx.stopWaiting(passage.row.message_id));
  } else {
    CW_CHECK_OK(insertMessage(tx, passage, case_id));
  }
  CW_CHECK_OK(tx.setNewestDigest(passage.row.subject_index, passage.row.digest));
  return waited ? Result<void>() : joinWaiting(tx, case_id, out);
}

// Whoever came before its case was known, or before the case had the number it names, comes in now, in the order of receipt.
Result<void> Admitter::joinWaiting(Transaction& tx, const std::string& case_id, Admitted& out) {
  for (;;) {
    // Asked again, because what comes in may bring numbers that others waited for.
    CW_TRY(const KnownCase* known, loadCase(tx, case_id));
    CW_TRY(const auto waiting, tx.waitingFor(known->keys));
    if (waiting.empty()) return {};
    for (const auto& row : waiting) CW_CHECK_OK(joinOne(tx, row, case_id, out));
  }
}

Result<void> Admitter::joinOne(Transaction& tx, const MessageRow& row, const std::string& case_id, Admitted& out) {
  const auto bytes = vault_.open(ownScope(row.message_id), "canonical:" + row.message_id, row.canonical_sealed);
  canonical::CanonicalMessage message;
  Passage passage{message, nullptr, row, {}};
  if (!bytes || !message.ParseFromString(*bytes))
    return holdMessage(tx, passage,
                       {"message_unreadable", "join", "the message waited for its case and cannot be read back"});
  CW_TRY(const auto newest, tx.newestDigest(row.subject_index));
  if (newest == row.digest) {
    CW_CHECK_OK(tx.updateMessage(row.message_id, MessageState::Repeated, "", std::string(kRepeats)));
    return tx.stopWaiting(row.message_id);
  }
  if (const auto other = statesOtherForce(*rulebook_, message)) return holdMessage(tx, passage, *other);
  CW_TRY(const auto cases, tx.findCases(keysOf(message.case_(), message.test())));
  if (cases.size() > 1) return holdMessage(tx, passage, kManyCases);
  return enterCase(tx, passage, case_id, out);
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
    known.keys = keysOf(known.record.case_(), row->test);
  }
  return &cases_.emplace(case_id, std::move(known)).first->second;
}

Result<void> Admitter::saveCase(Transaction& tx, CaseRow row, KnownCase& known, canonical::CaseRecord record) {
  CW_TRY(row.snapshot_sealed, vault_.seal(row.case_id, "snapshot", record.SerializeAsString()));
  CW_CHECK_OK(tx.saveCase(row));
  known.keys = keysOf(record.case_(), row.test);
  CW_CHECK_OK(tx.addCaseKeys(row.case_id, known.keys));
  known.record = std::move(record);
  known.seq = row.seq;
  return {};
}

Result<void> Admitter::holdMessage(Transaction& tx, Passage& passage, const protection::Hold& why) {
  const bool waited = passage.row.state == MessageState::Waiting;
  passage.row.state = MessageState::Held;
  passage.row.reason = why.code;
  if (waited) {
    CW_CHECK_OK(tx.updateMessage(passage.row.message_id, MessageState::Held, "", why.code));
    CW_CHECK_OK(tx.stopWaiting(passage.row.message_id));
  } else {
    CW_CHECK_OK(insertMessage(tx, passage, ownScope(passage.row.message_id)));
  }
  return hold(tx, passage.row, nullptr, why);
}

Result<void> Admitter::insertMessage(Transaction& tx, Passage& passage, std::string_view scope) {
  MessageRow& row = passage.row;
  CW_TRY(row.canonical_sealed, vault_.seal(scope, "canonical:" + row.message_id, passage.message.SerializeAsString()));
  if (passage.document) {
    CW_TRY(row.raw_sealed, vault_.seal(scope, "raw:" + row.document_id, passage.document->raw));
  }
  return tx.insert(row);
}

Result<void> Admitter::quarantine(Transaction& tx, const Document& document, std::string_view outcome,
                                  std::string_view why) {
  MessageRow row;
  row.message_id = ids_.timeOrdered();
  row.document_id = document.document_id;
  row.sender = document.sender;
  row.state = MessageState::Quarantined;
  row.reason = std::string(outcome) + ": " + std::string(why);
  row.received_at = document.received_at;
  CW_TRY(row.raw_sealed, vault_.seal(ownScope(row.message_id), "raw:" + row.document_id, document.raw));
  CW_CHECK_OK(tx.insert(row));
  return audit(tx, {"refusal",
                    clock_.now(),
                    document.sender,
                    row.message_id,
                    {},
                    {},
                    {},
                    {},
                    {},
                    {{"outcome", std::string(outcome)}}});
}

Result<void> Admitter::audit(Transaction& tx, AuditEvent event) { return audit_.append(tx, event); }

std::vector<CaseKey> Admitter::keysOf(const canonical::Case& whole, bool test) const {
  // Only what names a case: it may be large.
  canonical::CanonicalMessage message;
  message.mutable_case_()->set_urn(whole.urn());
  *message.mutable_case_()->mutable_force() = whole.force();
  *message.mutable_case_()->mutable_identifiers() = whole.identifiers();
  std::vector<CaseKey> out;
  for (const auto& key : care::joinKeys(message)) {
    // Test and live messages never meet in a case, whatever number they name.
    const auto kind = test ? "test:" + key.kind : key.kind;
    out.push_back({kind, vault_.blindIndex(kind, key.value)});
  }
  return out;
}

}  // namespace causeway::pipeline
