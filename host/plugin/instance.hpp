#pragma once

#include "host/base/result.hpp"
#include "host/pipeline/adapters.hpp"
#include "plugins/causeway_plugin.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::plugin {

/// Receives what adapters log: the adapter's name, CW_LOG_*, one line without values of messages. Called from the thread that
/// calls the adapter, so from several at once; must not throw.
using AdapterLog = std::function<void(std::string_view adapter, int level, std::string_view line)>;

/// What an instance is made from. Everything in it outlives the instance.
struct Blueprint {
  cw_adapter table{};
  std::string name;
  pipeline::Fields settings;           ///< complete and checked
  std::vector<std::string> sensitive;  ///< names of settings whose values no text may show
  AdapterLog log;
};

/// One instance of an adapter. Not thread-safe: one call at a time.
class Instance {
 public:
  /// Calls the adapter's `create`. Invalid when it rejects the settings, Unavailable when it asks to be tried again, Broken.
  static Result<std::unique_ptr<Instance>> create(const Blueprint& blueprint);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  /// Calls a hook. `what` names it in errors. Invalid when the adapter rejects the input, Unavailable, or Broken: it failed, put
  /// something the contract forbids, or threw.
  Result<pipeline::Fields> call(cw_hook hook, std::string_view what, const pipeline::Fields& fields);
  /// Calls a converter that the table names.
  Result<pipeline::Fields> convert(std::string_view converter, const pipeline::Fields& inputs);
  /// False after a call that ended Broken: what state it is in, nobody knows. Throw it away.
  bool fit() const { return fit_; }

 private:
  explicit Instance(const Blueprint& blueprint);
  static void onLog(void* ctx, std::int32_t level, cw_str line) noexcept;
  Result<void> start();
  template <class Call>
  Result<pipeline::Fields> run(std::string_view what, const pipeline::Fields& fields, Call call);
  Failure failed(cw_status status, std::string_view what, std::string text);
  std::string blanked(std::string text) const;

  const Blueprint& blueprint_;
  cw_host host_{};
  void* self_ = nullptr;
  bool created_ = false;
  bool fit_ = true;
  std::uint32_t log_lines_ = 0;                ///< of the running call
  const pipeline::Fields* running_ = nullptr;  ///< fields of the running call
  std::vector<cw_field> fields_;               ///< reused by every call
};

}  // namespace causeway::plugin
