#include "tests/contract/adapters/exchange.hpp"

#include "host/base/text.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace causeway::contract {
namespace {

using nlohmann::json;

void expectKeys(const json& object, const std::vector<std::string>& known, const std::string& where) {
  for (const auto& [key, value] : object.items())
    EXPECT_NE(std::ranges::find(known, key), known.end()) << where << ": unknown key '" << key << "'";
}

ReplyExample replyOf(const json& from, const std::string& where) {
  expectKeys(from, {"name", "status", "content_type", "body", "outcome", "reason", "reference", "retry_after_seconds"},
             where);
  ReplyExample out;
  out.name = from.at("name");
  out.status = from.at("status");
  out.content_type = from.value("content_type", "");
  out.body = from.value("body", "");
  out.outcome = from.at("outcome");
  out.reason = from.value("reason", "");
  out.reference = from.value("reference", "");
  out.retry_after_seconds = from.value("retry_after_seconds", -1);
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return out;
}

std::string withoutDeclaration(const std::string& document) {
  const size_t end = document.starts_with("<?xml") ? document.find("?>") : std::string::npos;
  return end == std::string::npos ? document : document.substr(end + 2);
}

/// As it stands in another element: a document without a name space says so, or it would be in that of the element.
std::string asChild(const std::string& document) {
  std::string out = withoutDeclaration(document);
  size_t at = 0;
  while (out.compare(at, 1, "<") != 0 || out.compare(at, 2, "<!") == 0)
    at = out.compare(at, 4, "<!--") == 0 ? out.find("-->", at) + 3 : at + 1;
  const size_t end = out.find_first_of(" />", at), close = out.find('>', at);
  if (out.substr(at, end - at).find(':') == std::string::npos &&
      out.substr(at, close - at).find("xmlns=") == std::string::npos)
    out.insert(end, " xmlns=\"\"");
  return out;
}

/// An element to be: attributes, children in the order of their names, and what stands in it.
struct Branch {
  std::map<std::string, std::string> attributes;
  std::map<std::string, Branch> children;
  std::string inside;

  Branch& at(std::string_view path) {
    Branch* out = this;
    for (const auto name : split(path, '/')) out = &out->children[std::string(name)];
    return *out;
  }
  void set(std::string_view path, const std::string& text) {
    const size_t mark = path.find('@');
    if (mark == std::string_view::npos) at(path).inside = escaped(text);
    else (mark == 0 ? *this : at(path.substr(0, mark - 1))).attributes[std::string(path.substr(mark + 1))] = text;
  }
  std::string xml(const std::string& name, const std::string& name_space = {}) const {
    std::string out = "<" + name + (name_space.empty() ? "" : " xmlns=\"" + name_space + "\"");
    for (const auto& [key, value] : attributes) out += " " + key + "=\"" + escaped(value) + "\"";
    out += ">";
    for (const auto& [key, child] : children) out += child.xml(key);
    return out + inside + "</" + name + ">";
  }
};

std::string valueOf(const std::string& name, const std::map<std::string, std::string>& values) {
  const auto given = values.find(name);
  return given == values.end() ? "E-" + name : given->second;
}

std::string wrappedInJson(const std::string& document, const mapping::Envelope& envelope,
                          const std::map<std::string, std::string>& values) {
  json out = json::object();
  const auto at = [&](const std::string& path) -> json& { return out[json::json_pointer("/" + path)]; };
  for (const auto& [path, name] : envelope.fields) at(path) = valueOf(name, values);
  at(envelope.content) = envelope.holds_text ? json(document) : json::parse(document);
  return out.dump();
}

}  // namespace

Exchange loadExchange(const std::filesystem::path& file) {
  Exchange out;
  std::ifstream in(file);
  if (!in) return out;
  const auto from = json::parse(in, nullptr, false);
  if (!from.is_object()) {
    ADD_FAILURE() << file << " is not a JSON object";
    return out;
  }
  expectKeys(from, {"adapter", "settings", "envelopes_of", "envelope", "replies"}, file.string());
  out.adapter = from.value("adapter", "");
  out.envelopes_of = from.value("envelopes_of", "");
  const auto settings = from.value("settings", json::object()), envelope = from.value("envelope", json::object());
  for (const auto& [name, value] : settings.items()) out.settings.emplace_back(name, value);
  for (const auto& [name, value] : envelope.items()) out.envelope.emplace(name, value);
  const auto replies = from.value("replies", json::array());
  for (const auto& reply : replies) out.replies.push_back(replyOf(reply, file.string()));
  return out;
}

std::string asText(std::string_view document) { return escaped(document); }

std::string wrapped(const std::string& document, const mapping::Envelope& envelope,
                    const std::map<std::string, std::string>& values) {
  if (envelope.format == mapping::Format::Json) return wrappedInJson(document, envelope, values);
  Branch root;
  for (const auto& [path, name] : envelope.fields) root.set(path, valueOf(name, values));
  root.at(envelope.content).inside = envelope.holds_text ? escaped(document) : asChild(document);
  return root.xml(envelope.root, envelope.name_space);
}

}  // namespace causeway::contract
