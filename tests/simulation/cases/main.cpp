#include "host/app/assemble.hpp"
#include "host/pipeline/pseudonyms.hpp"
#include "tests/simulation/cases/desk_store.hpp"
#include "tests/simulation/cases/run.hpp"
#include "tests/support/shipped_configuration.hpp"
#include "tests/support/temporary_folder.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

using namespace causeway;

/// The demonstration's configuration with the adapters of this build: the rules, clocks, policies and schemes that are shipped.
std::shared_ptr<const pipeline::Rulebook> shipped() {
  const TemporaryFolder folder;
  const auto here = support::copyShippedConfiguration(folder.file(""), CAUSEWAY_ADAPTERS);
  Problems problems;
  auto installation = app::assemble(here.string(), problems);
  if (!installation) std::fprintf(stderr, "%s\n", problems.text().c_str());
  return installation ? installation->rulebook : nullptr;
}

}  // namespace

// causeway_cases [--seed N] [--seeds M]: the cases of M seeds from N on. Exit 1 when a promise did not hold; the seed is printed.
int main(int count, char** arguments) {
  unsigned seed = 1, seeds = 1;
  for (int i = 1; i < count; i += 2) {
    const bool whole = i + 1 < count;
    const auto number = whole ? static_cast<unsigned>(std::strtoul(arguments[i + 1], nullptr, 10)) : 0U;
    if (whole && std::strcmp(arguments[i], "--seed") == 0) seed = number;
    else if (whole && std::strcmp(arguments[i], "--seeds") == 0) seeds = number;
    else return std::fprintf(stderr, "usage: causeway_cases [--seed N] [--seeds M]\n"), 2;
  }
  const auto rulebook = shipped();
  if (!rulebook) return 1;
  simulation::cases::OpenVault vault;
  rulebook->policy->pseudonymsBy(pipeline::pseudonymsBy(vault));
  unsigned failed = 0;
  long arrivals = 0, tellings = 0, duties = 0, unclear = 0;
  for (unsigned i = 0; i < seeds; ++i) {
    const auto outcome = simulation::cases::simulate(rulebook, seed + i);
    arrivals += outcome.arrivals;
    tellings += outcome.tellings;
    duties += outcome.duties;
    unclear += outcome.unclear;
    for (const auto& what : outcome.broken) std::printf("seed %u: %s\n", seed + i, what.c_str());
    if (outcome.broken.empty()) continue;
    ++failed;
    std::printf("seed %u again: %s --seed %u --seeds 1\n", seed + i, arguments[0], seed + i);
  }
  std::printf(
      "%u seeds of 50 cases, in order and shuffled: %ld messages, %ld tellings, %ld duties, %u seeds with a broken "
      "promise\n",
      seeds, arrivals, tellings, duties, failed);
  std::printf("not compared: the duties of %ld cases in which two trials turned out to be one\n", unclear);
  return failed == 0 ? 0 : 1;
}
