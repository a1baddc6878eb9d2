#include "niche.hpp"

#include "causeway/reply.hpp"
#include "safe_times.hpp"

#include <algorithm>

namespace niche {
namespace {

std::string tidied(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

std::string checked(std::string pattern) {
  if (auto problem = OccurrencePatterns::problem(pattern); !problem.empty()) throw sdk::Rejected(problem);
  return pattern;
}

}  // namespace

Niche::Niche(const sdk::Settings& settings)
    : patterns_(checked(settings.text("occurrence_pattern"))),
      busy_retry_seconds_(
          static_cast<int>(std::clamp(settings.number("busy_retry_seconds").value_or(0), 0LL, 86400LL))) {}

void Niche::occurrence(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto raw = in["value"];
  const auto number = tidied(raw);
  if (number.empty()) return;
  const auto force = in["force"];
  out.put("type", "occurrence");
  out.put("value", number);
  out.put("raw", raw);
  if (!force.empty()) out.put("source", force);
  const bool fits = patterns_.fits(force, number);
  out.put("grade", fits ? "ok" : "warn");
  if (fits) return;
  out.put("finding", "odd_occurrence");
  out.put("finding.text", "an occurrence number that does not look like those of its force");
}

void Niche::safeTimes(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto text = in["value"];
  if (text.empty()) return;
  const auto time = parseSafeTime(text);
  if (!time) {
    out.put("finding", "safe_time_not_understood");
    out.put("finding.text", "a safe time that is not days and hours such as weekdays 10-14; it is not taken");
    return;
  }
  out.put("days", time->days);
  out.put("from", time->from);
  out.put("to", time->to);
}

sdk::Verdict Niche::classifyReply(const sdk::Inputs& in) {
  const sdk::Reply reply(in);
  const int wait = reply.wait(busy_retry_seconds_);
  if (reply.isBusy()) return sdk::Verdict::retry("busy", wait);
  const auto result = sdk::lowered(reply.field({"result"}));
  const auto reference = reply.field({"reference"});
  const auto code = reply.field({"code"});
  if (sdk::isOneOf(result, {"stored", "duplicate"})) return sdk::Verdict::delivered(reference.substr(0, 256));
  if (sdk::isOneOf(result, {"locked", "busy"})) return sdk::Verdict::retry("record_" + result, wait);
  if (result == "refused") return sdk::Verdict::rejected(sdk::reasonOf(code, "refused_by_records"));
  if (!result.empty()) return sdk::Verdict::broken("unknown_result");
  // A 2xx without a receipt: something on the way answered, not the records system. It may not count as stored.
  if (reply.status().starts_with('2')) return sdk::Verdict::broken("no_receipt");
  if (reply.statusIs({"400", "409", "413", "415", "422"})) return sdk::Verdict::rejected("refused_by_records");
  if (reply.status().starts_with('5')) return sdk::Verdict::retry("records_failed", wait);
  return sdk::Verdict::broken("unexpected_status");
}

}  // namespace niche
