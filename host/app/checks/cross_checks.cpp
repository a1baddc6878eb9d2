#include "host/app/checks/cross_checks.hpp"

#include "host/app/checks/partner_formats.hpp"
#include "host/app/checks/rule_checks.hpp"
#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/pipeline/rights_notices.hpp"

#include <algorithm>

namespace causeway::app {
namespace {

/// How long before its end somebody is told that an agreement is to be renewed: signing one takes weeks.
constexpr std::chrono::days kNotice{30};

using Target = routing::Routes::Target;

bool holds(const std::vector<std::string>& list, const std::string& word) {
  return std::ranges::find(list, word) != list.end();
}

// The purpose, the agreement and the gateway between the two regimes: without any of them every delivery would be held.
void checkLaw(const Target& target, const pipeline::Partner& partner, const protection::Legal& legal,
              Problems& problems) {
  const std::string route = "a route to '" + target.recipient + "' ";
  if (!holds(partner.agreement.purposes, target.purpose))
    problems.error(target.at, route + "for purpose '" + target.purpose + "', which its agreement does not cover");
  if (!holds(partner.agreement.types, target.type))
    problems.error(target.at, route + "with '" + target.type +
                                  "', which its agreement does not cover: add it to 'types' of the agreement, if it "
                                  "does");
  const auto* purpose = legal.purpose(target.purpose);
  if (!purpose) {
    problems.error(target.at, route + "for purpose '" + target.purpose + "', which the legal part does not declare" +
                                  didYouMean(target.purpose, idsOf(legal.purposes())));
    return;
  }
  if (!legal.hasGateway(purpose->under, partner.regime, target.purpose))
    problems.error(target.at, route + "for '" + target.purpose + "', but no gateway in law leads from '" +
                                  purpose->under + "' to '" + partner.regime +
                                  "' for that purpose: add one under "
                                  "'gateways' of the legal part, with its statute, if there is one");
}

// A route that could never deliver is a mistake to be found now, not on the day it matters.
void checkTargets(const pipeline::Rulebook& rulebook, const Names& missing, Problems& problems) {
  for (const auto& target : rulebook.routes->targets()) {
    const auto* partner = rulebook.partner(target.recipient);
    if (!partner) {
      problems.error(target.at, "a route to '" + target.recipient + "', which no partner file describes");
      continue;
    }
    checkLaw(target, *partner, rulebook.policy->legal(), problems);
    if (!rulebook.policy->hasGrant(target.recipient, target.type, target.purpose))
      problems.error(target.at, "a route to '" + target.recipient + "' (" + target.type + ", " + target.purpose +
                                    ") that no policy grants any field to");
    if (!rulebook.writerFor(*partner, target.type) && !missing.contains(partner->adapter))
      problems.error(target.at, "a route to '" + target.recipient + "' with '" + target.type +
                                    "', which none of its 'writes' mappings writes");
  }
}

void checkPartners(const config::Configuration& configuration, const pipeline::Rulebook& rulebook, const Names& missing,
                   Problems& problems) {
  const auto& legal = rulebook.policy->legal();
  for (const auto& partner : configuration.partners) {
    if (!partner.regime.empty() && !legal.regime(partner.regime))
      problems.error(partner.regime_at, "there is no regime '" + partner.regime + "' in the legal part" +
                                            didYouMean(partner.regime, idsOf(legal.regimes())));
    if (missing.contains(partner.adapter)) continue;
    checkFormats(partner, *rulebook.library, problems);
  }
}

// A permission that nothing needs is one that somebody may use by mistake.
void lintGrants(const pipeline::Rulebook& rulebook, protection::Day today, Problems& problems) {
  const auto targets = rulebook.routes->targets();
  const auto& legal = rulebook.policy->legal();
  for (const auto& grant : rulebook.policy->grants()) {
    const bool used = std::ranges::any_of(targets, [&](const Target& target) {
      // A correction has no route of its own: it goes to whoever was told, for the purpose for which it was told. So does a restriction.
      const bool same =
          target.type == grant.type || grant.type == "correction.issued" || pipeline::isRightsNotice(grant.type);
      return target.recipient == grant.recipient && same && target.purpose == grant.purpose;
    });
    if (!used)
      problems.error(grant.at, "nothing is routed to '" + grant.recipient + "' (" + grant.type + ", " + grant.purpose +
                                   "), so this grant is not needed: take it out");
    const auto* condition = legal.condition(grant.condition);
    const auto* document = condition ? legal.policyDocument(condition->policy_document) : nullptr;
    if (document && !document->valid.on(today, protection::Check::PolicyDocument))
      problems.error(grant.at, "this grant passes sensitive data under policy document '" + document->id +
                                   "', which does not hold today: renew it (" + document->at.text() + ")");
  }
}

void lintAgreements(const config::Configuration& configuration, protection::Day today, Problems& problems) {
  for (const auto& partner : configuration.partners) {
    const auto& agreement = partner.agreement;
    if (agreement.reference.empty()) continue;
    if (agreement.expires < today)
      problems.error(agreement.at, "the agreement with '" + partner.id + "' ended on " + formatDate(agreement.expires) +
                                       ": everything to this partner is held until it is renewed");
    else if (agreement.expires < protection::Day(std::chrono::sys_days(today) + kNotice))
      problems.warning(agreement.at, "the agreement with '" + partner.id + "' ends on " +
                                         formatDate(agreement.expires) +
                                         ": renew it before then, or everything to this partner is held");
    else if (today < agreement.starts)
      problems.error(agreement.at, "the agreement with '" + partner.id + "' starts only on " +
                                       formatDate(agreement.starts) +
                                       ": everything to this partner is held until then");
  }
}

void lintGateways(const pipeline::Rulebook& rulebook, protection::Day today, Problems& problems) {
  const auto& legal = rulebook.policy->legal();
  for (const auto& target : rulebook.routes->targets()) {
    const auto* partner = rulebook.partner(target.recipient);
    const auto* purpose = legal.purpose(target.purpose);
    if (partner && purpose && !legal.gateway(purpose->under, partner->regime, target.purpose, today))
      problems.error(target.at, "a route to '" + target.recipient + "' for '" + target.purpose +
                                    "', whose gateway in law does not hold today: look at its 'valid_from' and "
                                    "'valid_to' in the legal part");
  }
}

// A time limit that nothing starts protects nobody.
void checkClocks(const pipeline::Rulebook& rulebook, Problems& problems) {
  const auto started = rulebook.routes->clocks();
  if (!rulebook.clocks) return;
  for (const auto& kind : rulebook.clocks->all())
    if (!kind.id.empty() && !started.contains(kind.id))
      problems.warning(kind.at, "no rule starts the clock '" + kind.id +
                                    "': name it in a rule (due: { clock: " + kind.id + " }), or take it out");
}

}  // namespace

void checkAsOneWhole(const config::Configuration& configuration, const pipeline::Rulebook& rulebook,
                     const Names& missing, Problems& problems) {
  checkPartners(configuration, rulebook, missing, problems);
  checkTargets(rulebook, missing, problems);
  checkClocks(rulebook, problems);
}

void lint(const config::Configuration& configuration, const pipeline::Rulebook& rulebook, protection::Day today,
          Problems& problems) {
  lintAgreements(configuration, today, problems);
  lintGateways(rulebook, today, problems);
  lintGrants(rulebook, today, problems);
  checkTraffic(configuration, rulebook, problems);
}

}  // namespace causeway::app
