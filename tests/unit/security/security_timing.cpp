// Tells what sealing and the audit cost. Usage: security_timing FOLDER

#include "host/security/audit_leaf.hpp"
#include "host/security/file_vault.hpp"
#include "host/security/merkle.hpp"
#include "host/security/signing.hpp"
#include "tests/unit/security/security_support.hpp"

#include <cstdio>
#include <ctime>

namespace causeway::security {
namespace {

double cpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

template <class Work>
void time(const char* what, int rounds, Work work) {
  work();
  const double start = cpuSeconds();
  for (int i = 0; i < rounds; ++i) work();
  std::printf("%-40s %7.2f us CPU\n", what, (cpuSeconds() - start) / rounds * 1e6);
}

void run(const std::string& folder) {
  const std::string path = folder + "/timing.key";
  ok(createKeyFile(path));
  const FixedClock clock;
  KeyMemory memory;
  const auto vault = ok(FileVault::open({ok(KeyFile::load(path))}, std::make_unique<MemoryScopeKeys>(memory), clock));
  const std::string content(7168, 'x');
  const std::string sealed = ok(vault->seal("case", "raw", content));
  const SigningKey key = ok(SigningKey::generate());
  pipeline::AuditEvent event{.op = "decision",
                             .at = atSecond(1),
                             .actor = "causeway",
                             .message_id = std::string(36, 'm'),
                             .case_id = std::string(36, 'c'),
                             .delivery_id = {},
                             .recipient = "records",
                             .purpose = "inform",
                             .rule = "inform@4",
                             .details = {{"fields", "12"}}};
  MerkleFrontier tree;
  time("seal 7 KiB", 100'000, [&] { ok(vault->seal("case", "raw", content)); });
  time("seal 7 KiB, each under a new scope", 100'000,
       [&, n = 0]() mutable { ok(vault->seal(std::to_string(n++), "raw", content)); });
  time("open 7 KiB", 100'000, [&] { ok(vault->open("case", "raw", sealed)); });
  time("digest 7 KiB", 100'000, [&] { vault->digest(content); });
  time("blind index", 100'000, [&] { vault->blindIndex("urn", "01TW0000126"); });
  time("audit leaf, hash and tree", 100'000, [&] { tree.append(merkleLeaf(ok(auditLeaf(tree.size(), event)))); });
  time("sign a head", 5'000, [&] { ok(key.sign("head")); });
}

}  // namespace
}  // namespace causeway::security

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: security_timing FOLDER\n"), 2;
  causeway::security::run(argv[1]);
  return 0;
}
