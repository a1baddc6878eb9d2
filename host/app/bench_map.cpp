#include "host/app/bench.hpp"
#include "host/app/files.hpp"
#include "host/app/reading.hpp"
#include "host/mapping/guard.hpp"
#include "host/mapping/xml_floor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <vector>

namespace causeway::app {
namespace {

using SteadyClock = std::chrono::steady_clock;

// Microseconds a call: the median of seven windows, since other work on the machine only ever makes a window slower.
template <class Work>
double medianMicros(double seconds, Work work) {
  std::vector<double> windows;
  for (int window = 0; window < 7; ++window) {
    const auto start = SteadyClock::now();
    long calls = 0;
    double elapsed = 0;
    while (elapsed < seconds / 7) {
      for (int i = 0; i < 64; ++i) work();
      calls += 64;
      elapsed = std::chrono::duration<double>(SteadyClock::now() - start).count();
    }
    windows.push_back(elapsed / static_cast<double>(calls) * 1e6);
  }
  std::ranges::sort(windows);
  return windows[3];
}

}  // namespace

int bench(const BenchOptions& options) { return options.what == "map" ? benchMap(options) : benchPipeline(options); }

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
  const double limit = medianMicros(options.seconds / 3, [&] { floor.parse(*bytes); });
  const double guard = medianMicros(options.seconds / 3, [&] { (void)mapping::guardXml(*bytes, mapping::Limits{}); });
  const double mapped = medianMicros(options.seconds / 3, [&] { (void)reader.read(*bytes, read_options); });
  std::cout << fmt::format("document                         {} bytes, {} message(s), {} unexplained\n", bytes->size(),
                           once.reading.messages.size(), once.reading.unexplained.size())
            << fmt::format("libxml2 SAX2, empty handlers     {:7.1f} us   (the limit)\n", limit)
            << fmt::format("guard alone                      {:7.1f} us   {:.2f} x the limit\n", guard, guard / limit)
            << fmt::format("guard, read and map every field  {:7.1f} us   {:.2f} x the limit (at most 2.5)\n", mapped,
                           mapped / limit);
  return mapped / limit <= 2.5 ? 0 : 1;
}

}  // namespace causeway::app
