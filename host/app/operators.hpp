#pragma once

#include "host/base/result.hpp"
#include "host/config/operators.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::app {

/// Who is at the other end, as the kernel or the TLS handshake says: never as a request says.
struct Caller {
  std::optional<std::uint32_t> uid;  ///< of whoever opened the control socket
  std::vector<std::string> uris;     ///< of the client certificate
};

/// The caller behind "uid:1204" or "certificate:urn:example:staff:1204"; nobody when it is neither.
Caller callerOf(std::string_view actor);

/// One of the people of `operators` in the main file.
struct Operator {
  const config::OperatorSettings& person;
  std::string through;  ///< how they came in: "uid:1204" or "certificate:urn:example:staff:1204"
};

/// The people of `operators` in the main file. One human has one name, by whatever way they come in.
class Operators {
 public:
  /// The settings must outlive it.
  explicit Operators(const config::OperatorsSettings& settings) : people_(settings.people) {}

  /// Nobody is named: then who somebody is, is what they say.
  bool none() const { return people_.empty(); }
  /// Somebody of this name is one of them.
  bool knows(std::string_view name) const;
  /// Refused for whoever is none of them.
  Result<Operator> find(const Caller& caller) const;
  /// The name by which somebody acts who says to be `said` (may be empty). Where people are named it is the name of `actor`, whatever is
  /// said: Refused for whoever is none of them, or names somebody else. Else it is what was said.
  Result<std::string> nameOf(std::string_view actor, std::string_view said) const;

 private:
  const std::vector<config::OperatorSettings>& people_;
};

}  // namespace causeway::app
