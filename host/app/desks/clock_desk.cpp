#include "host/app/desks/clock_desk.hpp"

#include "host/base/text.hpp"
#include "host/care/case_fold.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;
using care::ClockRow;
using care::ClockState;

constexpr int kMost = 2000;

Json describe(const ClockRow& row, const care::ClockBook& book) {
  const auto* kind = book.find(row.clock);
  Json out{{"clock", row.clock_id},
           {"of", row.clock},
           {"what", kind ? kind->what : ""},
           {"right", row.right},
           {"law", row.law},
           {"team", row.team},
           {"case", row.case_id},
           {"about", row.element},
           {"state", nameOf(row.state)},
           {"open", isOpen(row)},
           {"enhanced", row.enhanced},
           {"started_at", formatInstant(row.started_at)},
           {"due_at", formatInstant(row.due_at)}};
  const auto add = [&](const char* name, const std::optional<Instant>& at) {
    if (at) out[name] = formatInstant(*at);
  };
  add("suspended_at", row.suspended_at);
  add("stopped_at", row.stopped_at);
  add("next_told_at", row.next_fire_at);
  for (const auto& [name, text] :
       {std::pair("reason", &row.reason), std::pair("good_reason", &row.good_reason), std::pair("task", &row.task_id)})
    if (!text->empty()) out[name] = *text;
  return out;
}

Json describe(const pipeline::Compliance& row) {
  return {{"group", row.group},
          {"due", row.due},
          {"met", row.met},
          {"late", row.late},
          {"overdue", row.overdue},
          {"with_good_reason", row.with_good_reason},
          {"running", row.running},
          {"suspended", row.suspended},
          {"ended", row.ended},
          {"enhanced", row.enhanced},
          {"met_percent", row.metPercent() ? Json(*row.metPercent()) : Json()}};
}

std::optional<pipeline::ReportBy> groupNamed(const std::string& name) {
  using enum pipeline::ReportBy;
  for (const auto& [word, by] :
       {std::pair("right", Right), std::pair("team", Team), std::pair("clock", Clock), std::pair("month", Month)})
    if (name == word) return by;
  return std::nullopt;
}

// 0:00 in London.
std::optional<Instant> beginningOf(std::chrono::year_month_day day) { return fromLondon({day, 0, 0, 0}); }

std::chrono::year_month_day dayAfter(std::chrono::year_month_day day) {
  return std::chrono::sys_days(day) + std::chrono::days(1);
}

}  // namespace

bool ClockDesk::knows(std::string_view command) {
  static constexpr std::array<std::string_view, 7> known{
      "clocks", "clocks_forecast", "clocks_report", "clocks_reason", "clocks_suspend", "clocks_resume", "clocks_done"};
  return std::ranges::find(known, command) != known.end();
}

Result<std::string> ClockDesk::answer(std::string_view request, std::string_view actor) {
  const auto said = Json::parse(request, nullptr, false);
  if (!said.is_object()) return fail(ErrorKind::Invalid, "the request is not a JSON object");
  const auto command = said.value("command", ""), by = said.value("by", "");
  if (command == "clocks") return list(said.value("case", ""), by, said.value("all", false));
  if (command == "clocks_forecast") return forecast(by);
  if (command == "clocks_report") return report(said.value("from", ""), said.value("to", ""), said.value("group", ""));
  return decide(command, said.value("code", ""), said.value("at", ""),
                {said.value("id", ""), by, said.value("because", ""), std::string(actor)});
}

Result<Instant> ClockDesk::moment(const std::string& text) const {
  const auto now = parts_.clock.now();
  if (const auto day = parseDate(text)) {
    if (const auto end = beginningOf(dayAfter(*day))) return *end;
  }
  if (const auto at = parseInstant(text)) return *at;
  const auto digit = [&](size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4)) {
    const int hour = std::stoi(text.substr(0, 2)), minute = std::stoi(text.substr(3));
    const auto at = hour < 24 && minute < 60 ? fromLondon({toLondon(now).date, hour, minute, 0}) : std::nullopt;
    if (at) return *at;
  }
  return fail(ErrorKind::Invalid,
              "a time is written 17:00 (today in London), 2026-06-02 (the end of that day) or 2026-06-02T16:00:00Z");
}

