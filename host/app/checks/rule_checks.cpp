#include "host/app/checks/rule_checks.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace causeway::app {
namespace {

using Target = routing::Routes::Target;
using Types = std::set<std::string, std::less<>>;

bool holds(const std::vector<std::string>& list, const std::string& word) {
  return std::ranges::find(list, word) != list.end();
}

void checkUnrouted(const config::Configuration& configuration, const pipeline::Rulebook& rulebook, Problems& problems) {
  Types routed;
  for (const auto& target : rulebook.routes->targets()) routed.insert(target.types.begin(), target.types.end());
  const auto& accepted = rulebook.routes->noRuleFor();
  for (const auto& [type, at] : accepted)
    if (routed.contains(type))
      problems.warning(at, "a rule is for '" + type + "', so it does not stand under 'no_rule_for': take it out");
  std::map<std::string, std::pair<Location, std::vector<std::string>>> unrouted;
  for (const auto& partner : configuration.partners)
    for (size_t i = 0; i < partner.may_send.size(); ++i) {
      const auto& type = partner.may_send[i];
      if (routed.contains(type) || accepted.contains(type)) continue;
      auto& [at, who] = unrouted[type];
      if (who.empty()) at = i < partner.may_send_at.size() ? partner.may_send_at[i] : partner.at;
      who.push_back(partner.id);
    }
  for (const auto& [type, found] : unrouted)
    problems.error(found.first, "no rule is for '" + type + "', which " + join(found.second, ", ") +
                                    " may send: nobody is told of it; write a rule, or say why under 'no_rule_for'");
}

/// Which targets what comes back from a partner sets off.
class Loops {
 public:
  Loops(const pipeline::Rulebook& rulebook, const std::vector<Target>& targets)
      : rulebook_(rulebook), targets_(targets), seen_(targets.size(), Seen::Not) {}

  void report(Problems& problems) {
    for (size_t i = 0; i < targets_.size(); ++i) visit(i, problems);
  }

 private:
  enum class Seen { Not, OnTheWay, Done };

  bool comesBack(const Target& target) const {
    const auto* partner = rulebook_.partner(target.recipient);
    return partner && holds(partner->may_send, target.type);
  }

  // Whether what the recipient of the one may send back can make the other.
  static bool sets(const Target& one, const Target& other) {
    return other.types.contains(one.type) && !other.never_from.contains(one.recipient) &&
           (other.only_from.empty() || other.only_from.contains(one.recipient));
  }

  void visit(size_t at, Problems& problems) {
    if (seen_[at] != Seen::Not) return;
    seen_[at] = Seen::OnTheWay;
    way_.push_back(at);
    for (size_t next = 0; comesBack(targets_[at]) && next < targets_.size(); ++next) {
      if (!sets(targets_[at], targets_[next])) continue;
      if (seen_[next] == Seen::OnTheWay) tell(next, problems);
      else visit(next, problems);
    }
    way_.pop_back();
    seen_[at] = Seen::Done;
  }

  void tell(size_t from, Problems& problems) const {
    std::string way;
    bool back = true;  // where each of them tells the sender of what it answers to
    for (auto one = std::ranges::find(way_, from); one != way_.end(); ++one) {
      const auto& target = targets_[*one];
      way += (way.empty() ? "'" : ", then '") + target.rule + "' (" + target.at.text() + ") tells '" +
             target.recipient + "' " + target.type;
      back = back && comesBack(target);
    }
    if (back)
      problems.warning(targets_[from].at,
                       "messages may go round: " + way +
                           "; what comes back sets it off again. Take the type out of 'may_send', or "
                           "have 'when' leave out that sender (source_system)");
  }

  const pipeline::Rulebook& rulebook_;
  const std::vector<Target>& targets_;
  std::vector<Seen> seen_;
  std::vector<size_t> way_;
};

}  // namespace

void checkTraffic(const config::Configuration& configuration, const pipeline::Rulebook& rulebook, Problems& problems) {
  checkUnrouted(configuration, rulebook, problems);
  const auto targets = rulebook.routes->targets();
  Loops(rulebook, targets).report(problems);
}

}  // namespace causeway::app
