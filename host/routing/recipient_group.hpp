#pragma once

#include "host/base/node.hpp"

#include <string>
#include <vector>

namespace causeway::routing {

/// What a partner serves, from `serves` of its file. A group of recipients is found by it.
struct GroupMember {
  std::string partner;                ///< partner id
  std::vector<std::string> services;  ///< idva, isva, witness_service, ...
  std::vector<std::string> areas;     ///< as the force calls them
  std::vector<std::string> languages;
  std::vector<std::string> needs;  ///< kinds of need
};

/// Reads `recipient: { group: { service: idva, area: north } }`: the ids of all partners that serve everything it names, in the
/// order of the members. Each of them gets a delivery of its own. A group that nobody is in, or that names nothing, is an error.
std::vector<std::string> readGroup(const Node& recipient, const std::vector<GroupMember>& members, Problems& problems);

/// In a condition `$recipient` is the id of whoever is told, so that members of a group can be told apart.
bool namesRecipient(const Node& condition);
Node withRecipient(Node condition, const std::string& id);

}  // namespace causeway::routing
