#include "host/app/bench/bench.hpp"
#include "host/app/bench/timing.hpp"
#include "host/app/commands/reading.hpp"
#include "host/app/files.hpp"
#include "host/pipeline/judge.hpp"

#include <fmt/format.h>

#include <iostream>
#include <vector>

namespace causeway::app {
namespace {

constexpr int kRounds = 25;
constexpr double kLimitMicros = 20;

/// What the rules make of a case and then of a result of it.
Result<std::vector<pipeline::Intended>> intended(OpenedRulebook& opened, const std::vector<std::string>& files) {
  const auto& rulebook = *opened.installation.rulebook;
  canonical::CaseRecord record;
  record.mutable_case_()->set_case_id("case");
  std::vector<pipeline::Intended> out;
  int number = 0;
  for (const auto& file : files) {
    CW_TRY(const auto bytes, readBytes(file));
    const auto read = opened.read(bytes);
    if (read.prepared.outcome != "accepted") return fail(ErrorKind::Invalid, read.prepared.why, file);
    for (const auto& message : read.prepared.decoded.reading.messages) {
      message->set_message_id("m-" + std::to_string(++number));
      CW_TRY(auto judged, pipeline::judge(rulebook, record, *message, SystemClock().now()));
      record = std::move(judged.folded.record);
      for (auto& happened : judged.happened)
        for (auto& delivery : happened.deliveries) out.push_back(std::move(delivery));
    }
  }
  return out;
}

struct Measured {
  double micros = 0, copies = 0, with_texts = 0;
};

// The decision alone, with the search of its free text, and a plain copy in turn, so that other work on the machine weighs on all alike.
Measured measure(const pipeline::Rulebook& rulebook, const routing::Draft& draft, double seconds) {
  const auto now = SystemClock().now();
  const auto& partner = *rulebook.partner(draft.recipient);
  std::vector<double> decisions, ratios, searched;
  for (int round = 0; round < kRounds; ++round) {
    const double window = seconds / kRounds / 3;
    const double copy = micros(window, [&] { canonical::CanonicalMessage(draft.message).ByteSizeLong(); });
    decisions.push_back(
        micros(window, [&] { (void)rulebook.policy->decide(draft.message, partner, draft.purpose, now); }));
    ratios.push_back(decisions.back() / copy);
    searched.push_back(
        micros(window, [&] { (void)pipeline::decide(rulebook, draft.message, draft.recipient, draft.purpose, now); }));
  }
  return {median(decisions), median(ratios), median(searched)};
}

}  // namespace

int benchDecide(const BenchOptions& options) {
  auto opened = openRulebook(options.config, "");
  if (!opened) return 1;
  const auto& rulebook = *opened->installation.rulebook;
  std::vector<std::string> files = {options.config + "/bench/case.xml"};
  files.push_back(options.file.empty() ? options.config + "/bench/result.xml" : options.file);
  const auto deliveries = intended(*opened, files);
  if (!deliveries) {
    std::cerr << deliveries.error().text() << "\n";
    return 1;
  }
  std::cout << fmt::format("{} grants loaded\n{:<22}{:<20}{:>8}{:>10}{:>12}{:>16}{:>20}\n",
                           rulebook.policy->grants().size(), "message", "recipient", "passed", "withheld", "a decision",
                           "x a plain copy", "texts searched too");
  std::vector<double> all;
  for (const auto& [draft, decision] : *deliveries) {
    const auto measured = measure(rulebook, draft, options.seconds / static_cast<double>(deliveries->size()));
    all.push_back(measured.micros);
    std::cout << fmt::format("{:<22}{:<20}{:>8}{:>10}{:>9.1f} us{:>16.1f}{:>17.1f} us\n", draft.type, draft.recipient,
                             decision.granted.size(), decision.withheld.size(), measured.micros, measured.copies,
                             measured.with_texts);
  }
  if (all.empty()) {
    std::cerr << "the documents cause no delivery\n";
    return 1;
  }
  const double typical = median(all);
  std::cout << fmt::format("median {:.1f} us (at most {:.0f})\n", typical, kLimitMicros);
  return typical <= kLimitMicros ? 0 : 1;
}

}  // namespace causeway::app
