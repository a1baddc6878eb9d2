#include "host/store/sqlite/sqlite_store.hpp"

#include "host/store/sqlite/change_book.hpp"
#include "host/store/sqlite/clock_shelf.hpp"
#include "host/store/sqlite/database.hpp"
#include "host/store/sqlite/file_lock.hpp"
#include "host/store/sqlite/reads.hpp"
#include "host/store/sqlite/register_book.hpp"
#include "host/store/sqlite/schema.hpp"
#include "host/store/sqlite/sqlite_transaction.hpp"

#include <mutex>
#include <utility>

namespace causeway::store {

using namespace pipeline;

// Order of members matters: statements end before their connection, the reader closes before the writer (the last one
// tidies the log away), connections before the file layer, and the lock goes last.
struct SqliteStore::Impl {
  Impl(FileLock held, std::unique_ptr<GuardedVfs> layer, Database writing, Database reading)
      : lock(std::move(held)),
        vfs(std::move(layer)),
        writer(std::move(writing), *vfs),
        reader(std::move(reading)),
        reads(reader),
        book(reader),
        changes(reader),
        clocks(reader) {}

  template <class Answer, class... Params, class... Args>
  Answer read(Answer (ClockShelf::*query)(Params...), Args&&... args) {
    const std::scoped_lock guard(mutex);
    return (clocks.*query)(std::forward<Args>(args)...);
  }

  template <class Answer, class... Params, class... Args>
  Answer read(Answer (Reads::*query)(Params...), Args&&... args) {
    const std::scoped_lock guard(mutex);
    return (reads.*query)(std::forward<Args>(args)...);
  }

