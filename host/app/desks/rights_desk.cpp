#include "host/app/desks/rights_desk.hpp"

#include "host/app/desks/erasures.hpp"
#include "host/app/desks/incidents.hpp"
#include "host/pipeline/restrictions.hpp"
#include "host/pipeline/rights_notices.hpp"
#include "host/pipeline/told_fields.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kMostReviews = 500;

bool concerns(const pipeline::DisclosureRow& line, const std::string& person) {
  return person.empty() || std::ranges::find(line.people, person) != line.people.end();
}

/// Names of the fields, by the person or other element that they are of; of one person when one is named.
Json namesOf(const pipeline::ToldFields& told, const std::string& person) {
  Json out = Json::object();
  for (const auto& [field, prints] : told) {
    const bool of_another = (field.first.starts_with("p-") || field.first.starts_with("d-")) && field.first != person;
    if (!person.empty() && of_another) continue;
    out[field.first.empty() ? "case" : field.first].push_back(field.second);
  }
  return out;
}

Json describe(const pipeline::Opened& one, Instant now) {
  const auto& opening = one.opening;
  Json out{{"number", opening.decision_id},
           {"case", opening.about},
           {"recipient", opening.code},
           {"by", opening.by},
           {"because", opening.because},
           {"at", formatInstant(opening.at)},
           {"until", formatInstant(*opening.next_at)},
           {"open", now < *opening.next_at},
           {"reviewed", one.review.has_value()}};
  if (one.review)
    out["review"] = {{"by", one.review->by}, {"because", one.review->because}, {"at", formatInstant(one.review->at)}};
  else out["what_to_do"] = "somebody else reviews it: causeway break-glass review NUMBER --by WHO --reason TEXT";
  return out;
}

}  // namespace

bool RightsDesk::knows(std::string_view command) {
  static constexpr std::array<std::string_view, 18> known{"erase",
                                                          "disclosures",
                                                          "erase_person",
                                                          "restrict",
                                                          "lift",
                                                          "restrictions",
                                                          "retention_due",
                                                          "retention_keep",
                                                          "subject_access",
                                                          "consult_log",
                                                          "incident_open",
                                                          "incident_update",
                                                          "incident_show",
                                                          "incident_list",
                                                          "break_glass_open",
                                                          "break_glass_list",
                                                          "break_glass_review",
                                                          "part"};
  return std::ranges::find(known, command) != known.end();
}

Result<std::string> RightsDesk::answer(std::string_view request, std::string_view actor) {
  const auto said = Json::parse(request, nullptr, false);
  if (!said.is_object()) return fail(ErrorKind::Invalid, "the request is not a JSON object");
  const auto command = said.value("command", ""), id = said.value("id", ""), person = said.value("person", "");
  const auto code = said.value("code", ""), by = said.value("by", "");
  const Asked asked{by.empty() ? std::string(actor) : by, said.value("because", ""), std::string(actor)};
  if (command == "disclosures") return disclosures(id, person, asked);
  if (command == "subject_access") return subjectAccess(id, person, asked);
  if (command == "consult_log") return consultLog(code, id, asked);
  if (command == "restrictions") return restrictions(id);
  if (command == "retention_due") return dueReviews();
  if (command == "break_glass_list") return openings();
  if (command == "break_glass_open")
    return open({id, by, asked.because, asked.through}, code, std::chrono::minutes(said.value("minutes", 0)));
  if (command == "break_glass_review") return review({id, by, asked.because, asked.through});
  if (command == "incident_show") return Incidents(parts_).show(id);
  if (command == "incident_list") return Incidents(parts_).list();
  if (command == "erase" || command == "erase_person")
    return Erasures(parts_).answer({id, by, asked.because, asked.through}, person, said.value("confirm", false));
  if (command == "restrict" || command == "lift")
    return restrict(
        {id, by, asked.because, asked.through},
        {person, (command == "lift" ? std::string(pipeline::kLifted) : "") + code, said.value("notice_on", "")});
  return decide(command, code, {id, by, asked.because, asked.through});
}

Result<std::string> RightsDesk::decide(const std::string& command, const std::string& code,
                                       const pipeline::Ruling& ruling) {
  if (command == "retention_keep") return keep(ruling);
  if (command == "part") {
    CW_TRY(const auto parted, parts_.holds.part(ruling));
    return Json{
        {"case", ruling.about}, {"outcome", "parted"}, {"from", parted.lead}, {"messages_moved", parted.messages_moved}}
        .dump(2);
  }
  if (command == "incident_open") return Incidents(parts_).open(ruling, code);
  return Incidents(parts_).update(ruling, code);
}

Result<std::string> RightsDesk::restrict(const pipeline::Ruling& ruling, const pipeline::Restriction& restriction) {
  CW_CHECK_OK(parts_.holds.restrict(ruling, restriction));
  return restrictions(ruling.about);
}

