#include "host/app/bench/bench.hpp"
#include "host/app/bench/timing.hpp"
#include "host/app/demo/agency.hpp"
#include "host/app/demo/first_run.hpp"
#include "host/app/files.hpp"
#include "host/app/host.hpp"
#include "host/transport/https_client.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <thread>
#include <vector>

namespace causeway::app {
namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;

// Every message is another case: the case number and the message number are counted up in the text.
std::string numbered(std::string text, const std::string& mark, long number) {
  const std::string digits = fmt::format("{:0{}}", number, mark.size());
  for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + digits.size()))
    text.replace(at, mark.size(), digits);
  return text;
}

struct Load {
  std::vector<double> latencies_ms;
  long accepted = 0;
  long refused = 0;
};

/// The scene of the measurement: host, one recipient, senders, all in this process on loopback with mutual TLS.
class Rig {
 public:
  Result<void> open(const BenchOptions& options) {
    Problems problems;
    CW_TRY(auto configuration, config::loadConfiguration(options.config, problems));
    fs::remove_all(configuration.settings.data.path);
    CW_CHECK_OK(makeMissingKeys(configuration.settings));
    auto installation = assemble(options.config, problems);
    std::cerr << problems.text();
    if (!installation) return std::unexpected(installation.error());
    tls_ = configuration.settings.listen.certificate.path.parent_path();
    for (const auto& partner : configuration.partners)
      for (const auto& endpoint : partner.endpoints) {
        transport::HttpsServerConfig server;
        server.port = static_cast<std::uint16_t>(std::stoi(endpoint.url.substr(endpoint.url.rfind(':') + 1)));
        server.certificate_file = (tls_ / (partner.id + ".pem")).string();
        server.key_file = (tls_ / (partner.id + ".key")).string();
        server.client_ca_file = (tls_ / "ca.pem").string();
        CW_TRY(auto agency, Agency::start(server));
        agencies_.push_back(std::move(agency));
      }
    CW_TRY(host_, Host::start(*std::move(installation), [](const Error& error) { std::cerr << error.text() << "\n"; }));
    return {};
  }

  // Sends `count` documents over `connections` kept-alive connections and waits for every answer.
  Load drive(const std::string& partner, const std::string& document, const std::string& mark, long first, long count,
             int connections) {
    std::atomic<long> next{first};
    std::vector<Load> loads(static_cast<size_t>(connections));
    std::vector<std::jthread> threads;
    for (auto& load : loads)
      threads.emplace_back([&] {
        transport::HttpsEndpoint to;
        to.url = "https://127.0.0.1:" + std::to_string(host_->port()) + "/messages";
        to.certificate_file = (tls_ / (partner + ".pem")).string();
        to.key_file = (tls_ / (partner + ".key")).string();
        to.ca_file = (tls_ / "ca.pem").string();
        const auto client = transport::HttpsClient::create(to);
        if (!client) return;
        for (long number = next++; number < first + count; number = next++) {
          const auto start = SteadyClock::now();
          const auto answer = (*client)->post("text/xml; charset=utf-8", numbered(document, mark, number));
          load.latencies_ms.push_back(std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count());
          (answer && answer->status == 200 ? load.accepted : load.refused)++;
        }
      });
    threads.clear();
    Load all;
    for (auto& load : loads) {
      all.accepted += load.accepted;
      all.refused += load.refused;
      all.latencies_ms.insert(all.latencies_ms.end(), load.latencies_ms.begin(), load.latencies_ms.end());
    }
    std::ranges::sort(all.latencies_ms);
    return all;
  }

  bool waitUntilIdle() { return host_->waitUntilIdle(std::chrono::seconds(120)); }
  std::string ledger() { return host_->answer(R"({"command":"ledger"})", "bench"); }
  std::string audit() { return host_->answer(R"({"command":"verify"})", "bench"); }
  long delivered() const {
    long sum = 0;
    for (const auto& agency : agencies_) sum += static_cast<long>(agency->arrivals().size());
    return sum;
  }
  void close() {
    host_->stop();
    for (auto& agency : agencies_) agency->stop();
  }

 private:
  fs::path tls_;
  std::unique_ptr<Host> host_;
  std::vector<std::unique_ptr<Agency>> agencies_;
};

void report(const std::string& what, const Load& load, double seconds, double drained, double cpu, long delivered) {
  const auto at = [&](double share) {
    return load.latencies_ms.empty()
               ? 0.0
               : load.latencies_ms[static_cast<size_t>(share * static_cast<double>(load.latencies_ms.size() - 1))];
  };
  const auto n = static_cast<double>(std::max(1L, load.accepted));
  std::cout << fmt::format("{}: {} accepted, {} refused, {} delivered\n", what, load.accepted, load.refused, delivered)
            << fmt::format("  accepted   {:8.0f} messages/s   acknowledged after p50 {:.1f} ms, p99 {:.1f} ms\n",
                           n / seconds, at(0.5), at(0.99))
            << fmt::format("  delivered  {:8.0f} messages/s   until the last receipt\n", n / drained)
            << fmt::format("  CPU        {:8.0f} us a message, senders and recipients included\n", cpu / n * 1e6);
}

// The audit log's share of the work, by what its leaves cost on this machine in this run.
void reportAudit(const std::string& verdict, double cpu) {
  const auto leaves = nlohmann::json::parse(verdict, nullptr, false).value("leaves", 0L);
  const double micros = auditMicrosOfALeaf();
  std::cout << fmt::format("audit log: {} leaves of {:.1f} us, {:.1f} % of the CPU\n", leaves, micros,
                           static_cast<double>(leaves) * micros / (cpu * 1e6) * 100);
}

}  // namespace

int benchPipeline(const BenchOptions& options) {
  const auto cases = readBytes(options.config + "/bench/case.xml");
  const auto results = readBytes(options.file.empty() ? options.config + "/bench/result.xml" : options.file);
  if (!cases || !results) {
    std::cerr << (cases ? results.error().text() : cases.error().text()) << "\n";
    return 1;
  }
  Rig rig;
  if (auto opened = rig.open(options); !opened) {
    std::cerr << opened.error().text() << "\n";
    return 1;
  }
  // As many messages as two thousand a second would make in the time.
  const long count = std::max(200L, static_cast<long>(options.seconds * 1000));
  long delivered_before = 0;
  const double cpu_at_start = cpuSeconds();
  for (const auto& [what, partner, document] :
       {std::tuple("new cases", "records", &*cases), std::tuple("court results", "courts", &*results)}) {
    const double cpu = cpuSeconds();
    const auto start = SteadyClock::now();
    const auto load = rig.drive(partner, *document, "00000", 10000, count, options.connections);
    const double accepted_in = std::chrono::duration<double>(SteadyClock::now() - start).count();
    const bool idle = rig.waitUntilIdle();
    const double drained_in = std::chrono::duration<double>(SteadyClock::now() - start).count();
    report(what, load, accepted_in, drained_in, cpuSeconds() - cpu, rig.delivered() - delivered_before);
    delivered_before = rig.delivered();
    if (!idle) std::cout << "  (not everything was delivered in time)\n";
  }
  const double cpu_of_all = cpuSeconds() - cpu_at_start;
  reportAudit(rig.audit(), cpu_of_all);
  std::cout << "ledger " << nlohmann::json::parse(rig.ledger(), nullptr, false).dump() << "\n";
  rig.close();
  return 0;
}

}  // namespace causeway::app
