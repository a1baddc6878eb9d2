#include "probation.hpp"

#include "causeway/reply.hpp"
#include "event_time.hpp"

#include <algorithm>
#include <string>

namespace probation {
namespace {

// A letter, a figure, or the character itself: 'A' and '9' stand for any.
bool looksLike(std::string_view text, std::string_view form) {
  if (text.size() != form.size()) return false;
  for (size_t i = 0; i < form.size(); ++i) {
    const char c = text[i];
    if (form[i] == 'A' ? c < 'A' || c > 'Z' : c < '0' || c > '9') return false;
  }
  return true;
}

std::string upper(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ') out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

EventTime readOrRefuse(std::string_view text) {
  auto read = eventTime(text);
  if (!read) throw sdk::Rejected("not a moment such as 2026-06-14T09:06:52+01:00");
  return *std::move(read);
}

}  // namespace

Probation::Probation(const sdk::Settings& settings)
    : busy_retry_seconds_(
          static_cast<int>(std::clamp(settings.number("busy_retry_seconds").value_or(120), 1LL, 86400LL))) {}

void Probation::instant(const sdk::Inputs& in, sdk::Outputs& out) {
  if (in["value"].empty()) return;
  const auto read = readOrRefuse(in["value"]);
  out.put("value", read.instant);
  if (read.zone_stated) return;
  out.put("finding", "no_zone");
  out.put("finding.text", "a moment without a zone; it is read on London's clocks");
}

void Probation::date(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto text = in["value"];
  if (text.empty()) return;
  if (looksLike(text.substr(0, 4), "9999") && text.size() == 10) return out.put("value", text);
  // The day as written: these services write their own clocks' day, which is London's, with the zone behind.
  if (!eventTime(text)) throw sdk::Rejected("not a day such as 2026-06-14");
  out.put("value", text.substr(0, 10));
}

void Probation::person(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto raw = in["value"];
  const std::string kind = upper(in["type"]), value = upper(raw);
  if (value.empty()) return;
  const bool crn = kind == "CRN", noms = sdk::isOneOf(kind, {"NOMS", "NOMSNUMBER"});
  if (!crn && !noms) {
    out.put("finding", "unknown_number");
    out.put("finding.text", "a kind of number that is neither a CRN nor a prison number; it is not taken");
    return;
  }
  const bool fits = looksLike(value, crn ? "A999999" : "A9999AA");
  out.put("type", crn ? "crn" : "noms");
  out.put("value", value);
  out.put("raw", raw);
  out.put("source", "hmpps");
  out.put("grade", fits ? "ok" : "warn");
  if (fits) return;
  out.put("finding", "odd_number");
  out.put("finding.text", "a CRN or prison number of unusual form");
}

void Probation::courtTime(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto text = in["value"];
  if (text.empty()) return;
  const auto read = wallClock(text);
  if (!read) throw sdk::Rejected("not a local date and time such as 2026-06-02T10:00:00");
  const bool doubtful = read->summer && in["source"] != "LIBRA";
  out.put("date", read->date);
  out.put("time", read->time);
  out.put("precision", "exact");
  out.put("basis", "stated_local");
  out.put("confidence", doubtful ? "low" : "high");
  out.put("raw", text);
  if (!doubtful) return;
  out.put("finding", "summer_time_doubtful");
  out.put("finding.text", "a summer session time that began in Common Platform may be an hour early");
}

void Probation::utcTime(const sdk::Inputs& in, sdk::Outputs& out) {
  if (in["date"].empty() || in["time"].empty()) return;
  const auto read = readOrRefuse(std::string(in["date"]) + "T" + std::string(in["time"]));
  out.put("value", read.instant);
}

void Probation::note(const sdk::Inputs& in, sdk::Outputs& out) {
  std::string text(in["text"]);
  if (!in["reference"].empty()) text += (text.empty() ? "Reference: " : " Reference: ") + std::string(in["reference"]);
  if (!text.empty()) out.put("value", text);
}

sdk::Verdict Probation::classifyReply(const sdk::Inputs& in) {
  const sdk::Reply reply(in);
  if (reply.status().starts_with('2')) {
    // By this number a move or a booking is cancelled: a move's own id, or the profile's reference.
    for (const char* name : {"data.id", "data/id", "partnerReference", "id"})
      if (const auto found = reply.topField(name); !found.empty()) return sdk::Verdict::delivered(found.substr(0, 256));
    return sdk::Verdict::delivered();
  }
  if (reply.isBusy() || reply.statusIs({"499", "500", "522", "599"}))
    return sdk::Verdict::retry("busy", reply.wait(busy_retry_seconds_));
  if (reply.statusIs({"409"})) return sdk::Verdict::rejected("key_used_before");
  if (reply.statusIs({"400", "404", "410", "415", "422"})) return sdk::Verdict::rejected("refused_by_service");
  if (reply.statusIs({"401", "403"})) return sdk::Verdict::broken("not_let_in");
  return sdk::Verdict::broken("unexpected_status");
}

}  // namespace probation
