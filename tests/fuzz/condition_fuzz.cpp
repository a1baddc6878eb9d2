#include "host/config/yaml.hpp"
#include "host/model/case.pb.h"
#include "host/model/condition.hpp"

#include <cstdlib>

namespace {

using namespace causeway;

canonical::CanonicalMessage sample() {
  canonical::CanonicalMessage out;
  out.set_type("hearing.resulted");
  auto& whole = *out.mutable_case_();
  whole.set_urn("01ZD0303926");
  auto& offence = *whole.add_defendants()->add_offences();
  offence.mutable_plea()->set_code("guilty");
  offence.set_sequence(2);
  offence.set_final(true);
  whole.add_hearings()->mutable_starts_at()->set_date("2026-06-02");
  whole.add_parties()->add_roles()->mutable_role()->set_code("victim");
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
  static const auto message = sample();
  Problems problems;
  const auto node = config::parseYaml({reinterpret_cast<const char*>(data), size}, "fuzz.yaml", problems);
  if (!node) return 0;
  const auto condition = model::Condition::load(*node, *canonical::CanonicalMessage::descriptor(), problems);
  for (const auto& problem : problems.sorted())
    if (problem.what.empty() || problem.at.line < 1) std::abort();
  if (problems.hasErrors()) return 0;
  // What is told to people must be what is decided.
  std::vector<model::Reason> reasons;
  if (condition.holds(message) != condition.explain(message, reasons)) std::abort();
  std::vector<std::string> paths;
  condition.collectPaths(paths);
  return 0;
}
