#include "host/app/desks/incidents.hpp"

#include "host/app/commands/commands.hpp"
#include "host/app/commands/host_line.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <iostream>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;
using pipeline::DecisionRow;

constexpr std::chrono::hours kToTell{72};
constexpr std::array<std::string_view, 8> kParts{"facts",     "effects",  "remedy",      "subjects",
                                                 "encrypted", "notified", "late_reason", "closed"};

std::string london(Instant at) {
  const auto local = toLondon(at);
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::to_string(static_cast<int>(local.date.year())) + "-" +
         two(static_cast<int>(static_cast<unsigned>(local.date.month()))) + "-" +
         two(static_cast<int>(static_cast<unsigned>(local.date.day()))) + " " + two(local.hour) + ":" +
         two(local.minute);
}

}  // namespace

Result<std::string> Incidents::open(const pipeline::Ruling& ruling, const std::string& aware_at) {
  CW_CHECK_OK(parts_.holds.check(ruling, nullptr));
  const auto now = parts_.clock.now();
  Instant aware = now;
  if (!aware_at.empty()) {
    const auto said = parseInstant(aware_at);
    if (!said) return fail(ErrorKind::Invalid, "when it became known is written like 2026-03-27T17:00:00Z");
    aware = *said;
  }
  if (aware > now) return fail(ErrorKind::Invalid, "an incident cannot become known in the future");
  const DecisionRow row{parts_.ids.timeOrdered(), "incident", parts_.ids.timeOrdered(), {}, "opened", ruling.by,
                        ruling.because,           now,        aware + kToTell};
  CW_CHECK_OK(write(row, ruling.through));
  return show(row.about);
}

Result<std::string> Incidents::update(const pipeline::Ruling& ruling, const std::string& part) {
  CW_CHECK_OK(parts_.holds.check(ruling, nullptr));
  if (std::ranges::find(kParts, part) == kParts.end())
    return fail(
        ErrorKind::Invalid,
        "a part of an incident is one of facts, effects, remedy, subjects, encrypted, notified, late_reason, closed");
  CW_TRY(const auto opened, find(ruling.about));
  CW_TRY(const auto notes, parts_.store.decisionsAbout("incident_note", ruling.about));
  const auto has = [&](std::string_view code) {
    return std::ranges::any_of(notes, [&](const DecisionRow& one) { return one.code == code; });
  };
  const auto now = parts_.clock.now();
  if (part == "notified" && now > *opened.next_at && !has("late_reason"))
    return fail(ErrorKind::Refused,
                "the 72 hours ended at " + formatInstant(*opened.next_at) +
                    ": a late notice must say why (DPA 2018 s.67(3)). Record --part late_reason first.");
  CW_CHECK_OK(
      write({parts_.ids.timeOrdered(), "incident_note", ruling.about, {}, part, ruling.by, ruling.because, now, {}},
            ruling.through));
  return show(ruling.about);
}

Result<std::string> Incidents::show(const std::string& id) {
  CW_TRY(const auto opened, find(id));
  CW_TRY(const auto notes, parts_.store.decisionsAbout("incident_note", id));
  const auto now = parts_.clock.now();
  Json out{{"incident", id},
           {"aware_at", formatInstant(*opened.next_at - kToTell)},
           {"tell_commissioner_by", formatInstant(*opened.next_at)},
           {"tell_commissioner_by_london", london(*opened.next_at)},
           {"opened_at", formatInstant(opened.at)},
           {"opened_by", opened.by},
           {"what", opened.because},
           {"notified", false},
           {"late", now > *opened.next_at},
           {"entries", Json::array()}};
  for (const auto& note : notes) {
    out["entries"].push_back(
        {{"part", note.code}, {"at", formatInstant(note.at)}, {"by", note.by}, {"text", note.because}});
    if (note.code != "notified" || out["notified"] == true) continue;
    out["notified"] = true;
    out["notified_at"] = formatInstant(note.at);
    out["late"] = note.at > *opened.next_at;
  }
  return out.dump(2);
}

Result<std::string> Incidents::list() {
  CW_TRY(const auto rows, parts_.store.decisionsAbout("incident", ""));
  Json out = Json::array();
  for (const auto& row : rows)
    out.push_back({{"incident", row.about},
                   {"opened_at", formatInstant(row.at)},
                   {"tell_commissioner_by", formatInstant(*row.next_at)},
                   {"what", row.because}});
  return out.dump(2);
}

Result<DecisionRow> Incidents::find(const std::string& id) {
  if (!id.empty()) {
    CW_TRY(auto rows, parts_.store.decisionsAbout("incident", id));
    if (!rows.empty() && rows.front().next_at) return std::move(rows.front());
  }
  return fail(ErrorKind::NotFound, "no incident has this number; 'causeway incident list' names them");
}

Result<void> Incidents::write(const DecisionRow& row, const std::string& through) {
  const bool stored = parts_.writer.perform([&](pipeline::Transaction& tx) -> Result<void> {
    CW_CHECK_OK(tx.insert(row));
    return parts_.audit.append(tx, {.op = "incident",
                                    .at = row.at,
                                    .actor = row.by,
                                    .rule = "A18",
                                    .details = {{"incident", row.about}, {"part", row.code}, {"through", through}}});
  });
  if (!stored) return fail(ErrorKind::Unavailable, "the store cannot take it now; nothing was written, try again");
  return {};
}

std::string incidentAsMarkdown(const std::string& json) {
  const auto one = Json::parse(json, nullptr, false);
  if (!one.is_object() || !one.contains("incident")) return json;
  std::string out = "# Incident " + one.value("incident", "") + "\n\n" + one.value("what", "") +
                    "\n\n- Known since: " + one.value("aware_at", "") +
                    "\n- The Commissioner must be told by: " + one.value("tell_commissioner_by", "") + " (" +
                    one.value("tell_commissioner_by_london", "") + " in London)\n- Told: " +
                    (one.value("notified", false) ? one.value("notified_at", "") : "not yet") +
                    (one.value("late", false) ? ", late" : "") + "\n\n| part | when | by | text |\n|---|---|---|---|\n";
  for (const auto& entry : one["entries"])
    out += "| " + entry.value("part", "") + " | " + entry.value("at", "") + " | " + entry.value("by", "") + " | " +
           entry.value("text", "") + " |\n";
  return out;
}

int exportIncident(const std::string& config, const std::string& id, bool json) {
  const Json request{{"command", "incident_show"}, {"id", id}};
  const auto reply = askHost(config, request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  if (!reply) return 1;
  if (reply->starts_with(R"({"error")")) {
    std::cerr << *reply << "\n";
    return 1;
  }
  std::cout << (json ? *reply : incidentAsMarkdown(*reply)) << "\n";
  return 0;
}

}  // namespace causeway::app
