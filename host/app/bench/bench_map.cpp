#include "host/app/bench/bench.hpp"
#include "host/app/bench/timing.hpp"
#include "host/app/commands/reading.hpp"
#include "host/app/files.hpp"
#include "host/mapping/guard.hpp"
#include "host/mapping/xml_floor.hpp"

#include <fmt/format.h>

#include <iostream>
#include <vector>

namespace causeway::app {
namespace {

constexpr int kRounds = 25;

}  // namespace

int bench(const BenchOptions& options) {
  if (options.what == "audit") return benchAudit();
  if (options.what == "rules") return benchRules(options);
  if (options.what == "simulate") return benchSimulate(options);
  if (options.what == "decide") return benchDecide(options);
  return options.what == "map" ? benchMap(options) : benchPipeline(options);
}

int benchMap(const BenchOptions& options) {
  auto opened = openRulebook(options.config, "");
  if (!opened) return 1;
  const auto bytes = readBytes(options.file.empty() ? options.config + "/bench/result.xml" : options.file);
  if (!bytes) {
    std::cerr << bytes.error().text() << "\n";
    return 1;
  }
  const auto& rulebook = *opened->installation.rulebook;
  mapping::Reader reader(*rulebook.library, mapping::Limits{});
  const mapping::ReadOptions read_options{{}, toLondon(SystemClock().now()).date};
  const auto once = reader.read(*bytes, read_options);
  if (once.refused) {
    std::cerr << "the document is refused: " << once.refused->text() << "\n";
    return 1;
  }
  mapping::XmlFloor floor;
  // All three in turn, round after round, and each round compared with itself: other work on the machine and the changing speed of
  // its processor weigh on all of them alike.
  std::vector<double> limits, guards, maps, guard_shares, map_shares;
  for (int round = 0; round < kRounds; ++round) {
    const double window = options.seconds / kRounds / 3;
    limits.push_back(micros(window, [&] { floor.parse(*bytes); }));
    guards.push_back(micros(window, [&] { (void)mapping::guardXml(*bytes, mapping::Limits{}); }));
    maps.push_back(micros(window, [&] { (void)reader.read(*bytes, read_options); }));
    guard_shares.push_back(guards.back() / limits.back());
    map_shares.push_back(maps.back() / limits.back());
  }
  const double mapped = median(map_shares);
  std::cout << fmt::format("document                         {} bytes, {} message(s), {} unexplained\n", bytes->size(),
                           once.reading.messages.size(), once.reading.unexplained.size())
            << fmt::format("libxml2 SAX2, empty handlers     {:7.1f} us   (the limit)\n", median(limits))
            << fmt::format("guard alone                      {:7.1f} us   {:.2f} x the limit\n", median(guards),
                           median(guard_shares))
            << fmt::format("guard, read and map every field  {:7.1f} us   {:.2f} x the limit (at most 2.5)\n",
                           median(maps), mapped);
  if (options.file.empty()) benchExamples(*opened, options.seconds);
  return mapped <= 2.5 ? 0 : 1;
}

}  // namespace causeway::app
