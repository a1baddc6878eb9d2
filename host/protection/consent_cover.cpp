#include "host/protection/consent_cover.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"

#include <algorithm>
#include <limits>

namespace causeway::protection {
namespace {

Cover coverOf(const canonical::Consent& consent) {
  Cover out = kAnyConsent;
  for (const auto& scope : consent.scope())
    if (!scope.unmapped()) out |= coverNamed(scope.code());
  return out;
}

Cover coverOf(const canonical::Party& person, const model::ConsentNeed& need, Instant now) {
  Cover out = kNothingCovered;
  for (const auto* consent : model::liveConsents(person, need, now)) out |= coverOf(*consent);
  return out;
}

}  // namespace

const std::vector<std::string>& coverNames() {
  static const std::vector<std::string> names = {"any_consent",         "contact_details",      "case_summary",
                                                 "risk_information",    "health_or_disability", "onward_referral",
                                                 "feedback_to_referrer"};
  return names;
}

Cover coverNamed(std::string_view name) {
  const auto found = std::ranges::find(coverNames(), name);
  if (found == coverNames().end()) return kNothingCovered;
  return static_cast<Cover>(1U << static_cast<unsigned>(found - coverNames().begin()));
}

std::string wrongCover(const std::string& name) {
  return "'covered_by' must be one of " + join(coverNames(), ", ") + didYouMean(name, coverNames());
}

Cover coveredBy(const canonical::CanonicalMessage& message, const ConsentRule& rule, Instant now) {
  Cover out = std::numeric_limits<Cover>::max();
  int people = 0;
  for (const auto& path : rule.whose)
    path.visit(message, [&](const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
      const auto& person = parent.GetReflection()->GetRepeatedMessage(parent, &field, index);
      ++people;
      out &= coverOf(static_cast<const canonical::Party&>(person), rule.need, now);
      return out != kNothingCovered;
    });
  return people > 0 ? out : kNothingCovered;
}

}  // namespace causeway::protection
