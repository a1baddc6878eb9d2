#include "tests/simulation/simulation.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

// causeway_simulation [--seed N] [--runs M]: M lives from seed N on. Exit 1 when a promise did not hold; the seed is printed.
int main(int count, char** arguments) {
  unsigned seed = 1, runs = 1;
  for (int i = 1; i + 1 < count; i += 2) {
    const auto number = static_cast<unsigned>(std::strtoul(arguments[i + 1], nullptr, 10));
    if (std::strcmp(arguments[i], "--seed") == 0) seed = number;
    else if (std::strcmp(arguments[i], "--runs") == 0) runs = number;
    else return std::fprintf(stderr, "usage: causeway_simulation [--seed N] [--runs M]\n"), 2;
  }
  // Power failures are simulated above the disk, so a disk in memory will do.
  if (::access("/dev/shm", W_OK) == 0) ::setenv("TMPDIR", "/dev/shm", 0);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // two of them may write into one file
  unsigned failed = 0;
  long documents = 0, arrivals = 0, crashes = 0;
  for (unsigned i = 0; i < runs; ++i) {
    const auto outcome = causeway::simulation::simulate(seed + i);
    documents += outcome.documents;
    arrivals += outcome.arrivals;
    crashes += outcome.crashes;
    for (const auto& what : outcome.broken) std::printf("seed %u: %s\n", seed + i, what.c_str());
    failed += outcome.broken.empty() ? 0 : 1;
  }
  std::printf("%u lives: %ld documents acknowledged, %ld arrivals, %ld power failures, %u with a broken promise\n",
              runs, documents, arrivals, crashes, failed);
  return failed == 0 ? 0 : 1;
}
