#include "host/app/desks/audit_desk.hpp"

#include "host/app/desks/log_purposes.hpp"
#include "host/base/text.hpp"
#include "host/security/audit_verifier.hpp"
#include "host/security/head_line.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kPage = 1000;
constexpr std::int64_t kMostExported = 4000;  // leaves of one page: well within a reply of the control socket

Json hexOf(const std::vector<std::string>& hashes) {
  Json out = Json::array();
  for (const auto& hash : hashes) out.push_back(hex(hash));
  return out;
}

Json describe(const pipeline::AuditHead& head) {
  return {{"size", head.size},
          {"root", hex(head.root_hash)},
          {"signed_at", formatInstant(head.signed_at)},
          {"signature", hex(head.signature)}};
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

// A day begins and ends with that of London.
std::optional<Instant> momentOf(const std::string& text, bool end) {
  if (const auto day = parseDate(text)) {
    LondonTime midnight;
    midnight.date = end ? std::chrono::year_month_day(std::chrono::sys_days(*day) + std::chrono::days(1)) : *day;
    return fromLondon(midnight);
  }
  const auto moment = parseInstant(text);
  return moment ? std::optional(*moment) : std::nullopt;
}

}  // namespace

std::optional<Result<std::string>> AuditDesk::answer(std::string_view request, std::string_view actor) {
  const auto asked = Json::parse(request, nullptr, false);
  if (!asked.is_object()) return std::nullopt;
  const auto text = [&](const char* key) {
    return asked.contains(key) && asked[key].is_string() ? asked[key].get<std::string>() : std::string();
  };
  const auto count = [&](const char* key, std::int64_t otherwise) {
    return asked.contains(key) && asked[key].is_number_integer() ? asked[key].get<std::int64_t>() : otherwise;
  };
  const auto command = text("command");
  if (command == "verify") return verify(text("witness"), text("keys"));
  if (command == "audit_prove") return prove(count("index", -1), text("delivery"), text("purpose"), actor);
  if (command == "audit_consistency") return consistency(count("from", 0), count("to", 0));
  if (command == "audit_export") return startExport(text("from"), text("to"), text("purpose"), actor);
  if (command == "audit_page") return page(count("export", -1), count("from", -1), actor);
  return std::nullopt;
}

Result<std::string> AuditDesk::verify(const std::string& witness, const std::string& keys) {
  return auditVerdict(parts_.records, keys.empty() ? parts_.key_pem : keys, witness);
}

Result<std::string> auditVerdict(pipeline::AuditRecords& records, const std::string& keys_pem,
                                 const std::string& witness) {
  CW_TRY(auto witnessed, security::parseHeadLines(witness));
  CW_TRY(const auto verdict, security::verifyAudit(records, keys_pem, std::move(witnessed)));
  Json out{{"leaves", verdict.leaves},
           {"heads", verdict.heads},
           {"witnessed", verdict.witnessed},
           {"keys", verdict.keys},
           {"good", !verdict.fault}};
  if (verdict.fault) {
    out["fault"] = {{"first", verdict.fault->first}, {"last", verdict.fault->last}, {"what", verdict.fault->what}};
    if (verdict.fault->head > 0) out["fault"]["head"] = verdict.fault->head;
  }
  return out.dump(2);
}

// A use for anything else is denied, and that it was asked for stands in the log, without the words.
Result<void> AuditDesk::checkPurpose(const std::string& purpose, std::string_view actor) {
  if (isLogPurpose(purpose)) return {};
  CW_CHECK_OK(record("log_query", {{"outcome", "denied"}}, "none of the four", actor));
  return fail(ErrorKind::Refused,
              "the log may be used only to show that processing was lawful, for self-monitoring with internal "
              "discipline, for integrity and security, or for criminal proceedings: say one of " +
                  std::string(kLogPurposesInWords));
}

