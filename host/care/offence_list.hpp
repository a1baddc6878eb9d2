#pragma once

#include "host/base/node.hpp"
#include "host/model/case.pb.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::care {

/// Of what dated data can say for certain and what it cannot.
enum class Answer { No, Doubt, Yes };

/// Offences by their CJS code, from a day on. A pattern is a whole code, or its beginning and a star: `PH97*` is every offence under
/// that Act.
struct OffenceList {
  std::string name, source;
  std::vector<std::string> listed;    ///< certainly of this list
  std::vector<std::string> in_doubt;  ///< some under this heading are and some are not: a person looks
  bool others_in_doubt = false;       ///< the list is not known to be whole: what it does not name is in doubt too
  Location at;
};
using OffenceLists = std::map<std::string, OffenceList, std::less<>>;

/// Reads a list of lists into `lists`; every problem at once, a name that stands twice among them.
void readOffenceLists(const Node& nodes, OffenceLists& lists, Problems& problems);

Answer isListed(const OffenceList& list, std::string_view code);

/// A victim, or a relative of somebody who died.
bool isVictim(const canonical::Party& party);

/// Whether the offence is against this victim: one that names nobody is, while there is only one victim whom it could be against.
Answer isAgainst(const canonical::Case& whole, const canonical::Party& victim, const canonical::Offence& offence);

}  // namespace causeway::care
