#include "host/security/key_change.hpp"

#include "host/base/text.hpp"
#include "host/security/audit_leaf.hpp"

#include <utility>

namespace causeway::security {
namespace {

constexpr std::string_view kOperation = "key_change";

// A quotation mark within a value stands behind a backslash, so a key with both of its own is found nowhere else.
std::optional<std::string> bytesOf(std::string_view leaf, std::string_view key) {
  const std::string start = "\"" + std::string(key) + "\":\"";
  const auto at = leaf.find(start);
  if (at == std::string_view::npos) return std::nullopt;
  const auto value = leaf.substr(at + start.size());
  return fromHex(value.substr(0, value.find('"')));
}

}  // namespace

pipeline::AuditEvent announcing(pipeline::AuditEvent event, const KeyChange& change) {
  event.op = kOperation;
  event.details.emplace_back("previous_key", hex(change.previous));
  event.details.emplace_back("next_key", hex(change.next));
  return event;
}

std::optional<KeyChange> keyChangeIn(const pipeline::AuditRow& row) {
  const std::string start = auditLeafStart(row.index) + "\"op\":\"" + std::string(kOperation) + "\"";
  if (!row.leaf.starts_with(start)) return std::nullopt;
  auto previous = bytesOf(row.leaf, "previous_key");
  auto next = bytesOf(row.leaf, "next_key");
  // A change that says nothing of its keys is one that no key can follow.
  return KeyChange{std::move(previous).value_or(""), std::move(next).value_or("")};
}

}  // namespace causeway::security
