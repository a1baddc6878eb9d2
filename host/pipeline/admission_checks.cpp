#include "host/care/background_checks.hpp"
#include "host/pipeline/admission.hpp"
#include "host/pipeline/own_message.hpp"

#include <algorithm>

// A background check: who was asked is in the deliveries, what they answered in the case. When nobody is awaited any more, or its time has
// come, both are brought together as a message of our own, which goes through rules, protection and commit like any other.
namespace causeway::pipeline {
namespace {

constexpr std::string_view kAsked = "background_check.asked", kCombined = "background_check.combined";

canonical::CanonicalMessage combinedMessage(const canonical::Case& whole, const canonical::BackgroundCheck& check,
                                            std::string id, Instant now) {
  auto out = ownMessage(std::move(id), std::string(kCombined), "causeway.check", now);
  auto& to = *out.mutable_case_();
  nameCase(to, whole);
  *to.add_background_checks() = check;
  return out;
}

}  // namespace

Result<std::vector<care::CheckAsk>> Admitter::asksOf(Transaction& tx, const canonical::BackgroundCheck& check) {
  CW_TRY(const auto rows, tx.deliveriesOf(check.request()));
  std::vector<care::CheckAsk> out;
  for (const auto& row : rows) {
    if (row.type != kAsked || row.state == DeliveryState::Shadow) continue;
    // One request may ask for several checks.
    const auto bytes = vault_.open(row.case_id, "draft:" + row.delivery_id, row.payload_sealed);
    canonical::CanonicalMessage draft;
    const bool readable = bytes && draft.ParseFromString(*bytes);
    if (readable && !care::checkOf(draft.case_(), check.id())) continue;
    const bool reached = row.state == DeliveryState::Queued || row.state == DeliveryState::Sending ||
                         row.state == DeliveryState::Delivered;
    out.push_back({row.recipient, row.created_at, reached});
  }
  return out;
}

Result<void> Admitter::gatherChecks(Transaction& tx, const Passage& passage, Admitted& out) {
  const auto& type = passage.message.type();
  if (!care::isAboutChecks(type) || type == kCombined || isLoaded(passage.row)) return {};
  for (const auto& said : passage.message.case_().background_checks()) {
    CW_TRY(const KnownCase* known, loadCase(tx, passage.row.case_id));
    const auto* check = care::checkOf(known->record.case_(), said.id());
    if (!check || !care::isGathering(*check)) continue;
    CW_TRY(const auto asks, asksOf(tx, *check));
    if (!care::isAwaited(*check, asks))
      CW_CHECK_OK(combineCheck(tx, {passage.row.case_id, said.id(), passage.row.test}, out));
  }
  return {};
}

Result<void> Admitter::combineCheck(Transaction& tx, const CheckOfCase& of, Admitted& out) {
  CW_TRY(const KnownCase* known, loadCase(tx, of.case_id));
  const auto& whole = known->record.case_();
  const auto* check = care::checkOf(whole, of.check);
  if (!check || !care::isGathering(*check)) return {};
  CW_TRY(const auto asks, asksOf(tx, *check));
  const auto now = clock_.now();
  const auto combined = care::combine(*check, asks, now);
  auto message = combinedMessage(whole, combined, ids_.timeOrdered(), now);
  if (of.test) message.set_test(true);
  Document document;
  document.document_id = message.message_id();
  document.sender = kOurselves;
  document.received_at = now;
  Passage passage{.message = message, .document = nullptr, .row = rowOf(document, message)};
  // An operation that must be logged (DPA 2018 s.62(1)): what several systems hold of somebody is put side by side.
  const auto missing = std::ranges::count_if(combined.answers(), [](const auto& one) { return one.has_answer(); });
  CW_CHECK_OK(audit(tx, {.op = "combination",
                         .at = now,
                         .actor = kOurselves,
                         .message_id = message.message_id(),
                         .case_id = of.case_id,
                         .recipient = check->asked_by(),
                         .purpose = check->purpose().code(),
                         .details = {{"state", combined.state()},
                                     {"asked", std::to_string(asks.size())},
                                     {"not_answered", std::to_string(missing)}}}));
  return enterCase(tx, passage, of.case_id, out);
}

}  // namespace causeway::pipeline
