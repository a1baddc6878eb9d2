#include "host/care/late_results.hpp"

#include "host/care/element_ids.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

bool isAnyOf(const auto& ids, const std::vector<std::string>& about) {
  return std::ranges::any_of(ids, [&](const auto& id) { return std::ranges::find(about, id) != about.end(); });
}

bool isResultedSince(const canonical::Case& whole, const canonical::Hearing& hearing,
                     const std::vector<std::string>& about) {
  if (hearing.starts_at().date().empty()) return false;
  return std::ranges::any_of(whole.hearings(), [&](const auto& other) {
    return other.state() == "resulted" && other.starts_at().date() > hearing.starts_at().date() &&
           (other.defendant_ids().empty() || isAnyOf(other.defendant_ids(), about));
  });
}

}  // namespace

bool isLateResult(const canonical::Case& whole, const std::vector<std::string>& about) {
  bool any = false;
  for (const auto& id : about) {
    const auto* hearing = byId(whole.hearings(), id);
    if (hearing == nullptr) continue;
    any = true;
    if (!isResultedSince(whole, *hearing, about)) return false;
  }
  return any;
}

}  // namespace causeway::care
