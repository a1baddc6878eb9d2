#pragma once

#include "host/plugin/declaration.hpp"
#include "host/plugin/sealed_file.hpp"
#include "host/plugin/wire.hpp"
#include "host/plugin/worker.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace causeway::plugin {

/// Whether an adapter runs in a process of its own, without files, network or a view of this one. What it breaks there is its
/// own, and a call that does not end is ended. A call costs two switches between processes (tens of microseconds).
struct Isolation {
  std::string program = {};  ///< path of causeway-adapter-child; empty: the adapter runs in this process
  std::chrono::milliseconds call_limit{5000};  ///< how long one call, or loading, may take
  bool wanted() const { return !program.empty(); }
};

/// A child process that has loaded an adapter. Killed when this object goes.
class ChildProcess {
 public:
  /// Starts the program and lets it load the copy. Whatever the child says later, it is not believed without a check.
  static Result<std::unique_ptr<ChildProcess>> start(const SealedFile& copy, const Isolation& isolation);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  const pipeline::Fields& declaration() const { return declaration_; }
  int socket() const { return socket_; }
  /// Ends the process, if it has not ended, and says in plain English how it ended. `late`: it did not answer in time.
  std::string end(bool late);

 private:
  ChildProcess(int process, int socket) : process_(process), socket_(socket) {}

  int process_ = -1;
  int socket_ = -1;
  pipeline::Fields declaration_;
};

/// One instance of an adapter in a child process.
class ChildWorker final : public Worker {
 public:
  /// Makes the instance in a child that has loaded the library.
  static Result<std::unique_ptr<Worker>> create(const Blueprint& blueprint, std::unique_ptr<ChildProcess> child,
                                                std::chrono::milliseconds call_limit);
  Result<pipeline::Fields> call(Hook hook, std::string_view converter, const pipeline::Fields& fields) override;
  bool fit() const override { return fit_; }

 private:
  ChildWorker(const Blueprint& blueprint, std::unique_ptr<ChildProcess> child, std::chrono::milliseconds call_limit)
      : blueprint_(blueprint), child_(std::move(child)), call_limit_(call_limit) {}
  Result<pipeline::Fields> ask(const Message& question, const std::string& where);
  Result<pipeline::Fields> checked(Message answer, const pipeline::Fields& asked, const std::string& where);
  void log(const Message& message, const pipeline::Fields& asked, unsigned& lines) const;

  const Blueprint& blueprint_;
  std::unique_ptr<ChildProcess> child_;
  std::chrono::milliseconds call_limit_;
  bool fit_ = true;
};

}  // namespace causeway::plugin
