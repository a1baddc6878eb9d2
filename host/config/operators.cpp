#include "host/config/operators.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace causeway::config {
namespace {

// It stands in lists that are kept apart by spaces, and in the audit log for ever.
bool isName(const std::string& text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_';
  });
}

void readRoles(NodeReader& reader, OperatorSettings& out, Problems& problems) {
  for (const auto& role : reader.texts("roles")) {
    if (role == "author") out.author = true;
    else if (role == "approver") out.approver = true;
    else if (role == "reader") out.reader = true;
    else
      problems.error(reader.at("roles"), "unknown role '" + role + "'" +
                                             didYouMean(role, {"author", "approver", "reader"}) +
                                             " (allowed: author, approver, reader)");
  }
  if (!reader.node("roles"))
    problems.error(reader.at(), "an operator needs 'roles': author, approver, reader or several");
}

OperatorSettings readOperator(const Node& node, Problems& problems) {
  NodeReader reader(node, "an operator", problems);
  OperatorSettings out;
  out.at = node.at;
  out.name = reader.required("name");
  if (!out.name.empty() && !isName(out.name))
    problems.error(reader.at("name"), "'name' must be letters, digits, dots, hyphens and underscores, 64 at most");
  constexpr Range kUids{1, std::numeric_limits<std::uint32_t>::max() - 1};
  if (reader.node("uid")) out.uid = static_cast<std::uint32_t>(readNumber(reader, "uid", kUids, 1, problems));
  out.certificate = reader.text("certificate");
  readRoles(reader, out, problems);
  reader.finish();
  if (node.isMap() && !out.uid && out.certificate.empty())
    problems.error(node.at, "an operator needs 'uid' or 'certificate': how else would we know who it is?");
  return out;
}

// One human with two entries could approve what they wrote.
void checkApart(const std::vector<OperatorSettings>& people, Problems& problems) {
  std::map<std::string, const OperatorSettings*> known;
  const auto one = [&](const std::string& what, const OperatorSettings& person) {
    const auto [first, is_new] = known.try_emplace(what, &person);
    if (!is_new)
      problems.error(person.at, "two operators share " + what + "; first at " + first->second->at.text() +
                                    ": one human must not be two people");
  };
  for (const auto& person : people) {
    one("the name '" + person.name + "'", person);
    if (person.uid) one("uid " + std::to_string(*person.uid), person);
    if (!person.certificate.empty()) one("the certificate '" + person.certificate + "'", person);
  }
}

void checkEnough(const OperatorsSettings& operators, const Location& at, Problems& problems) {
  const bool two = std::ranges::any_of(operators.people, [&](const auto& author) {
    return author.author && std::ranges::any_of(operators.people, [&](const auto& approver) {
             return approver.approver && approver.name != author.name;
           });
  });
  if (!two) problems.error(at, "'operators' needs an author and another person who approves: no rule could change");
  if (std::ranges::none_of(operators.people, &OperatorSettings::reader))
    problems.warning(
        at, "nobody of 'operators' has the role 'reader': in an emergency nobody could open a restricted case");
}

void readListener(const Node& node, const std::filesystem::path& folder, OperatorsSettings& out, Problems& problems) {
  NodeReader reader(node, "'listen' of 'operators'", problems);
  out.listens = true;
  out.address = reader.text("address", out.address);
  out.port = static_cast<std::uint16_t>(
      readNumber(reader, "port", {0, std::numeric_limits<std::uint16_t>::max()}, out.port, problems));
  out.certificate = readRequiredPath(reader, "certificate", folder);
  out.key = readRequiredPath(reader, "key", folder);
  out.client_authorities = readRequiredPath(reader, "client_authorities", folder);
  reader.finish();
}

}  // namespace

OperatorsSettings readOperators(const Node& node, const std::filesystem::path& folder, Problems& problems) {
  NodeReader reader(node, "'operators'", problems);
  OperatorsSettings out;
  if (const Node* people = reader.list("people"))
    for (const auto& person : people->items) out.people.push_back(readOperator(person, problems));
  if (const Node* listen = reader.map("listen")) readListener(*listen, folder, out, problems);
  reader.finish();
  checkApart(out.people, problems);
  checkEnough(out, node.at, problems);
  return out;
}

}  // namespace causeway::config
