#include "host/config/endpoint.hpp"

#include "host/base/text.hpp"
#include "host/model/message_types.hpp"

#include <algorithm>
#include <array>

namespace causeway::config {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isToken(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
}

// What the connection, the framing and the authentication decide.
bool isOurHeader(std::string_view name) {
  static constexpr std::array<std::string_view, 8> names{
      "causeway-delivery", "host",       "content-length", "content-type",
      "transfer-encoding", "connection", "expect",         "authorization"};
  return std::ranges::find(names, lowerCase(name)) != names.end();
}

std::string headerName(NodeReader& reader, std::string_view key, Problems& problems) {
  const auto name = reader.required(key);
  if (!name.empty() && !isToken(name))
    problems.error(reader.at(key),
                   "'" + std::string(key) + "' must be the name of a header: letters, digits and hyphens");
  return name;
}

UrlTemplate readTemplate(const Node& node, UrlTemplate::Use use, Problems& problems) {
  if (!node.isScalar()) {
    problems.error(node.at, "must be text");
    return {};
  }
  auto parsed = UrlTemplate::parse(node.scalar, use);
  if (!parsed) {
    problems.error(node.at, parsed.error().what);
    return {};
  }
  for (const auto& name : parsed->names()) {
    if (std::ranges::find(kRequestValues, name) != std::end(kRequestValues)) continue;
    if (name.starts_with("wrap.") && name.size() > 5) continue;
    problems.error(node.at, "no value is called '" + name + "' here" +
                                didYouMean(name, {std::begin(kRequestValues), std::end(kRequestValues)}) +
                                ": only identifiers may stand in an address or a header");
  }
  return *std::move(parsed);
}

// The host must end where the name ends: http://localhost@elsewhere and http://127.0.0.1.elsewhere are not this machine.
bool isLocal(std::string_view url) {
  return std::ranges::any_of(
      std::array<std::string_view, 3>{"http://127.0.0.1", "http://localhost", "http://[::1]"}, [&](auto start) {
        if (!url.starts_with(start)) return false;
        const auto rest = url.substr(start.size());
        const auto host_end = rest.substr(0, rest.find('/'));
        return host_end.empty() || (host_end.front() == ':' && std::ranges::all_of(host_end.substr(1), isDigit));
      });
}

void checkUrl(const Endpoint& endpoint, const Location& at, bool test, Problems& problems) {
  if (endpoint.url.empty()) return;
  const std::string_view url = endpoint.url;
  const bool sealed = url.starts_with("https://") || url.starts_with("smtps://") || url.starts_with("sftp://") ||
                      url.starts_with("amqps://") || url.starts_with("file://");
  if (sealed || (test && isLocal(url))) return;
  problems.error(at,
                 "'url' must start with https://, smtps://, sftp://, amqps:// or file:// (http:// only for a test "
                 "partner on this machine)");
}

// A key of one kind that stands under another is a misunderstanding.
void checkKeys(const Authentication& out, NodeReader& reader, Problems& problems) {
  using Kind = Authentication::Kind;
  const auto only = [&](Kind kind, std::initializer_list<std::string_view> keys, std::string_view name) {
    for (const auto key : keys)
      if (out.kind != kind && reader.node(key))
        problems.error(reader.at(key), "'" + std::string(key) + "' belongs to the kind '" + std::string(name) + "'");
  };
  only(Kind::Token, {"url", "client_id", "scope", "credentials", "parameters"}, "token");
  only(Kind::Jwt, {"issuer"}, "jwt");
  only(Kind::Key, {"header", "prefix"}, "key");
}

void readTokenKeys(Authentication& out, NodeReader& reader, Problems& problems) {
  out.url = reader.required("url");
  if (!out.url.empty() && !out.url.starts_with("https://"))
    problems.error(reader.at("url"), "a token comes over https:// only");
  out.client_id = reader.required("client_id");
  out.scope = reader.text("scope");
  out.credentials_in_body = reader.choice("credentials", {"basic", "body"}) == "body";
  out.parameters_in_query = reader.choice("parameters", {"body", "query"}) == "query";
  if (out.credentials_in_body && out.parameters_in_query)
    problems.error(reader.at("parameters"), "a secret never stands in a URL: 'credentials' must be basic with this");
}

Authentication readAuthentication(const Node& node, const std::filesystem::path& folder, Problems& problems) {
  NodeReader reader(node, "'authentication'", problems);
  Authentication out;
  const auto kind = reader.choice("kind", {"token", "jwt", "key"}, true);
  out.kind = kind == "token" ? Authentication::Kind::Token
             : kind == "jwt" ? Authentication::Kind::Jwt
                             : Authentication::Kind::Key;
  out.secret = readRequiredPath(reader, "secret", folder);
  if (!kind.empty()) checkKeys(out, reader, problems);
  if (kind == "token") readTokenKeys(out, reader, problems);
  if (kind == "jwt") out.issuer = reader.text("issuer");
  if (kind == "key") {
    out.header = headerName(reader, "header", problems);
    out.prefix = reader.text("prefix");
  }
  if (out.issuer.find_first_of("\"\\") != std::string::npos)
    problems.error(reader.at("issuer"), "'issuer' must not hold quotes or backslashes");
  reader.finish();
  return out;
}

void readLookUp(const Node& node, Request& out, Problems& problems) {
  NodeReader reader(node, "'look_up'", problems);
  reader.required("path");
  if (const Node* path = reader.node("path")) out.look_up = readTemplate(*path, UrlTemplate::Use::Path, problems);
  out.found = reader.required("found");
  if (out.look_up.names("previous.reference"))
    problems.error(reader.at("path"), "a look-up goes by what we called the delivery, such as {delivery.id}");
  reader.finish();
}

Request readRequest(const Node& node, Problems& problems) {
  NodeReader reader(node, "a request", problems);
  Request out;
  out.at = node.at;
  out.messages = reader.texts("messages");
  for (const auto& type : out.messages)
    if (!model::findMessageType(type))
      problems.error(reader.at("messages"), "there is no message type '" + type + "'" +
                                                didYouMean(type, model::messageTypeNames(model::TypeUse::Any)));
  out.method = reader.choice("method", {"POST", "PUT", "DELETE", "GET"});
  if (out.method.empty()) out.method = "POST";
  reader.required("path");
  if (const Node* path = reader.node("path")) out.path = readTemplate(*path, UrlTemplate::Use::Path, problems);
  if (const Node* look_up = reader.map("look_up")) readLookUp(*look_up, out, problems);
  reader.finish();
  return out;
}

void readHeaders(const Node& map, Endpoint& out, Problems& problems) {
  for (const auto& entry : map.entries) {
    if (!isToken(entry.key)) problems.error(entry.key_at, "a header has a name of letters, digits and hyphens");
    else if (isOurHeader(entry.key))
      problems.error(entry.key_at, "'" + entry.key + "' is not for a configuration to set");
    else if (out.authentication && lowerCase(entry.key) == lowerCase(out.authentication->header))
      problems.error(entry.key_at, "'" + entry.key + "' is what 'authentication' sets");
    out.headers.emplace_back(entry.key, readTemplate(entry.value, UrlTemplate::Use::Header, problems));
  }
}

Endpoint readEndpoint(const Node& node, const std::filesystem::path& folder, bool test, Problems& problems) {
  NodeReader reader(node, "an endpoint", problems);
  Endpoint out;
  out.at = node.at;
  out.name = reader.required("name");
  out.url = reader.required("url");
  out.content_type = reader.text("content_type");
  out.authorities = readPath(reader, "authorities", folder);
  out.certificate = readPath(reader, "certificate", folder);
  out.key = readPath(reader, "key", folder);
  if (const Node* shows = reader.map("authentication"))
    out.authentication = readAuthentication(*shows, folder, problems);
  if (const Node* headers = reader.map("headers")) readHeaders(*headers, out, problems);
  if (const Node* requests = reader.list("requests"))
    for (const auto& item : requests->items) out.requests.push_back(readRequest(item, problems));
  checkUrl(out, reader.at("url"), test, problems);
  if (out.certificate.empty() != out.key.empty()) {
    problems.error(node.at, "'certificate' and 'key' of an endpoint belong together; give both or none");
  } else if (out.certificate.empty() && !out.authentication && out.url.starts_with("https://")) {
    problems.error(node.at,
                   "an endpoint needs 'certificate' and 'key', or 'authentication': how else would it know us?");
  }
  reader.finish();
  return out;
}

}  // namespace

