#pragma once

#include "host/base/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace causeway::pipeline {

/// Named texts, in order: what crosses to and from an adapter.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// A request that a document or an answer tells us to make of its sender.
struct Question {
  std::string endpoint{};     ///< name in the partner's file; empty: its first, or the one whose host the target names
  std::string target{};       ///< absolute path and query, or the whole https:// URL at one of the partner's hosts
  std::string correlation{};  ///< message number of the answer when it brings none
  int after_seconds = -1;     ///< earliest; -1: as the partner's file says
  int give_up_seconds = 0;    ///< from now; 0: as the partner's file says
  std::string beside{};       ///< a document that is read again with the paper that the answer is

  bool empty() const { return target.empty(); }
};

/// What a partner's answer to a delivery means.
struct ReplyVerdict {
  enum class Outcome { Delivered, Retry, Rejected, Broken };
  Outcome outcome = Outcome::Broken;
  std::string reason;           ///< code for the ledger; no personal value
  std::string reference;        ///< the partner's own number for what it received
  int retry_after_seconds = 0;  ///< 0 = the host decides
  Question next{};              ///< what to ask later; only of a delivered one
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
  /// It can tell types apart; without, `identify` has nothing to say.
  virtual bool identifies() const = 0;
  /// Type of an incoming document that its root cannot tell; empty = the mapping decides.
  virtual Result<std::string> identify(const Fields& fields) = 0;
  /// Adds or changes fields of the envelope before writing.
  virtual Result<Fields> wrap(const Fields& fields) = 0;
  virtual Result<ReplyVerdict> classifyReply(const Fields& fields) = 0;
};

}  // namespace causeway::pipeline
