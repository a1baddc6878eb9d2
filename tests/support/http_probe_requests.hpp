#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace causeway::test {

/// Bytes that no server may take for a request, whole or in part.
struct BadRequest {
  std::string name;  ///< letters only: part of the name of a test
  std::string bytes;
  bool ends = false;  ///< the client ends its side after these bytes
};

inline std::ostream& operator<<(std::ostream& out, const BadRequest& request) { return out << request.name; }

/// Truncated, ambiguous and smuggling requests. Each must be answered 400 and the connection closed; where a second request
/// follows in the bytes, it must never be handled.
const std::vector<BadRequest>& badRequests();

}  // namespace causeway::test
