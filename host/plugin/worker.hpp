#pragma once

#include "host/base/result.hpp"
#include "host/pipeline/adapters.hpp"
#include "plugins/causeway_plugin.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::plugin {

/// Receives what adapters log: the adapter's name, CW_LOG_*, one line without values of messages. Called from the thread
/// that calls the adapter, so from several at once; must not throw.
using AdapterLog = std::function<void(std::string_view adapter, int level, std::string_view line)>;

/// What instances are made from. Outlives them.
struct Blueprint {
  cw_adapter table{};  ///< its functions are called by Instance only
  std::string name;
  pipeline::Fields settings;           ///< complete and checked
  std::vector<std::string> sensitive;  ///< names of settings whose values no text may show
  AdapterLog log;
};

/// What can be asked of an instance of an adapter.
enum class Hook { Identify, Wrap, ClassifyReply, Convert };

std::string_view nameOf(Hook hook);  ///< "identify", "wrap", "classify_reply", "convert"

/// One instance of an adapter, wherever it runs. Not thread-safe: one call at a time.
class Worker {
 public:
  virtual ~Worker() = default;
  /// `converter` is empty but for Hook::Convert. Invalid when the adapter rejects the input, Unavailable when it cannot answer now,
  /// Broken when it failed, put something the contract forbids, threw, or is gone.
  virtual Result<pipeline::Fields> call(Hook hook, std::string_view converter, const pipeline::Fields& fields) = 0;
  /// False after a call that ended Broken: what state it is in, nobody knows. Throw it away.
  virtual bool fit() const = 0;
};

/// `text` without the values of `fields` and of the sensitive settings, as far as they can be found in it.
std::string blanked(std::string text, const pipeline::Fields& fields, const Blueprint& blueprint);

/// Where an error of a call happened: "adapter courts: identify", "adapter courts: courts.local_time".
std::string placeOf(const Blueprint& blueprint, Hook hook, std::string_view converter);

}  // namespace causeway::plugin