std::vector<Endpoint> readEndpoints(const Node* list, const std::filesystem::path& folder, bool test,
                                    Problems& problems) {
  std::vector<Endpoint> out;
  if (!list) return out;
  for (const auto& item : list->items) {
    auto endpoint = readEndpoint(item, folder, test, problems);
    const auto same = std::ranges::find(out, endpoint.name, &Endpoint::name);
    if (same != out.end() && !endpoint.name.empty()) {
      problems.error(endpoint.at,
                     "endpoint '" + endpoint.name + "' stands twice; first in line " + std::to_string(same->at.line));
    }
    out.push_back(std::move(endpoint));
  }
  return out;
}

Proof readProof(const Node& node, const std::filesystem::path& folder, Problems& problems) {
  NodeReader reader(node, "'proof'", problems);
  Proof out;
  out.token = reader.choice("kind", {"hmac", "token"}, true) == "token";
  out.header = headerName(reader, "header", problems);
  out.prefix = reader.text("prefix");
  out.hexadecimal = reader.choice("encoding", {"base64", "hex"}) == "hex";
  for (const auto& path : reader.texts("secrets"))
    out.secrets.push_back({(folder / path).lexically_normal(), reader.at("secrets")});
  if (out.secrets.empty() && node.isMap())
    problems.error(reader.at("secrets"), "'proof' needs 'secrets': the files that hold them");
  if (const Node* stamp = reader.map("timestamp")) {
    NodeReader inner(*stamp, "'timestamp'", problems);
    out.timestamp_header = headerName(inner, "header", problems);
    out.tolerance = readDuration(inner, "tolerance", std::chrono::minutes(5), problems);
    out.joined_by = inner.text("joined_by", ".");
    inner.finish();
  }
  if (out.token)
    for (const std::string_view key : {"encoding", "timestamp"})
      if (reader.node(key)) problems.error(reader.at(key), "'" + std::string(key) + "' belongs to the kind 'hmac'");
  reader.finish();
  return out;
}

}  // namespace causeway::config
