#include "host/app/assemble.hpp"
#include "host/pipeline/pseudonyms.hpp"
#include "tests/simulation/cases/desk_store.hpp"
#include "tests/simulation/cases/run.hpp"
#include "tests/support/shipped_configuration.hpp"
#include "tests/support/temporary_folder.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>

namespace {

using namespace causeway;
using simulation::cases::Wrong;

const std::map<std::string, Wrong> kWrong = {{"forgets-duplicates", Wrong::ForgetsDuplicates},
                                             {"takes-arrival-order", Wrong::TakesArrivalOrder},
                                             {"forgets-waiting", Wrong::ForgetsWaiting},
                                             {"loses-messages", Wrong::LosesMessages},
                                             {"reads-another-hour", Wrong::ReadsAnotherHour}};

int usage() {
  std::string names;
  for (const auto& [name, wrong] : kWrong) names += " " + name;
  std::fprintf(stderr, "usage: causeway_cases [--seed N] [--seeds M] [--wrong NAME]; names:%s\n", names.c_str());
  return 2;
}

/// The first seed that notices; 1 when none does.
int noticed(const std::shared_ptr<const pipeline::Rulebook>& rulebook, unsigned seed, unsigned seeds, Wrong wrong) {
  for (unsigned i = 0; i < seeds; ++i) {
    const auto broken = simulation::cases::simulate(rulebook, seed + i, wrong).broken;
    if (broken.empty()) continue;
    std::printf("seed %u notices, by %zu promises: %s\n", seed + i, broken.size(), broken.front().c_str());
    return 0;
  }
  std::printf("%u seeds notice nothing\n", seeds);
  return 1;
}

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
// With --wrong NAME the host does that wrong: exit 0 with the first seed that notices it, 1 when none does.
int main(int count, char** arguments) {
  unsigned seed = 1, seeds = 1;
  auto wrong = Wrong::Nothing;
  for (int i = 1; i < count; i += 2) {
    const bool whole = i + 1 < count;
    const auto number = whole ? static_cast<unsigned>(std::strtoul(arguments[i + 1], nullptr, 10)) : 0U;
    if (whole && std::strcmp(arguments[i], "--seed") == 0) seed = number;
    else if (whole && std::strcmp(arguments[i], "--seeds") == 0) seeds = number;
    else if (whole && std::strcmp(arguments[i], "--wrong") == 0 && kWrong.contains(arguments[i + 1]))
      wrong = kWrong.at(arguments[i + 1]);
    else return usage();
  }
  const auto rulebook = shipped();
  if (!rulebook) return 1;
  simulation::cases::OpenVault vault;
  rulebook->policy->pseudonymsBy(pipeline::pseudonymsBy(vault));
  if (wrong != Wrong::Nothing) return noticed(rulebook, seed, seeds, wrong);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // two of them may write into one file
  unsigned failed = 0;
  long arrivals = 0, tellings = 0, duties = 0;
  for (unsigned i = 0; i < seeds; ++i) {
    const auto outcome = simulation::cases::simulate(rulebook, seed + i);
    arrivals += outcome.arrivals;
    tellings += outcome.tellings;
    duties += outcome.duties;
    for (const auto& what : outcome.broken) std::printf("seed %u: %s\n", seed + i, what.c_str());
    if (outcome.broken.empty()) continue;
    ++failed;
    std::printf("seed %u again: %s --seed %u --seeds 1\n", seed + i, arguments[0], seed + i);
  }
  std::printf(
      "%u seeds of 50 cases, in order and shuffled: %ld messages, %ld tellings, %ld duties, %u seeds with a broken "
      "promise\n",
      seeds, arrivals, tellings, duties, failed);
  return failed == 0 ? 0 : 1;
}
