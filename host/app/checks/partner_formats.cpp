#include "host/app/checks/partner_formats.hpp"

#include "host/base/text.hpp"
#include "host/mapping/read_types.hpp"

#include <algorithm>
#include <set>

namespace causeway::app {
namespace {

using Types = std::set<std::string>;

Location placeOf(const std::vector<Location>& places, size_t item, const config::Partner& partner) {
  return item < places.size() ? places[item] : partner.at;
}

// Which mappings would make a type: what to add to 'reads'.
std::string readersOf(const std::string& type, const mapping::Library& library) {
  std::string out;
  int more = 0;
  for (const auto& file : library.mappings()) {
    const auto* plan = library.readPlan(file.id);
    if (!plan || !mapping::typesMadeBy(*plan).contains(type)) continue;
    if (out.size() > 100) ++more;
    else out += (out.empty() ? "" : ", ") + file.id;
  }
  if (more > 0) out += " and " + std::to_string(more) + " more";
  return out.empty() ? "; no mapping makes it" : "; it is made by " + out;
}

}  // namespace

void checkFormats(const config::Partner& partner, const mapping::Library& library, Problems& problems) {
  for (size_t i = 0; i < partner.writes.size(); ++i)
    if (!library.writePlan(partner.writes[i]))
      problems.error(placeOf(partner.writes_at, i, partner),
                     "no mapping '" + partner.writes[i] + "' that writes, for '" + partner.id + "'");
  Types made;
  bool all_known = true;
  for (size_t i = 0; i < partner.reads.size(); ++i) {
    const auto& id = partner.reads[i];
    const auto* plan = library.readPlan(id);
    const auto at = placeOf(partner.reads_at, i, partner);
    all_known = all_known && plan;
    if (!plan) {
      problems.error(at, "no mapping '" + id + "' that reads, for '" + partner.id + "'");
      continue;
    }
    const auto types = mapping::typesMadeBy(*plan);
    made.insert(types.begin(), types.end());
    if (std::ranges::none_of(types, [&](const auto& type) {
          return std::ranges::find(partner.may_send, type) != partner.may_send.end();
        }))
      problems.error(at, "'" + partner.id + "' reads by '" + id + "', which makes " +
                             join({types.begin(), types.end()}, ", ") +
                             ", and may send none of it; add it to 'may_send' or take the mapping out");
  }
  if (!all_known || partner.reads.empty()) return;  // whatever follows from a mapping that is not there has its line
  for (size_t i = 0; i < partner.may_send.size(); ++i)
    if (const auto& type = partner.may_send[i]; !made.contains(type))
      problems.error(placeOf(partner.may_send_at, i, partner), "'" + partner.id + "' may send '" + type +
                                                                   "', which none of its 'reads' mappings makes" +
                                                                   readersOf(type, library));
}

}  // namespace causeway::app
