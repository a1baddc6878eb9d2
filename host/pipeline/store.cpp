#include "host/pipeline/store.hpp"

namespace causeway::pipeline {

std::string_view nameOf(MessageState state) {
  switch (state) {
    case MessageState::InFlight: return "in_flight";
    case MessageState::Done: return "done";
    case MessageState::Held: return "held";
    case MessageState::Quarantined: return "quarantined";
    case MessageState::Repeated: return "repeated";
    case MessageState::Waiting: return "waiting";
  }
  return "unknown";
}

std::string_view nameOf(DeliveryState state) {
  switch (state) {
    case DeliveryState::Queued: return "queued";
    case DeliveryState::Sending: return "sending";
    case DeliveryState::Delivered: return "delivered";
    case DeliveryState::Held: return "held";
    case DeliveryState::Declined: return "declined";
    case DeliveryState::Superseded: return "superseded";
    case DeliveryState::Shadow: return "shadow";
  }
  return "unknown";
}

std::string_view nameOf(RuleState state) {
  switch (state) {
    case RuleState::Draft: return "draft";
    case RuleState::Submitted: return "submitted";
    case RuleState::Approved: return "approved";
    case RuleState::Scheduled: return "scheduled";
    case RuleState::Live: return "live";
    case RuleState::Retired: return "retired";
    case RuleState::RolledBack: return "rolled_back";
  }
  return "unknown";
}

bool isLoaded(const MessageRow& row) { return row.versions.find(R"("loaded":"yes")") != std::string::npos; }

MessageState stateBy(const OpenDeliveries& open) {
  if (open.under_way > 0) return MessageState::InFlight;
  return open.held > 0 ? MessageState::Held : MessageState::Done;
}

std::string_view reasonBy(const OpenDeliveries& open) {
  return stateBy(open) == MessageState::Held ? "deliveries_held" : "";
}

Result<std::vector<AuditHead>> AuditRecords::auditHeads(std::int64_t after_size, int limit) {
  CW_TRY(auto newest, newestAuditHead());
  std::vector<AuditHead> heads;
  if (newest && newest->size > after_size && limit > 0) heads.push_back(std::move(*newest));
  return heads;
}

std::string contextOf(const SealedItem& item) {
  switch (item.part) {
    case SealedItem::Part::Raw: return "raw:" + item.id;
    case SealedItem::Part::Canonical: return "canonical:" + item.id;
    case SealedItem::Part::Payload: return "draft:" + item.id;
    case SealedItem::Part::Paper: return "paper:" + item.id;
    case SealedItem::Part::Disclosure: return "disclosure:" + item.id;
    case SealedItem::Part::Question: return "follow-up:" + item.id;
  }
  return {};
}

}  // namespace causeway::pipeline
