#include "host/config/settings.hpp"

#include "host/config/forces.hpp"

#include <algorithm>
#include <limits>

namespace causeway::config {
namespace {

/// What every reader below needs.
struct Source {
  const std::filesystem::path& folder;
  Problems& problems;
};

// Starting a process and loading a library takes some; the child ends itself after ten minutes.
constexpr std::chrono::milliseconds kShortestCall{100}, kLongestCall{300'000};

// Empty, or numbers with dots between them.
bool isVersion(std::string_view text) {
  bool after_digit = false;
  for (const char c : text) {
    if (c == '.' && !after_digit) return false;
    if (c != '.' && (c < '0' || c > '9')) return false;
    after_digit = c != '.';
  }
  return text.empty() || after_digit;
}

ListenSettings readListen(const Node& node, const Source& source) {
  NodeReader reader(node, "'listen'", source.problems);
  ListenSettings out;
  out.address = reader.text("address", out.address);
  out.port = static_cast<std::uint16_t>(
      readNumber(reader, "port", {0, std::numeric_limits<std::uint16_t>::max()}, out.port, source.problems));
  out.certificate = readRequiredPath(reader, "certificate", source.folder);
  out.key = readRequiredPath(reader, "key", source.folder);
  out.client_authorities = readRequiredPath(reader, "client_authorities", source.folder);
  reader.finish();
  return out;
}

TokenSettings readToken(const Node& node, const Source& source) {
  NodeReader reader(node, "'token'", source.problems);
  TokenSettings out;
  out.module = readRequiredPath(reader, "module", source.folder);
  out.label = reader.required("label");
  out.pin_file = readRequiredPath(reader, "pin_file", source.folder);
  out.key_encryption = reader.text("key_encryption");
  out.audit_signing = reader.text("audit_signing");
  reader.finish();
  if (out.key_encryption.empty() && out.audit_signing.empty())
    source.problems.error(node.at, "a token must hold a key: name 'key_encryption', 'audit_signing' or both by label");
  return out;
}

// One place for each key: with two nobody could tell which one is meant.
NamedPath readKeyPath(NodeReader& reader, std::string_view key, const std::string& in_token, const Source& source) {
  if (in_token.empty()) return readRequiredPath(reader, key, source.folder);
  if (reader.node(key))
    source.problems.error(reader.at(key), "'" + std::string(key) +
                                              "' names a file, but the token has this key; take "
                                              "one of the two out");
  return {};
}

KeySettings readKeys(const Node& node, const Source& source) {
  NodeReader reader(node, "'keys'", source.problems);
  KeySettings out;
  if (const Node* token = reader.map("token")) out.token = readToken(*token, source);
  out.file = readKeyPath(reader, "file", out.token.key_encryption, source);
  out.audit_signing = readKeyPath(reader, "audit_signing", out.token.audit_signing, source);
  out.erasures = readPath(reader, "erasures", source.folder);
  reader.finish();
  return out;
}

AuditSettings readAudit(const Node& node, const Source& source) {
  NodeReader reader(node, "'audit'", source.problems);
  AuditSettings out;
  if (const Node* witness = reader.map("witness")) {
    NodeReader place(*witness, "'witness'", source.problems);
    auto& kept = out.witness;
    kept.file = readRequiredPath(place, "file", source.folder);
    kept.every = readDuration(place, "every", kept.every, source.problems);
    kept.required = place.flag("required");
    place.finish();
    if (kept.every.count() < 1'000) source.problems.error(place.at("every"), "'every' must be at least 1s");
  }
  out.views_per_hour =
      static_cast<int>(readNumber(reader, "views_per_hour", {1, 100'000}, out.views_per_hour, source.problems));
  reader.finish();
  return out;
}

PluginSettings readPlugin(const Node& node, const Source& source) {
  NodeReader reader(node, "a plugin", source.problems);
  PluginSettings out;
  out.at = node.at;
  out.name = reader.required("name");
  out.library = readRequiredPath(reader, "library", source.folder);
  out.trusted_key = readPath(reader, "trusted_key", source.folder);
  out.development = reader.flag("development");
  out.minimum_version = reader.text("minimum_version");
  if (!isVersion(out.minimum_version))
    source.problems.error(reader.at("minimum_version"),
                          "'minimum_version' must be numbers with dots between them, such as 1.4 or 2.0.1");
  out.isolated = reader.flag("isolated");
  out.call_limit = readDuration(reader, "call_limit", out.call_limit, source.problems);
  if (reader.node("call_limit") && !out.isolated)
    source.problems.error(
        reader.at("call_limit"),
        "'call_limit' has a meaning for an isolated adapter only; add 'isolated: true' or take it out");
  if (out.call_limit < kShortestCall || out.call_limit > kLongestCall)
    source.problems.error(reader.at("call_limit"), "'call_limit' must lie between 100ms and 5m");
  if (const Node* settings = reader.map("settings")) out.settings = *settings;
  reader.finish();
  if (node.isMap() && out.trusted_key.empty() && !out.development) {
    source.problems.error(node.at,
                          "a plugin needs 'trusted_key', the public key that signed it (or development: true)");
  }
  return out;
}

std::vector<PluginSettings> readPlugins(const Node* list, const Source& source) {
  std::vector<PluginSettings> out;
  if (!list) return out;
  for (const auto& item : list->items) {
    auto plugin = readPlugin(item, source);
    const auto same = std::ranges::find(out, plugin.name, &PluginSettings::name);
    if (same != out.end() && !plugin.name.empty()) {
      source.problems.error(
          plugin.at, "plugin '" + plugin.name + "' stands twice; first in line " + std::to_string(same->at.line));
    }
    out.push_back(std::move(plugin));
  }
  return out;
}

// A folder that nobody named has its usual place beside causeway.yaml.
NamedPath folderOr(NodeReader& reader, std::string_view key, const Source& source) {
  auto named = readPath(reader, key, source.folder);
  return named.empty() ? NamedPath{source.folder / key, {}} : named;
}

RecordSettings readRecord(const Node& node, Problems& problems) {
  NodeReader reader(node, "'record'", problems);
  RecordSettings out;
  out.given = true;
  out.name = reader.required("name");
  out.contact = reader.required("contact");
  out.data_protection_officer = reader.required("data_protection_officer");
  out.profiling = reader.required("profiling");
  out.security = reader.texts("security");
  reader.finish();
  return out;
}

FolderSettings readFolders(const Node& node, const Source& source) {
  NodeReader reader(node, "'folders'", source.problems);
  FolderSettings out;
  out.routes = folderOr(reader, "routes", source);
  out.protection = folderOr(reader, "protection", source);
  out.clocks = folderOr(reader, "clocks", source);
  out.calendars = folderOr(reader, "calendars", source);
  out.reconciliation = folderOr(reader, "reconciliation", source);
  out.eligibility = folderOr(reader, "eligibility", source);
  out.retention = folderOr(reader, "retention", source);
  out.partners = folderOr(reader, "partners", source);
  for (const auto& mappings : reader.texts("mappings")) {
    out.mappings.push_back({(source.folder / mappings).lexically_normal(), reader.at("mappings")});
  }
  if (out.mappings.empty()) out.mappings.push_back({source.folder / "mappings", {}});
  reader.finish();
  return out;
}

LimitSettings readLimits(const Node& node, const Source& source) {
  NodeReader reader(node, "'limits'", source.problems);
  LimitSettings out;
  const auto size = [&](std::string_view key, Range range, std::size_t& value) {
    value = static_cast<std::size_t>(readNumber(reader, key, range, static_cast<long long>(value), source.problems));
  };
  size("document_bytes", {1'000, 1'000'000'000}, out.document_bytes);
  out.depth = static_cast<int>(readNumber(reader, "depth", {4, 256}, out.depth, source.problems));
  out.attributes = static_cast<int>(readNumber(reader, "attributes", {1, 1'000}, out.attributes, source.problems));
  size("parts", {2, 1'000}, out.parts);
  size("part_bytes", {1'000, 1'000'000'000}, out.part_bytes);
  size("message_bytes", {1'000, 1'000'000'000}, out.message_bytes);
  if (out.part_bytes > out.message_bytes)
    source.problems.error(reader.at("part_bytes"),
                          "'part_bytes' must not be larger than 'message_bytes': a part is within its message");
  out.decision = readDuration(reader, "decision", out.decision, source.problems);
  if (out.decision < std::chrono::milliseconds(100) || out.decision > std::chrono::minutes(1))
    source.problems.error(reader.at("decision"), "'decision' must lie between 100ms and 1m");
  out.free_bytes = static_cast<std::uint64_t>(readNumber(reader, "free_bytes", {0, 1'000'000'000'000'000},
                                                         static_cast<long long>(out.free_bytes), source.problems));
  reader.finish();
  return out;
}

RetrySettings readRetry(const Node& node, const Source& source) {
  NodeReader reader(node, "'retry'", source.problems);
  RetrySettings out;
  out.base = readDuration(reader, "base", out.base, source.problems);
  out.cap = readDuration(reader, "cap", out.cap, source.problems);
  out.budget = readDuration(reader, "budget", out.budget, source.problems);
  reader.finish();
  if (out.base.count() == 0)
    source.problems.error(reader.at("base"),
                          "'base' must be longer than nothing: a failing partner would be called without a pause");
  if (out.cap < out.base) source.problems.error(reader.at("cap"), "'cap' must not be shorter than 'base'");
  if (out.budget < out.cap) source.problems.error(reader.at("budget"), "'budget' must not be shorter than 'cap'");
  return out;
}

std::chrono::milliseconds readTime(NodeReader& main, std::string_view part, std::string_view key,
                                   std::chrono::milliseconds otherwise, Problems& problems) {
  const Node* node = main.map(part);
  if (!node) return otherwise;
  NodeReader reader(*node, "'" + std::string(part) + "'", problems);
  const auto out = readDuration(reader, key, otherwise, problems);
  reader.finish();
  if (out < std::chrono::minutes(1) || out > std::chrono::hours(24))
    problems.error(reader.at(key), "'" + std::string(key) + "' must lie between 1m and 24h");
  return out;
}

WorkerSettings readWorkers(const Node& node, const Source& source) {
  NodeReader reader(node, "'workers'", source.problems);
  WorkerSettings out;
  out.connections = static_cast<int>(readNumber(reader, "connections", {1, 1'000}, out.connections, source.problems));
  out.mapping = static_cast<int>(readNumber(reader, "mapping", {1, 256}, out.mapping, source.problems));
  out.delivery = static_cast<int>(readNumber(reader, "delivery", {1, 256}, out.delivery, source.problems));
  reader.finish();
  return out;
}

// An absent part is read as an empty one, so that what it must hold is reported. One that is no map is reported as that alone.
template <class Part>
Part readPart(NodeReader& reader, std::string_view key, Part (*read)(const Node&, const Source&),
              const Source& source) {
  if (const Node* node = reader.map(key)) return read(*node, source);
  if (reader.node(key)) return {};
  Node empty;
  empty.kind = Node::Kind::Map;
  empty.at = reader.at(key);
  return read(empty, source);
}

}  // namespace

Settings readSettings(const Node& node, const std::filesystem::path& folder, Problems& problems) {
  const Source source{folder, problems};
  NodeReader reader(node, "the main file", problems);
  Settings out;
  out.controller = reader.required("controller");
  out.forces = readForces(reader, problems);
  out.data = readRequiredPath(reader, "data", folder);
  out.listen = readPart(reader, "listen", readListen, source);
  out.control_socket = readRequiredPath(reader, "control_socket", folder);
  out.keys = readPart(reader, "keys", readKeys, source);
  out.audit = readPart(reader, "audit", readAudit, source);
  out.plugins = readPlugins(reader.list("plugins"), source);
  out.adapter_child = readPath(reader, "adapter_child", folder);
  out.folders = readPart(reader, "folders", readFolders, source);
  out.limits = readPart(reader, "limits", readLimits, source);
  out.retry = readPart(reader, "retry", readRetry, source);
  out.workers = readPart(reader, "workers", readWorkers, source);
  out.break_glass.longest = readTime(reader, "break_glass", "longest", out.break_glass.longest, problems);
  auto& confirm = out.corrections.confirm_within;
  confirm = readTime(reader, "corrections", "confirm_within", confirm, problems);
  if (const Node* record = reader.map("record")) out.record = readRecord(*record, problems);
  if (const Node* operators = reader.map("operators")) out.operators = readOperators(*operators, folder, problems);
  reader.finish();
  return out;
}

}  // namespace causeway::config
