// Tells what one message costs the store: one admission, one message, one snapshot, one delivery and three audit rows, in
// groups as the single writer makes them. Usage: store_timing FOLDER [GROUPS] [MESSAGES A GROUP] [SIZE IN PERCENT]

#include "host/store/sqlite/sqlite_store.hpp"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

namespace causeway::store {
namespace {

using namespace pipeline;

struct Sizes {
  size_t raw = 6144, canonical = 2048, snapshot = 4096, payload = 1536, reply = 600, leaf = 260;
};

double seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

class Load {
 public:
  explicit Load(size_t percent) {
    for (size_t* size : {&sizes_.raw, &sizes_.canonical, &sizes_.snapshot, &sizes_.payload, &sizes_.reply})
      *size = *size * percent / 100;
  }

  void messageInto(Transaction& tx) {
    const Instant now(std::chrono::microseconds(1'780'000'000'000'000 + number_));
    const std::string document = id("d"), message = id("m"), case_id = caseOf();
    must(tx.insert(Admission{"courts", scattered(), document, bytes(32), bytes(sizes_.reply), now}));
    MessageRow m{.message_id = message,
                 .document_id = document,
                 .part = "1",
                 .sender = "courts",
                 .type = "hearing.resulted",
                 .state = MessageState::InFlight,
                 .test = false,
                 .case_id = case_id,
                 .digest = bytes(32),
                 .subject_index = bytes(32),
                 .raw_sealed = bytes(sizes_.raw),
                 .canonical_sealed = bytes(sizes_.canonical),
                 .versions = R"({"mapping":"courts@3","rules":"live@12","policy":"force@7"})",
                 .reason = {},
                 .received_at = now};
    must(tx.insert(m));
    const size_t slot = static_cast<size_t>(number_) % cases_.size();
    must(tx.saveCase(
        {.case_id = case_id, .seq = ++cases_[slot], .snapshot_sealed = bytes(sizes_.snapshot), .test = false}));
    DeliveryRow d{.delivery_id = scattered(),
                  .message_id = message,
                  .case_id = case_id,
                  .recipient = "records",
                  .type = "task",
                  .purpose = "inform",
                  .route = "inform@4",
                  .subject = "outcome",
                  .payload_sealed = bytes(sizes_.payload),
                  .receipt = {},
                  .reason = {},
                  .created_at = now,
                  .due_at = now,
                  .not_before = now};
    must(tx.insert(d));
    for (int i = 0; i < 3; ++i) must(tx.insert(AuditRow{leaves_++, std::string(sizes_.leaf, 'a'), bytes(32)}));
    ++number_;
  }

 private:
  static void must(const Result<void>& result) {
    if (result) return;
    std::fprintf(stderr, "%s\n", result.error().text().c_str());
    std::exit(1);
  }
  std::string id(const char* prefix) const {
    char text[40];
    std::snprintf(text, sizeof text, "%s%035lld", prefix, static_cast<long long>(number_));
    return text;
  }
  std::string scattered() {
    char text[40];
    std::snprintf(text, sizeof text, "%016llx-%019llx", static_cast<unsigned long long>(random_()),
                  static_cast<unsigned long long>(random_() >> 4U));
    return text;
  }
  std::string caseOf() const {
    return "case-" + std::to_string(1'000'000 + static_cast<size_t>(number_) % cases_.size());
  }
  std::string bytes(size_t size) {
    std::string out(size, '\0');
    for (size_t i = 0; i + 8 <= size; i += 64) *reinterpret_cast<unsigned long long*>(&out[i]) = random_();
    return out;
  }

  Sizes sizes_;
  std::mt19937_64 random_{7};
  std::int64_t number_ = 0, leaves_ = 0;
  std::vector<std::int64_t> cases_ = std::vector<std::int64_t>(5000);
};

int run(const std::string& folder, int groups, int group_size, int percent) {
  auto store = SqliteStore::open(folder + "/store.db");
  if (!store) return std::fprintf(stderr, "%s\n", store.error().text().c_str()), 1;
  Load load(static_cast<size_t>(percent));
  double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
  for (int group = 0; group < groups; ++group) {
    auto tx = (*store)->begin();
    if (!tx) return std::fprintf(stderr, "%s\n", tx.error().text().c_str()), 1;
    for (int i = 0; i < group_size; ++i) load.messageInto(**tx);
    if (const auto done = (*tx)->commit(); !done) return std::fprintf(stderr, "%s\n", done.error().text().c_str()), 1;
  }
  cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  wall = seconds(CLOCK_MONOTONIC) - wall;
  const double messages = static_cast<double>(groups) * group_size;
  std::printf("%.0f messages in groups of %d: %.1f us CPU and %.1f us wall a message, %.0f messages/s\n", messages,
              group_size, cpu / messages * 1e6, wall / messages * 1e6, messages / wall);
  return 0;
}

}  // namespace
}  // namespace causeway::store

int main(int argc, char** argv) {
  if (argc < 2)
    return std::fprintf(stderr, "usage: store_timing FOLDER [GROUPS] [MESSAGES A GROUP] [SIZE IN PERCENT]\n"), 2;
  return causeway::store::run(argv[1], argc > 2 ? std::atoi(argv[2]) : 500, argc > 3 ? std::atoi(argv[3]) : 64,
                              argc > 4 ? std::atoi(argv[4]) : 100);
}
