#include "host/care/offence_list.hpp"

#include "host/base/node_reader.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

bool isOffencePattern(std::string_view text) {
  if (text.ends_with('*')) text.remove_suffix(1);
  const auto upper_or_digit = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return text.size() >= 4 && text.size() <= 8 && std::ranges::all_of(text, upper_or_digit) && text[0] >= 'A' &&
         text[1] >= 'A';
}

std::vector<std::string> readPatterns(NodeReader& reader, std::string_view key, Problems& problems) {
  auto out = reader.texts(key);
  for (const auto& pattern : out)
    if (!isOffencePattern(pattern))
      problems.error(reader.at(key),
                     "'" + pattern +
                         "' is no offence code: two capitals and up to six letters or digits, or the first "
                         "four and more of them with a star behind (PH97*)");
  return out;
}

OffenceList readList(const Node& node, Problems& problems) {
  NodeReader reader(node, "a list of offences", problems);
  OffenceList out;
  out.at = node.at;
  out.name = reader.required("list");
  out.source = reader.required("source");
  out.listed = readPatterns(reader, "listed", problems);
  out.in_doubt = readPatterns(reader, "in_doubt", problems);
  out.others_in_doubt = reader.flag("others_in_doubt");
  reader.finish();
  if (out.listed.empty() && out.in_doubt.empty())
    problems.error(node.at, "a list of offences names at least one: in 'listed', or in 'in_doubt'");
  return out;
}

bool matches(const std::string& pattern, std::string_view code) {
  if (pattern.ends_with('*')) return code.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1));
  return code == pattern;
}

}  // namespace

void readOffenceLists(const Node& nodes, OffenceLists& lists, Problems& problems) {
  for (const auto& node : nodes.items) {
    auto list = readList(node, problems);
    const auto [first, fresh] = lists.try_emplace(list.name, list);
    if (!fresh)
      problems.error(node.at, "the list '" + list.name + "' stands twice; first in " + first->second.at.text());
  }
}

Answer isListed(const OffenceList& list, std::string_view code) {
  const auto any = [&](const auto& patterns) {
    return std::ranges::any_of(patterns, [&](const std::string& one) { return matches(one, code); });
  };
  if (any(list.listed)) return Answer::Yes;
  return any(list.in_doubt) || list.others_in_doubt || code.empty() ? Answer::Doubt : Answer::No;
}

bool isVictim(const canonical::Party& party) {
  return std::ranges::any_of(party.roles(), [](const auto& one) {
    return !one.role().unmapped() && (one.role().code() == "victim" || one.role().code() == "bereaved_relative");
  });
}

Answer isAgainst(const canonical::Case& whole, const canonical::Party& victim, const canonical::Offence& offence) {
  const auto& victims = offence.victim_ids();
  if (!victims.empty()) return std::ranges::find(victims, victim.id()) != victims.end() ? Answer::Yes : Answer::No;
  return std::ranges::count_if(whole.parties(), isVictim) > 1 ? Answer::Doubt : Answer::Yes;
}

}  // namespace causeway::care
