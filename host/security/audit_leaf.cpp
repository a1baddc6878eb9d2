#include "host/security/audit_leaf.hpp"

#include "host/base/text.hpp"

#include <algorithm>

namespace causeway::security {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

void appendCharacter(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20 && byte != 0x7F) {
    out += c;
    return;
  }
  out += "\\u00";
  out += kHex[byte >> 4U];
  out += kHex[byte & 15U];
}

void appendString(std::string& out, std::string_view text) {
  const bool utf8 = isUtf8(text);
  out += '"';
  for (const char c : text) {
    if (utf8 || static_cast<unsigned char>(c) < 0x80) appendCharacter(out, c);
    else out += "\\ufffd";
  }
  out += '"';
}

void appendField(std::string& out, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  if (out.back() != '{') out += ',';
  appendString(out, key);
  out += ':';
  appendString(out, value);
}

bool repeats(const std::vector<std::pair<std::string, std::string>>& details) {
  for (auto one = details.begin(); one != details.end(); ++one)
    if (std::any_of(details.begin(), one, [&](const auto& earlier) { return earlier.first == one->first; }))
      return true;
  return false;
}

}  // namespace

std::string auditLeafStart(std::int64_t index) { return "{\"n\":" + std::to_string(index) + ","; }

Result<std::string> auditLeaf(std::int64_t index, const pipeline::AuditEvent& event) {
  if (event.op.empty()) return fail(ErrorKind::Invalid, "an audit event must name its operation");
  if (repeats(event.details)) return fail(ErrorKind::Invalid, "an audit event names a detail twice");
  std::string out = auditLeafStart(index);
  out.reserve(400);
  out += "\"op\":";
  appendString(out, event.op);
  appendField(out, "at", formatInstant(event.at));
  appendField(out, "actor", event.actor);
  appendField(out, "message", event.message_id);
  appendField(out, "case", event.case_id);
  appendField(out, "delivery", event.delivery_id);
  appendField(out, "recipient", event.recipient);
  appendField(out, "purpose", event.purpose);
  appendField(out, "rule", event.rule);
  if (!event.details.empty()) {
    out += ",\"details\":{";
    for (const auto& [key, value] : event.details) {
      if (out.back() != '{') out += ',';
      appendString(out, key);
      out += ':';
      appendString(out, value);
    }
    out += '}';
  }
  out += '}';
  return out;
}

std::string auditHeadText(const pipeline::AuditHead& head) {
  return "causeway-audit-head-v1\n" + std::to_string(head.size) + "\n" + hex(head.root_hash) + "\n" +
         formatInstant(head.signed_at) + "\n";
}

}  // namespace causeway::security
