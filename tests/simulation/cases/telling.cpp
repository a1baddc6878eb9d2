#include "tests/simulation/cases/telling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace causeway::simulation::cases {
namespace {

std::string keyOf(const std::string& urn, int person, const std::string& fact) {
  return fmt::format("{}|{}|{}", urn, person, fact);
}

/// Of no single person: whom it goes to counts, for one person it is the one who tells them.
std::string whose(const Telling& telling, const std::string& fact) {
  return telling.person < 0 ? telling.recipient + ": " + fact : fact;
}

}  // namespace

std::string History::add(const Telling& telling) {
  bool news = telling.unsure || telling.facts.empty();
  for (const auto& [fact, value] : telling.facts) {
    const auto key = keyOf(telling.urn, telling.person, whose(telling, fact));
    auto& last = last_[key];
    news = news || last != value || unsure_.contains(key);
    last = value;
    order_[key] = all_.size();
    if (telling.unsure) unsure_.insert(key);
    else unsure_.erase(key);
  }
  all_.push_back(telling);
  return news ? "" : telling.what + " tells nothing that was not told before";
}

void History::heardFrom(const std::string& urn, const std::string& partner, const std::string& fact,
                        const std::string& when) {
  const auto key = keyOf(urn, -1, partner + ": " + fact);
  const auto told = last_.find(key);
  if (told != last_.end() && !told->second.starts_with(when)) unsure_.insert(key);
}

std::string History::last(const std::string& urn, int person, const std::string& fact) const {
  const auto found = last_.find(keyOf(urn, person, fact));
  return found == last_.end() ? "" : found->second;
}

bool History::isNewer(const std::string& urn, int person, const std::string& fact, const std::string& other) const {
  const auto one = order_.find(keyOf(urn, person, fact)), than = order_.find(keyOf(urn, person, other));
  return one != order_.end() && (than == order_.end() || one->second > than->second);
}

std::map<std::string, std::string> History::facts(const std::string& urn, int person) const {
  std::map<std::string, std::string> out;
  const auto prefix = keyOf(urn, person, "");
  for (auto it = last_.lower_bound(prefix); it != last_.end() && it->first.starts_with(prefix); ++it)
    out[it->first.substr(prefix.size())] = it->second;
  return out;
}

std::string History::text(const std::string& urn, int person) const {
  std::string out;
  for (const auto& one : all_) {
    if (one.urn != urn || one.person != person) continue;
    out += fmt::format("    {} {} {}", formatInstant(one.at), one.recipient, one.what);
    for (const auto& [fact, value] : one.facts) out += fmt::format("; {} = {}", fact, value);
    out += "\n";
  }
  return out;
}

}  // namespace causeway::simulation::cases