  FileLock lock;
  std::unique_ptr<GuardedVfs> vfs;
  Writer writer;
  Database reader;
  Reads reads;
  RegisterBook book;
  ChangeBook changes;
  ClockShelf clocks;
  std::mutex mutex;
};

SqliteStore::SqliteStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path, GuardedVfs::OnFatal on_fatal) {
  return open(path, std::make_unique<GuardedVfs>(std::move(on_fatal)));
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path, std::unique_ptr<GuardedVfs> vfs) {
  CW_TRY(FileLock lock, FileLock::take(path));
  CW_TRY(Database writer, Database::open(path, *vfs, {.mode = Database::Mode::ReadWrite, .cache_kib = 65'536}));
  CW_CHECK_OK(applySchema(writer, kStoreSchema));
  // After a failed sync the log may live in the system's cache only: written into the database and synced anew it is safe.
  CW_CHECK_OK(writer.checkpoint());
  CW_TRY(Database reader, Database::open(path, *vfs, {.mode = Database::Mode::ReadOnly}));
  auto impl = std::make_unique<Impl>(std::move(lock), std::move(vfs), std::move(writer), std::move(reader));
  CW_TRY(impl->writer.audit_size, impl->reads.auditSize());
  return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(impl)));
}

Result<std::unique_ptr<Transaction>> SqliteStore::begin() {
  CW_CHECK_OK(impl_->writer.begin());
  return std::make_unique<SqliteTransaction>(impl_->writer);
}

Result<std::vector<DeliveryRow>> SqliteStore::pendingDeliveries(std::int64_t after_sequence, int limit) {
  return impl_->read(&Reads::pendingDeliveries, after_sequence, limit);
}

Result<std::vector<DeliveryRow>> SqliteStore::allDeliveries(std::int64_t after_sequence, int limit) {
  return impl_->read(&Reads::allDeliveries, after_sequence, limit);
}

Result<std::string> SqliteStore::newestReceipt(std::string_view case_id, std::string_view recipient,
                                               std::string_view subject) {
  return impl_->read(&Reads::newestReceipt, case_id, recipient, subject);
}

Result<std::vector<FollowUpRow>> SqliteStore::pendingFollowUps(std::int64_t after_sequence, int limit) {
  return impl_->read(&Reads::pendingFollowUps, after_sequence, limit);
}

Result<std::optional<FollowUpRow>> SqliteStore::followUp(std::string_view follow_up_id) {
  return impl_->read(&Reads::followUp, follow_up_id);
}

Result<std::vector<MessageRow>> SqliteStore::messagesOfDocument(std::string_view document_id) {
  return impl_->read(&Reads::messagesOfDocument, document_id);
}

Result<std::vector<MessageRow>> SqliteStore::messagesOfCase(std::string_view case_id) {
  return impl_->read(&Reads::messagesOfCase, case_id);
}

Result<std::vector<PaperRow>> SqliteStore::papersOfCase(std::string_view case_id) {
  return impl_->read(&Reads::papersOfCase, case_id);
}

Result<std::optional<PaperRow>> SqliteStore::paper(std::string_view paper_id) {
  return impl_->read(&Reads::paper, paper_id);
}

Result<std::optional<MessageRow>> SqliteStore::message(std::string_view message_id) {
  return impl_->read(&Reads::message, message_id);
}

Result<std::optional<Admission>> SqliteStore::admission(std::string_view sender, std::string_view source_id) {
  return impl_->read(&Reads::admission, sender, source_id);
}

Result<std::vector<DeliveryRow>> SqliteStore::deliveriesOf(std::string_view message_id) {
  return impl_->read(&Reads::deliveriesOf, message_id);
}

Result<std::vector<DisclosureRow>> SqliteStore::disclosuresOf(std::string_view case_id) {
  const std::scoped_lock guard(impl_->mutex);
  return impl_->book.disclosuresOf(case_id);
}

Result<std::vector<DecisionRow>> SqliteStore::decisionsAbout(std::string_view kind, std::string_view about) {
  const std::scoped_lock guard(impl_->mutex);
  return impl_->book.decisionsAbout(kind, about);
}

Result<std::vector<std::pair<std::string, Instant>>> SqliteStore::casesQuietSince(Instant moment) {
  const std::scoped_lock guard(impl_->mutex);
  return impl_->book.casesQuietSince(moment);
}

Result<std::optional<care::ClockRow>> SqliteStore::clock(std::string_view clock_id) {
  return impl_->read(&ClockShelf::find, clock_id);
}

Result<std::vector<care::ClockRow>> SqliteStore::clocksToFire(Instant now, int limit) {
  return impl_->read(&ClockShelf::toFire, now, limit);
}

Result<std::vector<care::ClockRow>> SqliteStore::clocksOf(std::string_view case_id) {
  return impl_->read(&ClockShelf::allOf, case_id);
}

Result<std::vector<care::ClockRow>> SqliteStore::openClocks(Instant due_before, int limit) {
  return impl_->read(&ClockShelf::open, due_before, limit);
}

Result<std::vector<care::ClockRow>> SqliteStore::clocksDueIn(Instant from, Instant to) {
  return impl_->read(&ClockShelf::dueIn, from, to);
}

Result<std::vector<HoldRow>> SqliteStore::openHolds(int limit) { return impl_->read(&Reads::openHolds, limit); }

Result<std::optional<HoldRow>> SqliteStore::hold(std::string_view hold_id) {
  return impl_->read(&Reads::hold, hold_id);
}

Result<std::optional<CaseRow>> SqliteStore::findCase(std::string_view case_id) {
  return impl_->read(&Reads::findCase, case_id);
}

Result<std::vector<std::string>> SqliteStore::casesByKey(const CaseKey& key) {
  return impl_->read(&Reads::casesByKey, key);
}

Result<std::vector<AuditRow>> SqliteStore::auditRows(std::int64_t from, int limit) {
  return impl_->read(&Reads::auditRows, from, limit);
}

Result<std::int64_t> SqliteStore::auditSize() { return impl_->read(&Reads::auditSize); }

Result<std::optional<AuditHead>> SqliteStore::newestAuditHead() { return impl_->read(&Reads::newestAuditHead); }

Result<std::vector<AuditHead>> SqliteStore::auditHeads(std::int64_t after_size, int limit) {
  return impl_->read(&Reads::auditHeads, after_size, limit);
}

Result<LedgerBalance> SqliteStore::balance() { return impl_->read(&Reads::balance); }

Result<std::vector<RuleVersionRow>> SqliteStore::ruleVersions() {
  const std::scoped_lock guard(impl_->mutex);
  return impl_->changes.all();
}

}  // namespace causeway::store
