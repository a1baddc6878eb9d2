#include "host/store/sqlite/vfs.hpp"

#include <sqlite3.h>

#include <new>
#include <utility>

namespace causeway::store {

namespace {

using Operation = GuardedVfs::Operation;

// SQLite allocates szOsFile bytes, aligned to 8: ours first, the real file behind it.
struct GuardedFile {
  sqlite3_file base{};
  GuardedVfs* owner = nullptr;
  GuardedVfs::File kind = GuardedVfs::File::Database;
  bool guarded = false;  // temporary files may fail without harm
};
static_assert(alignof(GuardedFile) <= 8 && sizeof(GuardedFile) % 8 == 0);

GuardedFile& guardedOf(sqlite3_file* file) { return *reinterpret_cast<GuardedFile*>(file); }
sqlite3_file* realOf(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(GuardedFile));
}
const sqlite3_io_methods& methodsOf(sqlite3_file* file) { return *realOf(file)->pMethods; }

// Runs a write or a sync unless the layer is broken already, and remembers a failure.
template <class Real>
int guard(sqlite3_file* file, Operation operation, Real real) {
  GuardedFile& guarded = guardedOf(file);
  if (!guarded.guarded) return real();
  const int refused = operation == Operation::Sync ? SQLITE_IOERR_FSYNC : SQLITE_IOERR_WRITE;
  if (guarded.owner->broken()) return refused;
  int rc = SQLITE_OK;
  switch (guarded.owner->faultFor(operation, guarded.kind)) {
    case GuardedVfs::Fault::None: rc = real(); break;
    case GuardedVfs::Fault::NoSpace: rc = SQLITE_FULL; break;
    case GuardedVfs::Fault::InputOutput: rc = refused; break;
  }
  // A write for which there is no room has told the truth and left what is committed alone; SQLite undoes the transaction.
  const bool harmless = rc == SQLITE_FULL && operation == Operation::Write;
  if (rc != SQLITE_OK && !harmless) guarded.owner->latch(operation, guarded.kind, rc == SQLITE_FULL);
  return rc;
}

int fileClose(sqlite3_file* file) { return methodsOf(file).xClose(realOf(file)); }
int fileRead(sqlite3_file* file, void* out, int size, sqlite3_int64 at) {
  return methodsOf(file).xRead(realOf(file), out, size, at);
}
int fileWrite(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
  return guard(file, Operation::Write, [&] { return methodsOf(file).xWrite(realOf(file), data, size, at); });
}
int fileTruncate(sqlite3_file* file, sqlite3_int64 size) {
  return guard(file, Operation::Write, [&] { return methodsOf(file).xTruncate(realOf(file), size); });
}
int fileSync(sqlite3_file* file, int flags) {
  return guard(file, Operation::Sync, [&] { return methodsOf(file).xSync(realOf(file), flags); });
}
int fileSize(sqlite3_file* file, sqlite3_int64* size) { return methodsOf(file).xFileSize(realOf(file), size); }
int fileLock(sqlite3_file* file, int level) { return methodsOf(file).xLock(realOf(file), level); }
int fileUnlock(sqlite3_file* file, int level) { return methodsOf(file).xUnlock(realOf(file), level); }
int fileCheckReservedLock(sqlite3_file* file, int* out) {
  return methodsOf(file).xCheckReservedLock(realOf(file), out);
}
int fileControl(sqlite3_file* file, int op, void* arg) { return methodsOf(file).xFileControl(realOf(file), op, arg); }
int fileSectorSize(sqlite3_file* file) { return methodsOf(file).xSectorSize(realOf(file)); }
int fileCharacteristics(sqlite3_file* file) { return methodsOf(file).xDeviceCharacteristics(realOf(file)); }
int fileShmMap(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return methodsOf(file).xShmMap(realOf(file), page, size, extend, out);
}
int fileShmLock(sqlite3_file* file, int offset, int n, int flags) {
  return methodsOf(file).xShmLock(realOf(file), offset, n, flags);
}
void fileShmBarrier(sqlite3_file* file) { methodsOf(file).xShmBarrier(realOf(file)); }
int fileShmUnmap(sqlite3_file* file, int remove) { return methodsOf(file).xShmUnmap(realOf(file), remove); }

// Version 2: shared memory for the log, and no memory-mapped reads, which would pass us by.
const sqlite3_io_methods kMethods = {2,
                                     fileClose,
                                     fileRead,
                                     fileWrite,
                                     fileTruncate,
                                     fileSync,
                                     fileSize,
                                     fileLock,
                                     fileUnlock,
                                     fileCheckReservedLock,
                                     fileControl,
                                     fileSectorSize,
                                     fileCharacteristics,
                                     fileShmMap,
                                     fileShmLock,
                                     fileShmBarrier,
                                     fileShmUnmap,
                                     nullptr,
                                     nullptr};

std::string nextName() {
  static std::atomic<int> count = 0;
  return "causeway-" + std::to_string(++count);
}

}  // namespace

// All but opening stays the system's own: its functions never look at which layer they are called through.
struct GuardedVfs::Impl {
  sqlite3_vfs vfs{};  // first, so that a pointer to it is a pointer to us
  sqlite3_vfs* real = nullptr;
  GuardedVfs* owner = nullptr;

  static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    const Impl& impl = *reinterpret_cast<Impl*>(vfs);
    auto* guarded = new (file) GuardedFile();
    guarded->owner = impl.owner;
    guarded->kind = (flags & SQLITE_OPEN_MAIN_DB) != 0 ? File::Database : File::Log;
    guarded->guarded = (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
    sqlite3_file* real_file = realOf(file);
    real_file->pMethods = nullptr;
    const int rc = impl.real->xOpen(impl.real, path, real_file, flags, out_flags);
    // SQLite closes a file exactly when it has methods, also after a failed opening.
    if (real_file->pMethods != nullptr) guarded->base.pMethods = &kMethods;
    return rc;
  }
};

GuardedVfs::GuardedVfs(OnFatal on_fatal)
    : name_(nextName()), on_fatal_(std::move(on_fatal)), impl_(std::make_unique<Impl>()) {
  impl_->owner = this;
  impl_->real = sqlite3_vfs_find(nullptr);
  impl_->vfs = *impl_->real;
  impl_->vfs.pNext = nullptr;
  impl_->vfs.zName = name_.c_str();
  impl_->vfs.szOsFile = static_cast<int>(sizeof(GuardedFile)) + impl_->real->szOsFile;
  impl_->vfs.xOpen = &Impl::open;
  sqlite3_vfs_register(&impl_->vfs, 0);
}

GuardedVfs::~GuardedVfs() { sqlite3_vfs_unregister(&impl_->vfs); }

void GuardedVfs::latch(Operation operation, File file, bool no_space) {
  if (broken_.exchange(true, std::memory_order_acq_rel) || !on_fatal_) return;
  std::string what = operation == Operation::Sync ? "a sync" : "a write";
  what += file == File::Log ? " of the database's log failed" : " of the database failed";
  what += no_space ? ": the disk is full" : ": the device or file system reported an error";
  on_fatal_(what);
}

}  // namespace causeway::store
