#include "host/app/bench/bench.hpp"
#include "host/app/bench/timing.hpp"
#include "host/app/commands/reading.hpp"
#include "host/app/files.hpp"
#include "host/config/yaml.hpp"
#include "host/model/message_types.hpp"
#include "host/pipeline/judge.hpp"

#include <fmt/format.h>

#include <iostream>

namespace causeway::app {
namespace {

constexpr int kSizes[] = {10, 50, 100, 200, 500, 1000};
constexpr int kMeasured = 500;       // rules of which a limit is asked
constexpr double kLimitMicros = 50;  // for a message, all its events together
constexpr double kMostGrowth = 5;    // times the cost when there are ten times as many rules, from 100 to 1,000
constexpr int kRounds = 9;
constexpr int kBroad = 10;  // rules that no value tells apart
constexpr int kCourts = 60;

// As supervisors write them: some broad ones about every result, as the shipped set has; of the rest half about results, each for some
// court, with further tests. The court of the measured document is one of sixty.
std::string whenOf(int number, const std::string& court) {
  if (number < kBroad)
    return "    any:\n      - case.defendants[].offences[].verdict: { exists: true }\n"
           "      - case.defendants[].offences[].results[].category: final\n"
           "      - case.defendants[].offences[].results[].meanings: { matches: "
           "\"^(custodial|suspended)[-_]sentence$\" }\n";
  const int which = number / 2 % kCourts;
  const auto code = which == 0 ? court : fmt::format("C{:04}", which);
  std::string out = number % 3 == 0 ? fmt::format("    case.witness_care_unit: WCU{}\n", number)
                    : number % 3 == 1
                        ? fmt::format("    case.hearings[0].court: {{ in: [{}, D{:04}] }}\n", code, number)
                        : fmt::format("    case.hearings[0].court: {}\n", code);
  return out +
         "    case.defendants[].offences: { at_least: 1 }\n    none:\n      - case.hearings[0].purpose: sentence\n";
}

std::string ruleText(int number, const std::string& court, const std::vector<std::string>& types) {
  const bool about_results = number < kBroad || number % 2 == 0;
  const auto& type = about_results ? "hearing.resulted" : types[static_cast<size_t>(number / 2) % types.size()];
  return fmt::format(
      "- id: generated-{0}\n  version: 1\n  state: live\n  source: generated\n  when:\n    type: {1}\n{2}  tell:\n"
      "    - {{ recipient: nobody, type: hearing.resulted, purpose: none, subject: 's{0}' }}\n",
      number, type, whenOf(number, court));
}

Result<routing::Routes> generated(int count, const std::string& court, const std::vector<std::string>& types) {
  std::string text = "routes:\n";
  for (int i = 0; i < count; ++i) text += ruleText(i, court, types);
  Problems problems;
  CW_TRY(const auto node, config::parseYaml(text, "generated.yaml", problems));
  auto out = routing::Routes::load({node}, WorkingDays(), problems);
  if (problems.hasErrors()) return fail(ErrorKind::Broken, problems.text());
  return out;
}

/// What happened in the case of the last document, as rules see it.
Result<std::vector<canonical::CanonicalMessage>> eventsOf(OpenedRulebook& opened,
                                                          const std::vector<std::string>& files) {
  std::vector<canonical::CanonicalMessage> out;
  canonical::CaseRecord record;
  record.mutable_case_()->set_case_id("case");
  int number = 0;
  for (const auto& file : files) {
    CW_TRY(const auto bytes, readBytes(file));
    const auto read = opened.read(bytes);
    if (read.prepared.outcome != "accepted") return fail(ErrorKind::Invalid, file + ": " + read.prepared.why);
    out.clear();
    for (const auto& message : read.prepared.decoded.reading.messages) {
      message->set_message_id("m-" + std::to_string(++number));
      message->set_received_at(formatInstant(SystemClock().now()));
      CW_TRY(auto folded, care::apply(record, *message));
      for (const auto& event : folded.events) out.push_back(care::focus(folded.record.case_(), event, *message));
      record = std::move(folded.record);
    }
  }
  return out;
}

double costOf(const routing::Routes& routes, const std::vector<canonical::CanonicalMessage>& events, double seconds) {
  const auto received = SystemClock().now();
  std::vector<double> rounds;
  for (int round = 0; round < kRounds; ++round)
    rounds.push_back(micros(seconds / kRounds, [&] {
      for (const auto& event : events) (void)routes.route(event, received, {.drafts = false});
    }));
  return median(rounds);
}

}  // namespace

int benchRules(const BenchOptions& options) {
  auto opened = openRulebook(options.config, "");
  if (!opened) return 1;
  const auto document = options.file.empty() ? options.config + "/bench/result.xml" : options.file;
  const auto events = eventsOf(*opened, {options.config + "/bench/case.xml", document});
  if (!events || events->empty()) {
    std::cerr << (events ? "the document makes nothing happen" : events.error().text()) << "\n";
    return 1;
  }
  const auto& hearings = events->front().case_().hearings();
  const std::string court = hearings.empty() ? "C0000" : hearings[0].court().code();
  const auto types = model::messageTypeNames(model::TypeUse::Waits);
  std::cout << fmt::format("{} events of one message\n{:>8}{:>16}{:>16}\n", events->size(), "rules", "a message",
                           "a rule");
  std::map<int, double> cost;
  for (const int count : kSizes) {
    const auto routes = generated(count, court, types);
    if (!routes) {
      std::cerr << routes.error().text() << "\n";
      return 1;
    }
    cost[count] = costOf(*routes, *events, options.seconds / static_cast<double>(std::size(kSizes)));
    std::cout << fmt::format("{:>8}{:>13.2f} us{:>13.1f} ns\n", count, cost[count], cost[count] / count * 1000);
  }
  const double growth = cost[1000] / cost[100];
  const double shipped = costOf(*opened->installation.rulebook->routes, *events, options.seconds / 4);
  std::cout << fmt::format("the {} targets of this configuration: {:.2f} us a message\n",
                           opened->installation.rulebook->routes->targets().size(), shipped);
  std::cout << fmt::format(
      "{} rules: {:.2f} us (at most {:.0f}); ten times as many rules cost {:.2f} times as much (at most {:.0f})\n",
      kMeasured, cost[kMeasured], kLimitMicros, growth, kMostGrowth);
  return cost[kMeasured] <= kLimitMicros && growth <= kMostGrowth ? 0 : 1;
}

}  // namespace causeway::app
