#include "host/model/consent.hpp"

#include "host/base/text.hpp"

#include <algorithm>

namespace causeway::model {
namespace {

bool isLive(const canonical::Consent& consent, Instant now) {
  if (consent.state() != "given" || consent.has_withdrawn_at()) return false;
  return !consent.has_expires_on() || formatDate(toLondon(now).date) <= consent.expires_on();
}

}  // namespace

std::vector<const canonical::Consent*> liveConsents(const canonical::Party& party, const ConsentNeed& need,
                                                    Instant now) {
  const auto wanted = [](const std::vector<std::string>& words, const std::string& word) {
    return std::ranges::find(words, word) != words.end();
  };
  std::vector<const canonical::Consent*> out;
  for (const auto& consent : party.consents()) {
    const bool for_them =
        consent.recipients().empty() ||
        std::ranges::any_of(consent.recipients(), [&](const auto& name) { return wanted(need.names, name); });
    if (for_them && !consent.type().unmapped() && wanted(need.types, consent.type().code()) && isLive(consent, now))
      out.push_back(&consent);
  }
  return out;
}

const canonical::Consent* liveConsent(const canonical::Party& party, const ConsentNeed& need, Instant now) {
  const auto live = liveConsents(party, need, now);
  return live.empty() ? nullptr : live.front();
}

bool hasLiveConsent(const canonical::Party& party, const ConsentNeed& need, Instant now) {
  return liveConsent(party, need, now) != nullptr;
}

}  // namespace causeway::model
