#include "host/security/head_line.hpp"

#include "host/base/text.hpp"

#include <charconv>
#include <utility>

namespace causeway::security {

using pipeline::AuditHead;

std::string headLine(const AuditHead& head) {
  return "head " + std::to_string(head.size) + " " + hex(head.root_hash) + " " + formatInstant(head.signed_at) + " " +
         hex(head.signature);
}

Result<AuditHead> parseHeadLine(std::string_view line) {
  const auto parts = split(line, ' ');
  AuditHead head;
  if (parts.size() != 5 || parts[0] != "head")
    return fail(ErrorKind::Invalid, "this is not a line 'head SIZE ROOT TIME SIGNATURE'");
  const auto [end, code] = std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), head.size);
  auto root = fromHex(parts[2]);
  const auto time = parseInstant(parts[3]);
  auto signature = fromHex(parts[4]);
  if (code != std::errc() || end != parts[1].data() + parts[1].size() || head.size < 1)
    return fail(ErrorKind::Invalid, "the size of this head is not a number from 1 on");
  if (!root || root->size() != 32 || !time || !signature)
    return fail(ErrorKind::Invalid, "the root, time or signature of this head cannot be read");
  head.root_hash = *std::move(root);
  head.signed_at = *time;
  head.signature = *std::move(signature);
  return head;
}

Result<std::vector<AuditHead>> parseHeadLines(std::string_view text) {
  std::vector<AuditHead> heads;
  for (int line = 1; !text.empty(); ++line) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) break;
    auto head = parseHeadLine(text.substr(0, end));
    if (!head) return fail(ErrorKind::Invalid, head.error().what, "line " + std::to_string(line));
    heads.push_back(*std::move(head));
    text.remove_prefix(end + 1);
  }
  return heads;
}

}  // namespace causeway::security
