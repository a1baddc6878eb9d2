#include "host/pipeline/recheck.hpp"

#include <algorithm>

namespace causeway::pipeline {

void bringUpToDate(canonical::CanonicalMessage& draft, const canonical::Case& now) {
  auto& whole = *draft.mutable_case_();
  *whole.mutable_restricted_to() = now.restricted_to();
  if (now.has_restricted_reason()) *whole.mutable_restricted_reason() = now.restricted_reason();
  for (auto& party : *whole.mutable_parties()) {
    const auto found = std::find_if(now.parties().begin(), now.parties().end(),
                                    [&](const auto& one) { return one.id() == party.id(); });
    const bool known = found != now.parties().end();
    party.clear_consents();
    if (known) *party.mutable_consents() = found->consents();
    if (party.contact_points().empty()) continue;
    party.clear_contact_points();
    if (known) *party.mutable_contact_points() = found->contact_points();
  }
}

}  // namespace causeway::pipeline
