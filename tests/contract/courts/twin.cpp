#include "tests/contract/courts/twin.hpp"

#include <algorithm>
#include <vector>

namespace causeway::courts {
namespace {

using nlohmann::json;

std::string collapsed(const std::string& text) {
  std::string out;
  for (const char c : text) {
    // Common Platform's texts hold no-break spaces; the interface writes plain ones.
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\xC2' || c == '\xA0';
    if (!space) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

json nextHearing(const canonical::NextHearing& next) {
  if (!next.has_court() || !next.starts_at().has_time()) return nullptr;
  return {{"court", next.court().code()},
          {"date", next.starts_at().date()},
          {"time", next.starts_at().time()},
          {"reason", collapsed(next.reason().text()).substr(0, 80)}};
}

json resultPart(const canonical::Result& result) {
  json out{{"code", result.code().code()}, {"text", collapsed(result.text().text())}};
  out["next"] = nextHearing(result.next_hearing());
  if (!out["next"].is_null()) out["bail"] = result.bail_status().code();
  for (int i = 0; i < std::min(result.qualifiers_size(), 4); ++i)
    out["qualifiers"].push_back(result.qualifiers(i).code());
  for (const auto& term : result.terms()) out["terms"].push_back(term.value() + " " + term.unit());
  out["starts"] = result.starts_on();
  out["ends"] = result.ends_on();
  out["pence"] = result.amount().pence();
  out["points"] = result.points();
  return out;
}

std::string pleaOf(const canonical::Offence& offence) {
  if (offence.plea().code() != "none" && !offence.plea().code().empty()) return offence.plea().code();
  return offence.plea_indicated().code() == "guilty" ? "guilty" : "";
}

json offencePart(const canonical::Offence& offence) {
  json out{
      {"code", offence.code().code()}, {"wording", collapsed(offence.wording().text())}, {"plea", pleaOf(offence)}};
  out["sequence"] = offence.sequence();
  out["from"] = offence.starts_on();
  out["to"] = offence.ends_on();
  out["charged"] = offence.charged_on();
  out["arrested"] = offence.arrested_on();
  out["convicted"] = offence.convicted_on();
  out["verdict"] = offence.verdict().code();
  out["mode"] = offence.mode_of_trial().code();
  out["final"] = offence.final();
  std::vector<json> results;
  for (const auto& result : offence.results()) results.push_back(resultPart(result));
  std::ranges::stable_sort(results, {}, [](const json& one) { return one.dump(); });
  out["results"] = results;
  return out;
}

json addressPart(const canonical::Address& address) {
  json lines = json::array();
  for (const auto& line : address.lines())
    if (line != address.postcode()) lines.push_back(line.substr(0, 35));
  return {{"lines", lines}, {"postcode", address.postcode()}};
}

json defendantPart(const canonical::Defendant& defendant) {
  json out{{"asn", defendant.asn().value()}, {"born", defendant.person().born_on()}};
  out["gender"] = defendant.person().gender().code();
  if (defendant.person().names_size() > 0) {
    const auto& name = defendant.person().names(0);
    std::string given;
    for (const auto& one : name.given()) given += (given.empty() ? "" : " ") + one;
    out["name"] = {name.title().substr(0, 35), given, name.family().substr(0, 35)};
  }
  out["organisation"] = defendant.organisation().name();
  for (const auto& address : defendant.addresses()) out["addresses"].push_back(addressPart(address));
  out["bail"] = defendant.bail().status().code().empty() ? "not_applicable" : defendant.bail().status().code();
  for (const auto& condition : defendant.bail().conditions())
    out["conditions"].push_back(collapsed(condition.text().text()));
  out["reasons"] = collapsed(defendant.bail().reasons().text());
  if (defendant.attendances_size() > 0) out["presence"] = defendant.attendances(0).presence().code();
  for (const auto& offence : defendant.offences())
    if (offence.results_size() > 0) out["offences"].push_back(offencePart(offence));
  return out;
}

}  // namespace

json commonPart(const canonical::CanonicalMessage& message) {
  const auto& hearing = message.case_().hearings(0);
  json out{{"urn", message.case_().urn()}, {"court", hearing.court().code()}, {"psa", hearing.psa().code()}};
  out["date"] = hearing.starts_at().date();
  out["time"] = hearing.starts_at().time();
  for (const auto& defendant : message.case_().defendants()) out["defendants"].push_back(defendantPart(defendant));
  return out;
}

std::string differences(const json& one, const json& other) {
  std::string out;
  for (const auto& step : json::diff(one, other))
    out += "\n  " + step["op"].get<std::string>() + " " + step["path"].get<std::string>();
  return out;
}

}  // namespace causeway::courts
