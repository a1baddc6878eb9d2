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

bool hasLiveConsent(const canonical::Party& party, const ConsentNeed& need, Instant now) {
  const auto wanted = [](const std::vector<std::string>& words, const std::string& word) {
    return std::ranges::find(words, word) != words.end();
  };
  return std::ranges::any_of(party.consents(), [&](const canonical::Consent& consent) {
    const bool for_them =
        consent.recipients().empty() ||
        std::ranges::any_of(consent.recipients(), [&](const auto& name) { return wanted(need.names, name); });
    return for_them && !consent.type().unmapped() && wanted(need.types, consent.type().code()) && isLive(consent, now);
  });
}

}  // namespace causeway::model
