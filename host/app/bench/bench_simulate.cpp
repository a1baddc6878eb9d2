#include "host/app/bench/bench.hpp"
#include "host/app/bench/timing.hpp"
#include "host/app/commands/reading.hpp"
#include "host/app/commands/rules_report.hpp"
#include "host/app/desks/rule_files.hpp"
#include "host/app/files.hpp"
#include "host/pipeline/rule_trial.hpp"
#include "host/security/file_vault.hpp"
#include "host/store/sqlite/key_store.hpp"
#include "host/store/sqlite/sqlite_store.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <iostream>

namespace causeway::app {
namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;

constexpr int kMessages = 100'000;
constexpr int kOfACase = 10;  // its registration and the results of nine hearings
constexpr int kDays = 30;
constexpr int kCasesOfACommit = 100;
constexpr double kLimitSeconds = 60;

double since(SteadyClock::time_point start) {
  return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

void drawBar(const std::string& what, size_t done, size_t all) {
  if (::isatty(STDERR_FILENO) != 0 && (done % 100 == 0 || done == all))
    std::cerr << fmt::format("\r{}: {} of {} cases{}", what, done, all, done == all ? "\n" : "") << std::flush;
}

/// A stored past of generated cases in a folder of its own, gone afterwards.
class Past {
 public:
  Past() : folder_(fs::temp_directory_path() / ("causeway-bench-simulate-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~Past() {
    vault_.reset();
    store_.reset();
    std::error_code code;
    fs::remove_all(folder_, code);
  }
  Past(const Past&) = delete;
  Past& operator=(const Past&) = delete;

  Result<void> open() {
    const auto file = [this](const char* name) { return (folder_ / name).string(); };
    CW_TRY(store_, store::SqliteStore::open(file("store.db")));
    CW_CHECK_OK(security::createKeyFile(file("vault.key")));
    CW_TRY(auto key, security::KeyFile::load(file("vault.key")));
    CW_TRY(auto keys, store::SqliteKeyStore::open(file("keys.db")));
    CW_TRY(vault_, security::FileVault::open({std::move(key)}, std::move(keys), clock_));
    return {};
  }

  // The rows that admission would have left: messages in the order of receipt, and the case folded from them.
  Result<void> fill(const canonical::CanonicalMessage& registration, const canonical::CanonicalMessage& result) {
    constexpr int kCases = kMessages / kOfACase;
    for (int first = 0; first < kCases; first += kCasesOfACommit) {
      CW_TRY(auto tx, store_->begin());
      for (int number = first; number < first + kCasesOfACommit; ++number)
        CW_CHECK_OK(addCase(*tx, number, registration, result));
      CW_CHECK_OK(vault_->flush());
      CW_CHECK_OK(tx->commit());
      drawBar("generating", static_cast<size_t>(first) + kCasesOfACommit, kCases);
    }
    return {};
  }

  Result<pipeline::RuleTrial> simulate(const pipeline::Rulebook& before, const pipeline::Rulebook& after) {
    return pipeline::tryRuleChange(
        {before, after, *store_, *vault_, now_ - std::chrono::hours(24) * kDays, 2, [](size_t done, size_t all) {
           drawBar("simulating", done, all);
           return true;
         }});
  }

 private:
  Result<void> addCase(pipeline::Transaction& tx, int number, const canonical::CanonicalMessage& registration,
                       const canonical::CanonicalMessage& result) {
    const auto case_id = fmt::format("case-{:06}", number);
    canonical::CaseRecord record;
    record.mutable_case_()->set_case_id(case_id);
    const auto start = now_ - std::chrono::hours(24) * (kDays - 1) + std::chrono::minutes(4 * number % 1440);
    for (int one = 0; one < kOfACase; ++one) {
      auto message = one == 0 ? registration : result;
      const auto received = start + std::chrono::hours(24) * (one * (kDays - 2) / kOfACase);
      message.set_message_id(fmt::format("m-{:06}-{}", number, one));
      message.set_received_at(formatInstant(received));
      message.mutable_case_()->set_urn(fmt::format("52GN{:07}", number));
      for (auto& hearing : *message.mutable_case_()->mutable_hearings())
        hearing.mutable_starts_at()->set_date(fmt::format("2026-{:02}-{:02}", 1 + one, 1 + number % 28));
      CW_TRY(auto folded, care::apply(record, message));
      record = std::move(folded.record);
      record.mutable_case_()->set_case_id(case_id);
      pipeline::MessageRow row;
      row.message_id = row.document_id = message.message_id();
      row.type = message.type();
      row.sender = message.source_system();
      row.state = pipeline::MessageState::Done;
      row.case_id = case_id;
      row.received_at = received;
      CW_TRY(row.canonical_sealed, vault_->seal(case_id, "canonical:" + row.message_id, message.SerializeAsString()));
      CW_CHECK_OK(tx.insert(row));
    }
    pipeline::CaseRow row{case_id, 1, {}, false};
    CW_TRY(row.snapshot_sealed, vault_->seal(case_id, "snapshot", record.SerializeAsString()));
    return tx.saveCase(row);
  }

  fs::path folder_;
  SystemClock clock_;
  Instant now_ = clock_.now();
  std::unique_ptr<store::SqliteStore> store_;
  std::unique_ptr<security::FileVault> vault_;
};

Result<canonical::CanonicalMessage> read(OpenedRulebook& opened, const std::string& file) {
  CW_TRY(const auto bytes, readBytes(file));
  const auto read = opened.read(bytes);
  if (read.prepared.outcome != "accepted" || read.prepared.decoded.reading.messages.empty())
    return fail(ErrorKind::Invalid, read.prepared.why, file);
  return *read.prepared.decoded.reading.messages.front();
}

/// The same rules as another version, all of them or those about results: what changed is run in both.
Result<std::shared_ptr<const pipeline::Rulebook>> changed(const Installation& installation, bool all) {
  CW_TRY(auto files, readRuleFiles(installation.configuration.settings.folders.routes.path.string()));
  const std::string mark = "    version: ";
  for (auto& [path, text] : files) {
    if (!all && text.find("type: hearing.resulted") == std::string::npos) continue;
    for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + mark.size()))
      text.insert(at + mark.size(), "9");
    if (!all) break;
  }
  return rulebookWith(installation, textOf(files));
}

}  // namespace

