#include "host/app/rights_desk.hpp"

#include "host/pipeline/told_fields.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

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

}  // namespace

bool RightsDesk::knows(std::string_view command) { return command == "disclosures"; }

Result<std::string> RightsDesk::answer(std::string_view request, std::string_view actor) {
  const auto said = Json::parse(request, nullptr, false);
  if (!said.is_object()) return fail(ErrorKind::Invalid, "the request is not a JSON object");
  const Asked asked{said.value("by", std::string(actor)), said.value("because", ""), std::string(actor)};
  return disclosures(said.value("id", ""), said.value("person", ""), asked);
}

Result<std::string> RightsDesk::disclosures(const std::string& case_id, const std::string& person, const Asked& asked) {
  CW_TRY(const auto lines, store_.disclosuresOf(case_id));
  CW_TRY(const auto known, store_.findCase(case_id));
  if (!known && lines.empty()) return fail(ErrorKind::NotFound, "no case has this number");
  CW_CHECK_OK(recordView(case_id, "disclosures", asked));
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
              {"receipt", line.receipt}};
    if (line.confirmed_at) item["confirmed_at"] = formatInstant(*line.confirmed_at);
    const auto text = vault_.open(case_id, pipeline::registerContext(line), line.sealed);
    const auto told =
        text ? pipeline::readToldFields(*text) : Result<pipeline::ToldFields>(std::unexpected(text.error()));
    if (told) item["fields"] = namesOf(*told, person);
    else item["fields_unreadable"] = told.error().what;
    out.push_back(std::move(item));
  }
  return out.dump(2);
}

Result<void> RightsDesk::recordView(const std::string& case_id, const std::string& what, const Asked& asked) {
  pipeline::AuditEvent event{"view", clock_.now(), asked.by, {}, case_id, {}, {}, "administration", {}, {}};
  event.details = {{"what", what}, {"because", asked.because}, {"through", asked.through}};
  if (!writer_.perform([&](pipeline::Transaction& tx) { return audit_.append(tx, event); }))
    return fail(ErrorKind::Unavailable, "the view cannot be recorded now, so nothing is shown");
  return {};
}

}  // namespace causeway::app
