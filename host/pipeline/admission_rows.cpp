#include "host/base/text.hpp"
#include "host/pipeline/admission.hpp"

#include <algorithm>

// How documents, messages and refusals stand in the store.
namespace causeway::pipeline {
namespace {

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

}  // namespace

Result<void> Admitter::record(Transaction& tx, const Document& document) {
  CW_TRY(const auto reply, vault_.seal(kReplyScope, "reply:" + document.document_id, document.reply));
  CW_CHECK_OK(tx.insert(Admission{document.sender, document.source_id, document.document_id, document.digest, reply,
                                  document.received_at}));
  return audit(tx, {.op = "admission",
                    .at = clock_.now(),
                    .actor = document.sender,
                    .message_id = document.document_id,
                    .details = {{"messages", std::to_string(document.messages.size())},
                                {"papers", std::to_string(document.papers.size())},
                                {"loaded", document.loaded ? "yes" : "no"}}});
}

MessageRow Admitter::rowOf(const Document& document, const canonical::CanonicalMessage& message) const {
  MessageRow row;
  row.message_id = message.message_id();
  row.document_id = document.document_id;
  row.part = message.part();
  row.sender = document.sender;
  row.type = message.type();
  row.test = message.test();
  row.digest = vault_.digest(contentOf(message));
  row.subject_index =
      vault_.blindIndex("subject", document.sender + (message.test() ? "|test|" : "|") + care::subjectOf(message));
  row.versions = R"({"mapping":")" + message.mapped_by() + R"(","rulebook":")" + rulebook_->version +
                 (document.loaded ? R"(","loaded":"yes"})" : R"("})");
  row.received_at = document.received_at;
  return row;
}

Result<void> Admitter::repeat(Transaction& tx, Passage& passage) {
  passage.row.state = MessageState::Repeated;
  passage.row.reason = "says what this source said last";
  // It enters no case, but whoever erases the case must find it.
  if (passage.row.case_id.empty()) {
    CW_TRY(const auto cases, casesOf(tx, keysOf(passage.message.case_(), passage.message.test())));
    if (cases.size() == 1) passage.row.case_id = cases.front();
  }
  return keep(tx, passage);
}

// The row as it is now: a new one, or one that was stored under a key of its own and stays under it.
Result<void> Admitter::keep(Transaction& tx, Passage& passage) {
  MessageRow& row = passage.row;
  const bool own = row.case_id.empty() || row.state == MessageState::Repeated || passage.origin != Origin::Arrived;
  const auto scope = own ? ownScope(row.message_id) : row.case_id;
  // The papers of a repeat are kept with what it repeats.
  if (row.state != MessageState::Repeated) CW_CHECK_OK(keepPapers(tx, passage, scope));
  if (passage.origin == Origin::Arrived) return insertMessage(tx, passage, scope);
  CW_CHECK_OK(tx.updateMessage(row.message_id, row.state, row.case_id, row.reason));
  if (passage.origin == Origin::Waited) return tx.stopWaiting(row.message_id);
  CW_TRY(row.canonical_sealed, vault_.seal(scope, "canonical:" + row.message_id, passage.message.SerializeAsString()));
  return tx.rewriteMessage(row);
}

Result<void> Admitter::keepPapers(Transaction& tx, const Passage& passage, const std::string& scope) {
  if (!passage.papers) return {};
  for (const auto& paper : *passage.papers) {
    if (!mapping::brings(passage.message, paper)) continue;
    PaperRow row{.paper_id = ids_.timeOrdered(),
                 .message_id = passage.row.message_id,
                 .scope = scope,
                 .digest = vault_.digest(paper.bytes),
                 .media_type = paper.media_type,
                 .size = static_cast<std::int64_t>(paper.bytes.size()),
                 .sealed = {}};
    CW_TRY(const bool known, tx.hasPaper(scope, row.digest));
    if (known) continue;
    CW_TRY(row.sealed, vault_.seal(scope, "paper:" + row.paper_id, paper.bytes));
    CW_CHECK_OK(tx.insert(row));
  }
  return {};
}

Result<void> Admitter::insertMessage(Transaction& tx, Passage& passage, const std::string& scope) {
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
  // It enters no case, but whoever erases the case must reach it.
  for (const auto& message : document.messages) {
    if (!row.case_id.empty()) break;
    CW_TRY(const auto cases, casesOf(tx, keysOf(message->case_(), message->test())));
    if (cases.size() == 1) row.case_id = cases.front();
  }
  CW_TRY(row.raw_sealed, vault_.seal(ownScope(row.message_id), "raw:" + row.document_id, document.raw));
  CW_CHECK_OK(tx.insert(row));
  AuditEvent event{.op = "refusal", .at = clock_.now(), .actor = document.sender, .message_id = row.message_id};
  event.details.emplace_back("outcome", outcome);
  if (outcome == "conflict") {
    // The keyed fingerprints of both, so that it can be shown later which of the two somebody has.
    CW_TRY(const auto first, tx.findAdmission(document.sender, document.source_id));
    event.details.emplace_back("content", hex(document.digest));
    if (first) event.details.emplace_back("first_content", hex(first->digest));
  }
  return audit(tx, event);
}

Result<void> Admitter::audit(Transaction& tx, const AuditEvent& event) { return audit_.append(tx, event); }

std::vector<CaseKey> Admitter::keysOf(const canonical::Case& whole, bool test) const {
  // Only what names a case: it may be large.
  canonical::CanonicalMessage message;
  message.mutable_case_()->set_urn(whole.urn());
  *message.mutable_case_()->mutable_force() = whole.force();
  *message.mutable_case_()->mutable_identifiers() = whole.identifiers();
  const auto keys = care::joinKeys(message);
  // An event of a court may name its hearing and no case.
  return blind(keys.empty() ? care::hearingKeys(whole) : keys, test);
}

std::vector<CaseKey> Admitter::blind(const std::vector<care::JoinKey>& keys, bool test) const {
  std::vector<CaseKey> out;
  for (const auto& key : keys) {
    // Test and live messages never meet in a case, whatever number they name.
    const auto kind = test ? "test:" + key.kind : key.kind;
    out.push_back({kind, vault_.blindIndex(kind, key.value)});
  }
  return out;
}

std::vector<CaseKey> Admitter::keysOfCase(const canonical::Case& whole, bool test) const {
  auto out = keysOf(whole, test);
  const auto add = [&](std::vector<CaseKey> keys) {
    for (auto& key : keys)
      if (std::ranges::none_of(out, [&](const auto& known) { return known.index == key.index; }))
        out.push_back(std::move(key));
  };
  add(blind(care::hearingKeys(whole), test));
  for (const auto& one : whole.related()) {
    if (one.relation().code() != "merge" || one.relation().unmapped()) continue;
    canonical::Case joined;
    joined.set_urn(one.urn());
    add(keysOf(joined, test));
  }
  return out;
}

}  // namespace causeway::pipeline
