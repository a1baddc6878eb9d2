#pragma once

#include "host/base/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace causeway::pipeline {

/// Named texts, in order: what crosses to and from an adapter.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// What a partner's answer to a delivery means.
struct ReplyVerdict {
  enum class Outcome { Delivered, Retry, Rejected, Broken };
  Outcome outcome = Outcome::Broken;
  std::string reason;           ///< code for the ledger; no personal value
  std::string reference;        ///< the partner's own number for what it received
  int retry_after_seconds = 0;  ///< 0 = the host decides
};

/// One loaded adapter. Calls are serialised per instance by the implementation.
class Adapter {
 public:
  virtual ~Adapter() = default;
  virtual const std::string& name() const = 0;
  virtual const std::string& version() const = 0;
  /// Absolute folder with the adapter's mappings; empty when it brings none.
  virtual const std::string& mappingFolder() const = 0;
  virtual std::vector<std::string> converters() const = 0;  ///< "courts.local_time", ...
  virtual Result<Fields> convert(std::string_view converter, const Fields& inputs) = 0;
  /// Type of an incoming document that its root cannot tell; empty = the mapping decides.
  virtual Result<std::string> identify(const Fields& fields) = 0;
  /// Adds or changes fields of the envelope before writing.
  virtual Result<Fields> wrap(const Fields& fields) = 0;
  virtual Result<ReplyVerdict> classifyReply(const Fields& fields) = 0;
};

}  // namespace causeway::pipeline
