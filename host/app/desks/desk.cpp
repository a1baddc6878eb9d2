#include "host/app/desks/desk.hpp"

#include "host/app/desks/rules_try.hpp"
#include "host/base/text.hpp"
#include "host/model/case.pb.h"
#include "host/model/codec.hpp"
#include "host/pipeline/hold_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kMostHolds = 500;
constexpr int kMostLeaves = 2000;

Json describe(const pipeline::MessageRow& row) {
  return {{"message", row.message_id},
          {"document", row.document_id},
          {"part", row.part},
          {"sender", row.sender},
          {"type", row.type},
          {"state", nameOf(row.state)},
          {"test", row.test},
          {"case", row.case_id},
          {"reason", row.reason},
          {"received_at", formatInstant(row.received_at)},
          {"versions", Json::parse(row.versions.empty() ? "{}" : row.versions, nullptr, false)}};
}

Json describe(const pipeline::DeliveryRow& row) {
  return {{"delivery", row.delivery_id}, {"recipient", row.recipient}, {"type", row.type},
          {"purpose", row.purpose},      {"rule", row.route},          {"state", nameOf(row.state)},
          {"reason", row.reason},        {"attempts", row.attempts},   {"due_at", formatInstant(row.due_at)},
          {"receipt", row.receipt}};
}

Json describe(const pipeline::HoldRow& row) {
  return {{"hold", row.hold_id},
          {"message", row.message_id},
          {"delivery", row.delivery_id},
          {"case", row.case_id},
          {"reason", row.reason_code},
          {"text", row.text},
          {"what_to_do", pipeline::adviceFor(row.reason_code)},
          {"rule", row.rule},
          {"held_at", formatInstant(row.held_at)}};
}

}  // namespace

Desk::Desk(const pipeline::Rulebook& rulebook, pipeline::Store& store, pipeline::Vault& vault, pipeline::Writer& writer,
           pipeline::AuditLog& audit, pipeline::Holds& holds, const Clock& clock, Views& views,
           std::string audit_key_pem)
    : rulebook_(rulebook),
      store_(store),
      vault_(vault),
      writer_(writer),
      audit_(audit),
      holds_(holds),
      clock_(clock),
      views_(views),
      audit_desk_({store, writer, audit, clock, std::move(audit_key_pem)}) {}

std::string Desk::answer(std::string_view request, std::string_view actor) {
  const auto asked = Json::parse(request, nullptr, false);
  if (!asked.is_object()) return R"({"error":"the request is not a JSON object"})";
  const auto command = asked.value("command", "");
  if (const auto of_audit = audit_desk_.answer(request, actor))
    return *of_audit ? **of_audit : Json{{"error", of_audit->error().text()}}.dump();
  Result<std::string> said = fail(ErrorKind::NotFound, "unknown command '" + command +
                                                           "' (known: trace, newest, papers, paper, held, release, "
                                                           "close, erase, load, ledger, verify, audit_prove, "
                                                           "audit_consistency, audit_export, audit_page, rules_try)");
  if (rights_ != nullptr && RightsDesk::knows(command)) said = rights_->answer(request, actor);
  if (clocks_ != nullptr && ClockDesk::knows(command)) said = clocks_->answer(request, actor);
  if (load_ && command == "load") said = load_->load(request, actor);
  const auto by = asked.value("by", "");
  const Looker looker{by.empty() ? std::string(actor) : by, std::string(actor)};
  if (command == "trace") said = trace(asked.value("id", ""), asked.value("content", false), looker);
  if (command == "newest") said = newest(actor);
  if (command == "papers") said = papers(asked.value("id", ""));
  if (command == "paper") said = paper(asked.value("id", ""), looker);
  if (command == "held") said = held();
  if (command == "release" || command == "close")
    said = decide(command, {asked.value("id", ""), asked.value("by", ""), asked.value("because", ""),
                            std::string(actor), asked.value("redact", false)});
  if (command == "ledger") said = ledger();
  if (command == "rules_try") said = tryRules(asked.value("folder", ""), asked.value("days", 0), actor);
  return said ? *said : Json{{"error", said.error().text()}}.dump();
}

Result<void> Desk::mayLook(const std::string& case_id, const Looker& looker) {
  return rights_ != nullptr ? rights_->mayLook(case_id, looker.by, looker.through) : Result<void>();
}

Result<std::string> Desk::trace(const std::string& id, bool content, const Looker& looker) {
  CW_TRY(auto rows, store_.messagesOfDocument(id));
  if (rows.empty()) {
    CW_TRY(const auto row, store_.message(id));
    if (!row) return fail(ErrorKind::NotFound, "no document or message has this number");
    rows.push_back(*row);
  }
  Json out = Json::array();
  for (const auto& row : rows) {
    Json item = describe(row);
    CW_TRY(const auto deliveries, store_.deliveriesOf(row.message_id));
    item["deliveries"] = Json::array();
    for (const auto& delivery : deliveries) {
      item["deliveries"].push_back(describe(delivery));
      item["deliveries"].back()["withheld"] = withheldFrom(delivery.delivery_id);
    }
    if (content && !row.canonical_sealed.empty()) {
      CW_CHECK_OK(mayLook(row.case_id, looker));
      CW_CHECK_OK(views_.record({looker.by, looker.through, row.case_id, row.message_id, "content", {}}));
      // What waited for its case is sealed under its own key still, though it has joined.
      auto bytes = vault_.open("message:" + row.message_id, "canonical:" + row.message_id, row.canonical_sealed);
      if (!bytes && !row.case_id.empty())
        bytes = vault_.open(row.case_id, "canonical:" + row.message_id, row.canonical_sealed);
      if (!bytes) return std::unexpected(std::move(bytes).error());
      canonical::CanonicalMessage message;
      if (message.ParseFromString(*bytes)) item["canonical"] = Json::parse(model::toJson(message), nullptr, false);
    }
    out.push_back(std::move(item));
  }
  return out.dump(2);
}

