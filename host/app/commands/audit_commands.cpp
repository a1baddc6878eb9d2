#include "host/app/commands/audit_commands.hpp"

#include "host/app/commands/commands.hpp"
#include "host/app/commands/host_line.hpp"
#include "host/app/desks/audit_desk.hpp"
#include "host/app/files.hpp"
#include "host/config/configuration.hpp"
#include "host/security/signing.hpp"
#include "host/store/sqlite/sqlite_store.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

/// Asks the running host; tells standard output when the answer is an error.
std::optional<Json> answerOf(const HostLine& line, const Json& request) {
  const auto reply = line.ask(request.dump(-1, ' ', false, Json::error_handler_t::replace));
  if (!reply) return std::nullopt;
  auto said = Json::parse(*reply, nullptr, false);
  if (said.is_object() && !said.contains("error")) return said;
  std::cout << *reply << "\n";
  return std::nullopt;
}

// What a file holds, or nothing for no file; false when it cannot be read.
bool readInto(Json& request, const char* key, const std::string& file) {
  if (file.empty()) return true;
  auto text = readBytes(file);
  if (!text) {
    std::cerr << text.error().text() << "\n";
    return false;
  }
  request[key] = *std::move(text);
  return true;
}

int print(const std::optional<Json>& said) {
  if (said) std::cout << said->dump(2) << "\n";
  return said ? 0 : 1;
}

// A host does not start on a log that was tampered with, so the log must be readable without one.
Result<std::string> verdictOnStopped(const AuditOptions& options, const Json& request) {
  Problems problems;
  CW_TRY(const auto configuration, config::loadConfiguration(options.config, problems));
  const auto& settings = configuration.settings;
  CW_TRY(const auto store, store::SqliteStore::open((settings.data.path / "causeway.db").string()));
  std::string keys = request.value("keys", "");
  if (keys.empty() && settings.keys.audit_signing.empty())
    return fail(ErrorKind::Invalid, "the token has the key; name its public half with --key");
  if (keys.empty()) {
    CW_TRY(const auto key, security::SigningKey::load(settings.keys.audit_signing.path.string()));
    keys = key.publicKeyPem();
  }
  return auditVerdict(*store, keys, request.value("witness", ""));
}

}  // namespace

int auditVerify(const AuditOptions& options) {
  Json request{{"command", "verify"}};
  if (!readInto(request, "witness", options.witness) || !readInto(request, "keys", options.keys)) return 1;
  if (options.stopped) {
    const auto verdict = verdictOnStopped(options, request);
    if (!verdict) std::cerr << verdict.error().text() << "\n";
    return verdict && print(Json::parse(*verdict)) == 0 && Json::parse(*verdict).value("good", false) ? 0 : 1;
  }
  const auto line = HostLine::of(options.config);
  const auto said = line ? answerOf(*line, request) : std::nullopt;
  return print(said) == 0 && said->value("good", false) ? 0 : 1;
}

int auditProve(const AuditOptions& options) {
  Json request{{"command", "audit_prove"}, {"purpose", options.purpose}};
  if (options.delivery.empty()) request["index"] = options.index;
  else request["delivery"] = options.delivery;
  const auto line = HostLine::of(options.config);
  return line ? print(answerOf(*line, request)) : 1;
}

int auditConsistency(const AuditOptions& options) {
  const auto line = HostLine::of(options.config);
  return line ? print(answerOf(*line,
                               {{"command", "audit_consistency"}, {"from", options.first}, {"to", options.second}}))
              : 1;
}

int auditExport(const AuditOptions& options) {
  const auto line = HostLine::of(options.config);
  if (!line) return 1;
  NewFile out(options.file);
  if (!out.isOpen()) {
    std::cerr << "cannot write " << options.file << ": it must be a new file in a folder that may be written to\n";
    return 1;
  }
  const auto started = answerOf(
      *line, {{"command", "audit_export"}, {"from", options.from}, {"to", options.to}, {"purpose", options.purpose}});
  if (!started) return out.giveUp();
  const auto number = (*started)["export"].get<std::int64_t>();
  const auto last = (*started)["to"].get<std::int64_t>();
  auto next = (*started)["from"].get<std::int64_t>();
  std::string start = "causeway-audit-export-v1\nrange " + std::to_string(next) + " " + std::to_string(last) + "\n";
  for (const auto& root : (*started)["edge"]) start += "edge " + root.get<std::string>() + "\n";
  bool written = out.write(start);
  for (const auto first = next; written && next < last;) {
    const auto page = answerOf(*line, {{"command", "audit_page"}, {"export", number}, {"from", next}});
    if (!page) return out.giveUp();
    written = out.write(page->value("lines", ""));
    next = page->value("next", last);
    if (last - first > 100'000) std::cerr << "\r" << next - first << " of " << last - first << " leaves" << std::flush;
  }
  if (!written || !out.close()) {
    std::cerr << "cannot write " << options.file << ": is the disk full?\n";
    return out.giveUp();
  }
  std::cout << "leaves " << (*started)["from"] << " to " << last - 1 << " in " << options.file
            << "; the export is leaf " << number << "\n";
  return 0;
}

}  // namespace causeway::app
