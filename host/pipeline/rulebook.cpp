#include "host/pipeline/rulebook.hpp"

#include <algorithm>

namespace causeway::pipeline {

const Partner* Rulebook::partner(std::string_view id) const {
  const auto found = std::ranges::find(partners, id, &Partner::id);
  return found == partners.end() ? nullptr : &*found;
}

const Partner* Rulebook::partnerByIdentity(std::string_view uri) const {
  const auto found = std::ranges::find_if(partners, [&](const Partner& partner) {
    return std::ranges::find(partner.identities, uri) != partner.identities.end();
  });
  return found == partners.end() ? nullptr : &*found;
}

Adapter* Rulebook::adapterOf(const Partner& partner) const {
  const auto found = adapters.find(partner.adapter);
  return found == adapters.end() ? nullptr : found->second.get();
}

const mapping::WritePlan* Rulebook::writerFor(const Partner& partner, std::string_view type) const {
  for (const auto& id : partner.writes) {
    const auto* plan = library->writePlan(id);
    if (plan && plan->message == type) return plan;
  }
  return nullptr;
}

}  // namespace causeway::pipeline