Result<std::vector<ClockRow>> ClockDesk::ofCase(const std::string& which) {
  CW_TRY(const auto known, parts_.store.findCase(which));
  if (known) return parts_.store.clocksOf(which);
  canonical::CanonicalMessage message;
  message.mutable_case_()->set_urn(which);
  std::vector<ClockRow> out;
  bool found = false;
  for (const auto& key : care::joinKeys(message)) {
    CW_TRY(const auto cases, parts_.store.casesByKey({key.kind, parts_.vault.blindIndex(key.kind, key.value)}));
    for (const auto& one : cases) {
      CW_TRY(auto rows, parts_.store.clocksOf(one));
      std::ranges::move(rows, std::back_inserter(out));
      found = true;
    }
  }
  if (!found) return fail(ErrorKind::NotFound, "no case has this URN or number");
  return out;
}

Result<std::string> ClockDesk::list(const std::string& which, const std::string& by, bool all) {
  std::optional<Instant> before;
  if (!by.empty()) {
    CW_TRY(before, moment(by));
  }
  std::vector<ClockRow> rows;
  if (!which.empty()) {
    CW_TRY(rows, ofCase(which));
  } else if (all) {
    CW_TRY(rows, parts_.store.clocksDueIn(Instant(), Instant::max()));
  } else {
    CW_TRY(rows, parts_.store.openClocks(Instant::max(), kMost));
  }
  Json out = Json::array();
  for (const auto& row : rows)
    if (!care::isNoDuty(row) && (!before || row.due_at <= *before))
      out.push_back(describe(row, *parts_.rulebook.clocks));
  return out.dump(2);
}

// What is due exactly then is late if it is not done by then.
Result<std::string> ClockDesk::forecast(const std::string& by) {
  CW_TRY(const auto then, moment(by));
  CW_TRY(const auto rows, parts_.store.openClocks(Instant::max(), kMost));
  Json late = Json::array(), will_be = Json::array(), still = Json::array();
  for (const auto& row : rows) {
    if (row.test) continue;
    auto item = describe(row, *parts_.rulebook.clocks);
    if (row.state == ClockState::Suspended) still.push_back(std::move(item));
    else if (row.due_at <= parts_.clock.now()) late.push_back(std::move(item));
    else if (row.due_at <= then) will_be.push_back(std::move(item));
  }
  return Json{{"by", formatInstant(then)},
              {"will_be_late", std::move(will_be)},
              {"late_already", std::move(late)},
              {"suspended", std::move(still)}}
      .dump(2);
}

Result<std::string> ClockDesk::report(const std::string& from, const std::string& to, const std::string& group) {
  const auto first = parseDate(from), last = parseDate(to);
  if (!first || !last || *last < *first)
    return fail(ErrorKind::Invalid, "a report is from one day to another, both written like 2026-06-02");
  const auto by = groupNamed(group);
  if (!by) return fail(ErrorKind::Invalid, "a report is by right, team, clock or month");
  const auto begin = beginningOf(*first), end = beginningOf(dayAfter(*last));
  if (!begin || !end) return fail(ErrorKind::Broken, "midnight does not exist on one of these days");
  CW_TRY(const auto rows, parts_.store.clocksDueIn(*begin, *end));
  const auto counted = pipeline::complianceOf(rows, *by, parts_.clock.now());
  Json groups = Json::array();
  for (const auto& row : counted) groups.push_back(describe(row));
  return Json{
      {"from", from}, {"to", to}, {"by", group}, {"groups", std::move(groups)}, {"csv", pipeline::asCsv(counted)}}
      .dump(2);
}

Result<std::string> ClockDesk::decide(const std::string& command, const std::string& code, const std::string& at,
                                      const pipeline::Ruling& ruling) {
  pipeline::ClockRulings rulings(parts_);
  const auto told = [&](Result<ClockRow> row) -> Result<std::string> {
    if (!row) return std::unexpected(row.error());
    return describe(*row, *parts_.rulebook.clocks).dump(2);
  };
  if (command == "clocks_reason") return told(rulings.goodReason(ruling, code));
  if (command == "clocks_suspend") return told(rulings.suspend(ruling, code));
  if (command == "clocks_resume") return told(rulings.resume(ruling));
  Instant done_at = parts_.clock.now();
  if (!at.empty()) {
    CW_TRY(done_at, moment(at));
  }
  return told(rulings.done(ruling, done_at));
}

}  // namespace causeway::app