Result<std::string> RightsDesk::disclosures(const std::string& case_id, const std::string& person, const Asked& asked) {
  CW_TRY(auto lines, parts_.store.disclosuresOf(case_id));
  // Who was asked to erase what is gone here stands under a case of its own.
  CW_TRY(const auto erasures, parts_.store.decisionsAbout(pipeline::kErasureTold, case_id));
  for (const auto& row : erasures) {
    CW_TRY(const auto notices, parts_.store.disclosuresOf(row.code));
    lines.insert(lines.end(), notices.begin(), notices.end());
  }
  CW_TRY(const auto known, parts_.store.findCase(case_id));
  if (!known && lines.empty()) return fail(ErrorKind::NotFound, "no case has this number");
  CW_CHECK_OK(parts_.views.record({asked.by, asked.through, case_id, {}, "disclosures", asked.because}));
  Json out = Json::array();
  for (const auto& line : lines) {
    if (!concerns(line, person)) continue;
    Json item{{"at", formatInstant(line.at)},
              {"recipient", line.recipient},
              {"purpose", line.purpose},
              {"message", line.type},
              {"people", line.people},
              {"basis", line.basis},
              {"grant", line.policy},
              {"rule", line.rule},
              {"consents", line.consents},
              {"rulebook", line.rulebook},
              {"delivery", line.delivery_id},
              {"attempt", line.attempt},
              {"state", nameOf(static_cast<pipeline::DeliveryState>(line.state))},
              {"receipt", line.receipt},
              {"quality", {{"source", line.source}, {"as_of", line.as_of}, {"missing", line.missing}}}};
    if (line.confirmed_at) item["confirmed_at"] = formatInstant(*line.confirmed_at);
    const auto text = parts_.vault.open(line.case_id, pipeline::registerContext(line), line.sealed);
    const auto told =
        text ? pipeline::readToldFields(*text) : Result<pipeline::ToldFields>(std::unexpected(text.error()));
    if (told) item["fields"] = namesOf(*told, person);
    else item["fields_unreadable"] = told.error().what;
    out.push_back(std::move(item));
  }
  return out.dump(2);
}

Result<std::string> RightsDesk::restrictions(const std::string& case_id) {
  CW_TRY(const auto rows, parts_.store.decisionsAbout(pipeline::kRestriction, case_id));
  Json out = Json::array();
  for (const auto& row : pipeline::restrictionsNow(rows))
    out.push_back({{"case", row.about},
                   {"person", row.person},
                   {"restriction", row.code},
                   {"by", row.by},
                   {"because", row.because},
                   {"at", formatInstant(row.at)}});
  return out.dump(2);
}

Result<void> RightsDesk::mayLook(const std::string& case_id, std::string_view by, std::string_view actor) {
  if (parts_.operators.none()) return parts_.glass.mayLook(case_id, by);
  const auto found = parts_.operators.find(callerOf(actor));
  return parts_.glass.mayLook(case_id, found ? std::string_view(found->person.name) : std::string_view());
}

Result<std::string> RightsDesk::open(pipeline::Ruling ruling, const std::string& recipient, std::chrono::minutes time) {
  CW_TRY(ruling.by, parts_.operators.nameOf(ruling.through, ruling.by));
  if (!parts_.operators.none()) {
    CW_TRY(const auto found, parts_.operators.find(callerOf(ruling.through)));
    if (!found.person.reader)
      return fail(ErrorKind::Refused, "'" + found.person.name + "' has not the role 'reader' under 'operators'");
  }
  CW_TRY(const auto opened, parts_.glass.open(ruling, recipient, time));
  return describe({opened, std::nullopt}, parts_.clock.now()).dump(2);
}

Result<std::string> RightsDesk::review(pipeline::Ruling ruling) {
  CW_TRY(ruling.by, parts_.operators.nameOf(ruling.through, ruling.by));
  CW_TRY(const auto reviewed, parts_.glass.review(ruling));
  return Json{{"number", reviewed.about}, {"outcome", "reviewed"}, {"by", reviewed.by}}.dump(2);
}

Result<std::string> RightsDesk::openings() {
  CW_TRY(const auto all, parts_.glass.list());
  Json out = Json::array();
  for (const auto& one : all)
    if (one.opening.next_at) out.push_back(describe(one, parts_.clock.now()));
  return out.dump(2);
}

Result<std::string> RightsDesk::dueReviews() {
  CW_TRY(const auto due, parts_.retention.due(kMostReviews));
  Json out = Json::array();
  for (const auto& review : due)
    out.push_back(
        {{"case", review.case_id},
         {"last_word", formatInstant(review.last_word)},
         {"due", formatInstant(review.due)},
         {"kept_before", review.kept_before},
         {"what_to_do", "decide: causeway retention keep CASE --by WHO --reason TEXT, or causeway erase CASE"}});
  return out.dump(2);
}

Result<std::string> RightsDesk::keep(const pipeline::Ruling& ruling) {
  CW_TRY(const auto row, parts_.retention.keep(ruling, parts_.holds));
  return Json{{"case", row.about}, {"outcome", "kept"}, {"next_review", formatInstant(*row.next_at)}}.dump(2);
}

}  // namespace causeway::app
