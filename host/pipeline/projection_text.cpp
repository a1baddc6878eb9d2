#include "host/pipeline/projection_text.hpp"

#include "host/base/text.hpp"

namespace causeway::pipeline {

std::vector<std::pair<std::string, std::string>> decisionDetails(const protection::Decision& decision) {
  std::vector<std::string> withheld;
  for (const auto& item : decision.withheld) withheld.push_back(item.path + ":" + item.rule);
  std::vector<std::pair<std::string, std::string>> out;
  if (decision.hold) out.emplace_back("held", decision.hold->code);
  out.emplace_back("policy", decision.policy);
  out.emplace_back("granted", join(decision.granted, " "));
  out.emplace_back("withheld", join(withheld, " "));
  return out;
}

}  // namespace causeway::pipeline