Result<void> AuditDesk::record(const char* op, std::vector<std::pair<std::string, std::string>> details,
                               const std::string& purpose, std::string_view actor) {
  pipeline::AuditEvent event;
  event.op = op;
  event.at = parts_.clock.now();
  event.actor = actor;
  event.purpose = purpose;
  event.details = std::move(details);
  if (!parts_.writer.perform([&](pipeline::Transaction& tx) { return parts_.audit.append(tx, event); }))
    return fail(ErrorKind::Unavailable, "this use of the log cannot be recorded now, so nothing of it is shown");
  return {};
}

// From the newest on: whoever asks about a delivery asks soon.
Result<std::vector<pipeline::AuditRow>> AuditDesk::leavesOf(const std::string& delivery) {
  CW_TRY(const std::int64_t size, parts_.records.auditSize());
  const std::string mark = Json{{"delivery", delivery}}.dump(-1, ' ', false, Json::error_handler_t::replace);
  const std::string field = mark.substr(1, mark.size() - 2);
  std::vector<pipeline::AuditRow> out;
  std::int64_t quiet = 0;
  constexpr std::int64_t enough = 100'000;  // leaves without one before the first: what comes before is not about it
  for (std::int64_t end = size; end > 0 && (out.empty() || quiet < enough); end -= kPage) {
    const std::int64_t from = std::max<std::int64_t>(0, end - kPage);
    CW_TRY(const auto rows, parts_.records.auditRows(from, static_cast<int>(end - from)));
    const auto before = out.size();
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
      if (row->leaf.find(field) != std::string::npos) out.push_back(*row);
    quiet = out.size() == before ? quiet + kPage : 0;
  }
  std::ranges::reverse(out);
  return out;
}

Result<std::string> AuditDesk::prove(std::int64_t index, const std::string& delivery, const std::string& purpose,
                                     std::string_view actor) {
  CW_CHECK_OK(checkPurpose(purpose, actor));
  CW_TRY(auto rows,
         delivery.empty() ? parts_.records.auditRows(std::max<std::int64_t>(index, 0), 1) : leavesOf(delivery));
  if (delivery.empty() && (rows.empty() || rows.front().index != index))
    return fail(ErrorKind::NotFound, "the audit log has no leaf of this number");
  if (rows.empty()) return fail(ErrorKind::NotFound, "no leaf of the audit log is about this delivery");
  CW_CHECK_OK(record("audit_proof",
                     {{"first", std::to_string(rows.front().index)}, {"leaves", std::to_string(rows.size())}}, purpose,
                     actor));
  CW_TRY(const auto head, parts_.records.newestAuditHead());
  Json out{{"format", "causeway-audit-proof-v1"}, {"head", describe(*head)}, {"leaves", Json::array()}};
  for (const auto& row : rows) {
    CW_TRY(const auto path, prover_.inclusion(row.index, head->size));
    out["leaves"].push_back({{"index", row.index}, {"leaf", row.leaf}, {"path", hexOf(path)}});
  }
  return out.dump(2);
}

Result<pipeline::AuditHead> AuditDesk::headOf(std::int64_t size) {
  CW_TRY(const auto heads, parts_.records.auditHeads(size - 1, 1));
  if (heads.empty()) return fail(ErrorKind::NotFound, "the audit log has no signed head over so many leaves");
  return heads.front();
}

Result<std::string> AuditDesk::consistency(std::int64_t from, std::int64_t to) {
  CW_TRY(const auto first, headOf(from));
  if (first.size != from)
    return fail(ErrorKind::NotFound, "the audit log has no signed head over exactly " + std::to_string(from) +
                                         " leaves; the next one is over " + std::to_string(first.size));
  std::optional<pipeline::AuditHead> second;
  if (to == 0) {
    CW_TRY(second, parts_.records.newestAuditHead());
  } else {
    CW_TRY(second, headOf(to));
  }
  CW_TRY(const auto path, prover_.consistency(first.size, second->size));
  return Json{{"format", "causeway-audit-consistency-v1"},
              {"first", describe(first)},
              {"second", describe(*second)},
              {"path", hexOf(path)}}
      .dump(2);
}