int benchSimulate(const BenchOptions& options) {
  auto opened = openRulebook(options.config, "");
  if (!opened) return 1;
  const auto& installation = opened->installation;
  const auto registration = read(*opened, options.config + "/bench/case.xml");
  const auto result = read(*opened, options.file.empty() ? options.config + "/bench/result.xml" : options.file);
  Past past;
  auto made = past.open();
  if (made && registration && result) made = past.fill(*registration, *result);
  if (!made || !registration || !result) {
    std::cerr << (!registration ? registration.error() : !result ? result.error() : made.error()).text() << "\n";
    return 1;
  }
  bool in_time = true;
  for (const bool all : {false, true}) {
    const auto after = changed(installation, all);
    const auto start = SteadyClock::now();
    const double used_before = cpuSeconds();
    const auto trial = after ? past.simulate(*installation.rulebook, **after)
                             : Result<pipeline::RuleTrial>(std::unexpected(after.error()));
    if (!trial) {
      std::cerr << trial.error().text() << "\n";
      return 1;
    }
    const double seconds = since(start);
    std::cout << fmt::format(
        "{}: {} messages of {} cases in {:.1f} s (at most {:.0f}), {:.0f} messages a second, {:.1f} s of the "
        "processor\n",
        all ? "every rule is another version" : "the rules of one file are another version", trial->messages,
        trial->cases, seconds, kLimitSeconds, trial->messages / seconds, cpuSeconds() - used_before);
    in_time = in_time && seconds <= kLimitSeconds && trial->messages == kMessages;
  }
  return in_time ? 0 : 1;
}

}  // namespace causeway::app
