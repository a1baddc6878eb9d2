#include "host/store/sqlite/writer.hpp"

namespace causeway::store {
namespace {

Failure diskFailed() {
  return fail(ErrorKind::Broken, "store: the disk failed earlier, nothing more is written; stop and start again");
}

}  // namespace

Result<void> Writer::begin() {
  if (failed || vfs.broken()) return diskFailed();
  if (open) return fail(ErrorKind::Refused, "store: a transaction is open already");
  CW_CHECK_OK(writes.begin.execute());
  open = true;
  return {};
}

Result<void> Writer::commit() {
  if (vfs.broken()) return diskFailed();
  if (!database.inTransaction()) {
    failed = true;
    return fail(ErrorKind::Broken, "store: the database gave the transaction up");
  }
  auto committed = writes.commit.execute();
  // The commit may stand although the checkpoint behind it failed: SQLite keeps that to itself, the file layer does not. One that
  // found no room is made good by the next: the log still has everything.
  if (committed && !vfs.broken()) {
    open = false;
    return {};
  }
  if (!committed && !vfs.broken() && committed.error().kind == ErrorKind::Unavailable) return committed;
  failed = true;
  if (committed) return diskFailed();
  committed.error().kind = ErrorKind::Broken;
  return committed;
}

void Writer::rollBack() {
  // Nothing can be done about a failure here: the next begin or commit meets it again.
  if (database.inTransaction()) static_cast<void>(writes.roll_back.execute());
  open = false;
}

}  // namespace causeway::store
