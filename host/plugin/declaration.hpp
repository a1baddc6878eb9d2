#pragma once

#include "host/base/result.hpp"
#include "host/pipeline/adapters.hpp"
#include "plugins/causeway_plugin.h"

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace causeway::plugin {

/// What an adapter in a child process declares, as it crosses from there: the data of its table as named texts.
pipeline::Fields declarationOf(const cw_adapter& table);

/// A table rebuilt from a declaration. Its texts are its own. Its functions are there where the adapter has them, so that the
/// table can be checked, but all answer CW_BROKEN: they are in the other process.
class Declaration {
 public:
  /// Invalid when the fields are no declaration or break the plugin contract: what a child says is not to be trusted.
  static Result<std::unique_ptr<const Declaration>> read(const pipeline::Fields& fields);
  Declaration(const Declaration&) = delete;
  Declaration& operator=(const Declaration&) = delete;
  const cw_adapter& table() const { return table_; }

 private:
  Declaration() = default;
  bool take(const std::string& name, const std::string& value);
  bool takeSetting(const std::string& name, const std::string& value);
  cw_str keep(const std::string& text);
  void finish();

  std::deque<std::string> texts_;  ///< a deque does not move what it holds
  std::vector<cw_setting> settings_;
  std::vector<cw_str> message_types_, converters_;
  cw_adapter table_{};
};

}  // namespace causeway::plugin
