#include "host/pipeline/projection_text.hpp"

#include "host/base/text.hpp"

namespace causeway::pipeline {

std::vector<std::pair<std::string, std::string>> decisionDetails(const protection::Decision& decision) {
  // One text from the start: nearly every field of a case is withheld from somebody.
  std::string withheld;
  withheld.reserve(decision.withheld.size() * 40);
  for (const auto& item : decision.withheld) {
    if (!withheld.empty()) withheld += ' ';
    withheld.append(item.path).append(1, ':').append(item.rule);
  }
  std::vector<std::pair<std::string, std::string>> out;
  if (decision.hold) out.emplace_back("held", decision.hold->code);
  out.emplace_back("policy", decision.policy);
  out.emplace_back("granted", join(decision.granted, " "));
  out.emplace_back("withheld", std::move(withheld));
  if (decision.quality.as_of.empty()) return out;
  mapping::NamedValues quality;
  nameQuality(decision.quality, quality);
  for (auto& [name, value] : quality) out.emplace_back(name, value);
  return out;
}

void nameQuality(const protection::Quality& quality, mapping::NamedValues& named) {
  const auto name = [&](const char* what, std::string value) {
    if (!value.empty()) named.insert_or_assign("quality." + std::string(what), std::move(value));
  };
  name("source", quality.source);
  name("as_of", quality.as_of);
  name("missing", join(quality.missing, " "));
}

}  // namespace causeway::pipeline
