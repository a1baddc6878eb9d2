// Measures what one request costs the HTTPS server: POST of 7 KB, answer of 45 bytes, mutual TLS 1.3, kept-alive
// connections. Server and clients are separate processes, so that the CPU time counted is the server's alone.
// Usage: causeway_https_bench [connections [requests per connection]]

#include "host/transport/https_server.hpp"
#include "tests/support/http_probe.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

namespace {

using causeway::test::HttpProbe;
using causeway::test::TestCertificates;
using namespace causeway::transport;

double cpuMicroseconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

void load(std::uint16_t port, int requests) {
  const auto& certificates = TestCertificates::ours();
  HttpProbe probe(port, {.client = certificates.of("courts"), .authority = certificates.authority()});
  const std::string request =
      "POST /in HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 7082\r\n\r\n" +
      std::string(7082, 'x');
  for (int i = 0; i < requests; ++i) {
    probe.send(request);
    if (probe.readReply().status != 202) std::abort();
  }
}

void loadFromAnotherProcess(std::uint16_t port, int connections, int requests) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < connections; ++i) threads.emplace_back([=] { load(port, requests); });
}

int run(int connections, int requests) {
  const auto& certificates = TestCertificates::ours();
  HttpsServerConfig config;
  config.certificate_file = certificates.server().certificate;
  config.key_file = certificates.server().key;
  config.client_ca_file = certificates.authority();
  int port_pipe[2] = {};
  if (::pipe(port_pipe) != 0) return 1;
  // Forked before the server has threads; the port follows through the pipe.
  const pid_t child = ::fork();
  if (child == 0) {
    std::uint16_t port = 0;
    if (::read(port_pipe[0], &port, sizeof(port)) != sizeof(port)) ::_exit(1);
    loadFromAnotherProcess(port, connections, requests);
    ::_exit(0);
  }
  auto server = HttpsServer::start(config, [](const HttpRequest&) {
    return HttpReply{.status = 202, .content_type = "application/json", .body = std::string(45, 'x'), .headers = {}};
  });
  if (!server) return 1;
  const double cpu = cpuMicroseconds();
  const auto began = std::chrono::steady_clock::now();
  const std::uint16_t port = (*server)->port();
  if (::write(port_pipe[1], &port, sizeof(port)) != sizeof(port)) return 1;
  int status = 0;
  ::waitpid(child, &status, 0);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  const double served = static_cast<double>((*server)->counters().requests);
  std::printf("%.0f requests on %d connections: %.0f/s, server CPU %.1f us each (handshakes included)\n", served,
              connections, served / took.count(), (cpuMicroseconds() - cpu) / std::max(1.0, served));
  return status == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  return run(argc > 1 ? std::atoi(argv[1]) : 16, argc > 2 ? std::atoi(argv[2]) : 5'000);
}
