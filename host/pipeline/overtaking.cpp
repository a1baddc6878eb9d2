#include "host/pipeline/overtaking.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace causeway::pipeline {
namespace {

std::set<std::string> elementsOf(const canonical::Case& whole) {
  std::set<std::string> out;
  const auto addAll = [&](const auto& list) {
    for (const auto& one : list)
      if (!one.id().empty()) out.insert(one.id());
  };
  addAll(whole.hearings());
  addAll(whole.parties());
  addAll(whole.defendants());
  for (const auto& defendant : whole.defendants()) {
    addAll(defendant.results());
    addAll(defendant.orders());
    addAll(defendant.offences());
    for (const auto& offence : defendant.offences()) addAll(offence.results());
  }
  return out;
}

}  // namespace

bool saysAllOf(const canonical::Case& newer, const canonical::Case& older, const canonical::Case& now) {
  const auto said = elementsOf(newer);
  const auto standing = elementsOf(now);
  return std::ranges::all_of(elementsOf(older),
                             [&](const auto& id) { return said.contains(id) || !standing.contains(id); });
}

}  // namespace causeway::pipeline
