#include "host/config/forces.hpp"

#include <algorithm>
#include <set>

namespace causeway::config {

// Two figures or letters, as in the CJS data standards and at the start of a URN. Without one nobody could tell whose case a
// message speaks of.
std::vector<std::string> readForces(NodeReader& reader, Problems& problems) {
  auto out = reader.texts("forces");
  if (out.empty())
    problems.error(reader.at("forces"),
                   "the main file needs 'forces': the codes of the forces whose cases are "
                   "handled here, such as [\"52\"]");
  std::set<std::string> known;
  for (const auto& force : out) {
    const bool usual = force.size() == 2 && std::ranges::all_of(force, [](char c) {
                         return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
                       });
    if (!usual)
      problems.error(reader.at("forces"), "'" + force +
                                              "' in 'forces' is not the code of a force: two figures or "
                                              "capital letters, in quotes, such as \"52\"");
    else if (!known.insert(force).second)
      problems.error(reader.at("forces"), "'" + force + "' stands twice in 'forces'");
  }
  return out;
}

}  // namespace causeway::config
