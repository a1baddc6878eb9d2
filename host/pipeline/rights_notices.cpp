#include "host/pipeline/rights_notices.hpp"

#include <algorithm>
#include <map>

namespace causeway::pipeline {
namespace {

struct Line {
  const DisclosureRow* row;
  const Register* of;
};

void add(const Line& line, const std::function<bool(const std::string&)>& concerns,
         std::map<std::string, RightsNotice>& out) {
  std::set<std::string> people;
  bool any = line.row->people.empty() && concerns({}), unclear = false;
  for (const auto& there : line.row->people) {
    const auto here = line.of->here(there);
    if (here == kSomebodyElse) continue;
    if (here.empty()) unclear = true;
    else if (concerns(here)) people.insert(here);
  }
  any = any || unclear || !people.empty();
  if (!any) return;
  auto& notice = out.try_emplace(line.row->recipient, RightsNotice{line.row->recipient, {}, {}, false}).first->second;
  notice.purpose = line.row->purpose;
  notice.people.insert(people.begin(), people.end());
  notice.unclear = notice.unclear || unclear;
}

}  // namespace

bool isRightsNotice(std::string_view type) {
  return type == kRestrictedNotice || type == kResumedNotice || type == kErasureNotice;
}

std::vector<RightsNotice> recipientsOf(const std::vector<Register>& registers,
                                       const std::function<bool(const std::string& person)>& concerns) {
  std::vector<Line> lines;
  for (const auto& one : registers)
    for (const auto& line : one.lines) lines.push_back({&line, &one});
  std::ranges::stable_sort(lines, {}, [](const Line& line) { return line.row->at; });
  std::map<std::string, RightsNotice> found;
  for (const auto& line : lines) add(line, concerns, found);
  std::vector<RightsNotice> out;
  for (auto& [recipient, notice] : found) out.push_back(std::move(notice));
  return out;
}

}  // namespace causeway::pipeline
