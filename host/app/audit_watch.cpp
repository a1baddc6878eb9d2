#include "host/app/audit_watch.hpp"

#include "host/security/head_line.hpp"

#include <chrono>
#include <utility>

namespace causeway::app {

Result<std::unique_ptr<AuditWatch>> AuditWatch::start(pipeline::AuditRecords& records,
                                                      const config::WitnessSettings& settings, const Clock& clock,
                                                      Log& log) {
  if (settings.file.empty()) return nullptr;
  std::unique_ptr<AuditWatch> watch(new AuditWatch(
      security::HeadWitness(records, {settings.file.path.string(), settings.every}, clock), settings.required, log));
  auto checked = watch->witness_.check();
  if (checked) checked = watch->witness_.turn();
  if (!checked && (settings.required || checked.error().kind != ErrorKind::Unavailable))
    return std::unexpected(std::move(checked).error());
  watch->tell(checked);
  watch->thread_ = std::jthread([host = watch.get()](const std::stop_token& stopping) { host->run(stopping); });
  return watch;
}

AuditWatch::~AuditWatch() { stop(); }

void AuditWatch::run(const std::stop_token& stopping) {
  std::unique_lock lock(mutex_);
  while (!stopping.stop_requested()) {
    wake_.wait_for(lock, stopping, std::chrono::seconds(1), [] { return false; });
    tell(witness_.turn());
  }
}

void AuditWatch::tell(const Result<void>& kept) {
  if (failing_.exchange(!kept) == !kept) return;
  if (kept) log_.info("heads of the audit log are kept in their second place again");
  else log_.error("heads of the audit log are kept in no second place now", {{"why", kept.error().text()}});
}

void AuditWatch::stop() {
  thread_.request_stop();
  if (!thread_.joinable()) return;
  thread_.join();
  tell(witness_.keepNow());
}

std::string newestHeadLine(pipeline::AuditRecords& records) {
  const auto head = records.newestAuditHead();
  return head && *head ? security::headLine(**head) : std::string();
}

}  // namespace causeway::app
