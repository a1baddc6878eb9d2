#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace causeway::store {

/// The file layer under one SQLite database: the system's own, plus a memory of failure. SQLite can go on after a failed
/// sync, and a kernel that failed one reports success on the next although the pages are lost. So the first failed write or
/// sync of the database or its log is latched: `broken()` stays true, every later write and sync is refused, and `on_fatal`
/// is called once, so that the process stops before it acknowledges anything more. A write for which the disk has no room is
/// not latched: SQLite undoes its transaction, and writing goes on when there is room again.
class GuardedVfs {
 public:
  enum class File { Database, Log };
  enum class Operation { Write, Sync };
  enum class Fault { None, NoSpace, InputOutput };
  /// Gets what failed, in plain words. Called on the writing thread from within SQLite: must not call the store.
  using OnFatal = std::function<void(std::string_view)>;
  /// Asked before each write and sync; an answer other than None happens in its place. For tests; set while the store rests.
  using FaultHook = std::function<Fault(Operation, File)>;

  explicit GuardedVfs(OnFatal on_fatal = {});
  ~GuardedVfs();  ///< every database that was opened through it must be closed before
  GuardedVfs(const GuardedVfs&) = delete;
  GuardedVfs& operator=(const GuardedVfs&) = delete;

  /// The name by which a database is opened through this layer.
  const std::string& name() const { return name_; }
  bool broken() const { return broken_.load(std::memory_order_acquire); }
  void setFaultHook(FaultHook hook) { fault_hook_ = std::move(hook); }

  // For the file functions in vfs.cpp.
  Fault faultFor(Operation operation, File file) const {
    return fault_hook_ ? fault_hook_(operation, file) : Fault::None;
  }
  void latch(Operation operation, File file, bool no_space);

 private:
  struct Impl;
  std::string name_;
  OnFatal on_fatal_;
  FaultHook fault_hook_;
  std::atomic<bool> broken_ = false;
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::store
