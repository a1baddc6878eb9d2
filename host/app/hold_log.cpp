#include "host/app/hold_log.hpp"

#include <algorithm>
#include <string>

namespace causeway::app {

std::function<void(const pipeline::AuditEvent&)> holdsInto(Log& log) {
  return [&log](const pipeline::AuditEvent& event) {
    if (event.op != "hold") return;
    const auto code = std::ranges::find(event.details, "reason", &std::pair<std::string, std::string>::first);
    log.warn("held", {{"code", code == event.details.end() ? std::string() : code->second},
                      {"rule", event.rule},
                      {"message", event.message_id},
                      {"recipient", event.recipient},
                      {"purpose", event.purpose}});
  };
}

bool heldAboutNoCase(pipeline::Store& store) {
  constexpr int kLookedAt = 1000;
  const auto holds = store.openHolds(kLookedAt);
  return holds && std::ranges::any_of(*holds, [](const auto& one) { return one.case_id.empty(); });
}

}  // namespace causeway::app