// The last document received and everything that its arrival set off: messages that waited for it are part of what happened.
Result<std::string> Desk::newest(std::string_view actor) {
  CW_TRY(const auto size, store_.auditSize());
  CW_TRY(const auto rows, store_.auditRows(std::max<std::int64_t>(0, size - kMostLeaves), kMostLeaves));
  std::vector<std::string> ids;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    const auto leaf = Json::parse(row->leaf, nullptr, false);
    const auto op = leaf.value("op", "");
    const auto id = leaf.value("message", "");
    if (op == "duplicate") return Json{{"duplicate_of", id}}.dump();
    if ((op == "decision" || op == "hold" || op == "waiting") && std::ranges::find(ids, id) == ids.end())
      ids.push_back(id);
    if (op != "admission" && op != "refusal") continue;
    CW_TRY(const auto own, store_.messagesOfDocument(id));
    for (const auto& message : own)
      if (std::ranges::find(ids, message.message_id) == ids.end()) ids.push_back(message.message_id);
    if (own.empty()) ids.push_back(id);
    break;
  }
  Json out = Json::array();
  for (auto id = ids.rbegin(); id != ids.rend(); ++id) {
    CW_TRY(const auto told, trace(*id, false, {std::string(actor), std::string(actor)}));
    for (auto& message : Json::parse(told)) out.push_back(std::move(message));
  }
  return out.dump();
}

// The decision is in the audit log, with the rule that withheld each field; only the newest leaves are searched.
std::string Desk::withheldFrom(const std::string& delivery_id) {
  const auto size = store_.auditSize();
  if (!size) return {};
  const auto rows = store_.auditRows(std::max<std::int64_t>(0, *size - kMostLeaves), kMostLeaves);
  if (!rows) return {};
  for (const auto& row : *rows) {
    if (row.leaf.find(delivery_id) == std::string::npos) continue;
    const auto leaf = Json::parse(row.leaf, nullptr, false);
    if (leaf.value("op", "") == "decision" && leaf.contains("details")) return leaf["details"].value("withheld", "");
  }
  return {};
}

Result<std::string> Desk::papers(const std::string& case_id) {
  CW_TRY(const auto rows, store_.papersOfCase(case_id));
  Json out = Json::array();
  for (const auto& row : rows)
    out.push_back(
        {{"paper", row.paper_id}, {"message", row.message_id}, {"media_type", row.media_type}, {"size", row.size}});
  return out.dump(2);
}

Result<std::string> Desk::paper(const std::string& id, const Looker& looker) {
  CW_TRY(const auto row, store_.paper(id));
  if (!row) return fail(ErrorKind::NotFound, "no paper has this number; 'causeway papers CASE' lists those of a case");
  CW_TRY(const auto message, store_.message(row->message_id));
  const auto case_id = message ? message->case_id : std::string();
  CW_CHECK_OK(mayLook(case_id, looker));
  CW_CHECK_OK(views_.record({looker.by, looker.through, case_id, row->message_id, "paper", {}}));
  CW_TRY(const auto bytes, vault_.open(row->scope, "paper:" + row->paper_id, row->sealed));
  return Json{{"paper", id}, {"media_type", row->media_type}, {"size", row->size}, {"bytes", hex(bytes)}}.dump();
}

Result<std::string> Desk::held() {
  CW_TRY(const auto holds, store_.openHolds(kMostHolds));
  Json out = Json::array();
  for (const auto& hold : holds) out.push_back(describe(hold));
  return out.dump(2);
}

Result<std::string> Desk::ledger() {
  CW_TRY(const auto balance, store_.balance());
  const Json out{{"received", balance.received},
                 {"in_flight", balance.in_flight},
                 {"done", balance.done},
                 {"held", balance.held},
                 {"quarantined", balance.quarantined},
                 {"repeated", balance.repeated},
                 {"waiting", balance.waiting},
                 {"balances", balance.balances()},
                 {"rulebook", in_force_ ? in_force_() : rulebook_.version},
                 {"state", state_ ? state_() : "up"}};
  return out.dump(2);
}

Result<std::string> Desk::decide(const std::string& command, const pipeline::Ruling& ruling) {
  CW_TRY(const auto ruled, command == "close" ? holds_.close(ruling) : holds_.release(ruling));
  return Json{{"hold", ruling.about},
              {"outcome", ruled.outcome},
              {"message", ruled.hold.message_id},
              {"delivery", ruled.hold.delivery_id}}
      .dump(2);
}

// It reads what was to be told in many cases, and shows of it names of fields alone.
Result<std::string> Desk::tryRules(const std::string& folder, int days, std::string_view actor) {
  const pipeline::AuditEvent event{
      .op = "rules_try", .at = clock_.now(), .actor = std::string(actor), .purpose = "administration"};
  if (!writer_.perform([&](pipeline::Transaction& tx) { return audit_.append(tx, event); }))
    return fail(ErrorKind::Unavailable, "the trial cannot be recorded now, so it is not made");
  return rulesTry(rulebook_, store_, vault_, folder, days, clock_.now());
}

}  // namespace causeway::app
