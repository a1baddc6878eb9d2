#include "host/pipeline/whose_case.hpp"

#include "host/base/text.hpp"
#include "host/model/identifiers.hpp"

#include <algorithm>

namespace causeway::pipeline {
namespace {

bool isOurs(const Rulebook& rulebook, std::string_view force) {
  return std::ranges::find(rulebook.forces, force) != rulebook.forces.end();
}

/// As the message states it, in the form of the configuration; empty when it states none.
std::string statedForce(const canonical::CanonicalMessage& message) {
  const auto& force = message.case_().force();
  return upperCase(trim(force.code().empty() ? force.raw() : force.code()));
}

/// A URN of the usual 11 characters begins with the code of the force that gave it; of another form nothing is known.
std::string forceOfUrn(const canonical::CanonicalMessage& message) {
  const auto urn = model::normaliseUrn(message.case_().urn());
  return urn.grade == model::Grade::Ok && urn.stem.size() == 11 ? urn.stem.substr(0, 2) : std::string();
}

}  // namespace

std::optional<protection::Hold> statesOtherForce(const Rulebook& rulebook, const canonical::CanonicalMessage& message) {
  const auto force = statedForce(message);
  if (force.empty() || isOurs(rulebook, force)) return std::nullopt;
  return protection::Hold{"other_force", "controller",
                          "the message is about a case of a force that is not among 'forces' of the configuration"};
}

std::optional<protection::Hold> opensOtherForce(const Rulebook& rulebook, const canonical::CanonicalMessage& message) {
  if (!statedForce(message).empty()) return statesOtherForce(rulebook, message);
  const auto force = forceOfUrn(message);
  if (isOurs(rulebook, force)) return std::nullopt;
  if (force.empty())
    return protection::Hold{"force_unknown", "controller",
                            "the message would open a case and does not say whose: it states no force, and its URN is "
                            "not of the usual form"};
  return protection::Hold{"other_force", "controller",
                          "the message would open a case, and its URN was given by a force that is not among 'forces' "
                          "of the configuration"};
}

}  // namespace causeway::pipeline