// A number of leaves, a day or a moment, as a number of leaves that a signed head covers.
Result<std::int64_t> AuditDesk::placeOf(const std::string& text, bool end) {
  const auto leaves = number(text);
  const auto moment = leaves ? std::nullopt : momentOf(text, end);
  if (!text.empty() && !leaves && !moment)
    return fail(ErrorKind::Invalid, "'from' and 'to' are numbers of leaves, days (2026-06-02) or moments in RFC 3339");
  if (leaves && !end) return *leaves;
  std::int64_t before = 0;
  for (;;) {
    CW_TRY(const auto heads, parts_.records.auditHeads(before, kPage));
    if (heads.empty()) return before;
    for (const auto& head : heads) {
      if (!text.empty() && end && (leaves ? head.size >= *leaves : head.signed_at >= *moment)) return head.size;
      if (!end && (text.empty() || head.signed_at >= *moment)) return before;
      before = head.size;
    }
  }
}

Result<std::string> AuditDesk::startExport(const std::string& from, const std::string& to, const std::string& purpose,
                                           std::string_view actor) {
  CW_CHECK_OK(checkPurpose(purpose, actor));
  CW_TRY(const std::int64_t first, placeOf(from, false));
  CW_TRY(const std::int64_t last, placeOf(to, true));
  if (first < 0 || first >= last) return fail(ErrorKind::NotFound, "the audit log has no leaves from there to there");
  CW_CHECK_OK(record("audit_export", {{"from", std::to_string(first)}, {"to", std::to_string(last)}}, purpose, actor));
  CW_TRY(const auto edge, prover_.edge(first));
  CW_TRY(const auto size, parts_.records.auditSize());
  // The newest leaf that says so is the one of this export, or of one that is the same.
  std::int64_t recorded = size - 1;
  for (;; --recorded) {
    CW_TRY(const auto rows, parts_.records.auditRows(recorded, 1));
    if (recorded < 0 || rows.empty()) return fail(ErrorKind::Broken, "the record of this export cannot be found");
    const auto leaf = Json::parse(rows.front().leaf, nullptr, false);
    if (leaf.value("op", "") == "audit_export" && leaf.value("actor", "") == actor) break;
  }
  return Json{{"export", recorded}, {"from", first}, {"to", last}, {"edge", hexOf(edge)}, {"purpose", purpose}}.dump();
}

// Only what the record of the export names, and only to whom it names.
Result<std::string> AuditDesk::page(std::int64_t export_index, std::int64_t from, std::string_view actor) {
  CW_TRY(const auto recorded, parts_.records.auditRows(std::max<std::int64_t>(export_index, 0), 1));
  const auto leaf = recorded.empty() ? Json() : Json::parse(recorded.front().leaf, nullptr, false);
  if (!leaf.is_object() || leaf.value("op", "") != "audit_export" || leaf.value("actor", "") != actor)
    return fail(ErrorKind::Refused, "there is no such export; start one");
  const auto first = number(leaf["details"].value("from", "")), last = number(leaf["details"].value("to", ""));
  if (!first || !last || from < *first || from >= *last)
    return fail(ErrorKind::Refused, "these leaves do not belong to the export");
  CW_TRY(const auto rows, parts_.records.auditRows(from, static_cast<int>(std::min(kMostExported, *last - from))));
  CW_TRY(auto heads, parts_.records.auditHeads(from, static_cast<int>(kMostExported)));
  auto head = heads.begin();
  std::string lines;
  for (const auto& row : rows) {
    lines += "leaf " + row.leaf + "\n";
    for (; head != heads.end() && head->size <= row.index + 1; ++head)
      if (head->size == row.index + 1) lines += security::headLine(*head) + "\n";
  }
  const std::int64_t next = rows.empty() ? *last : rows.back().index + 1;
  return Json{{"lines", lines}, {"next", next}, {"done", next >= *last}}.dump(-1, ' ', false,
                                                                              Json::error_handler_t::replace);
}

}  // namespace causeway::app
