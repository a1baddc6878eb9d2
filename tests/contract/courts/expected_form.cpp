#include "tests/contract/courts/expected_form.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>

namespace causeway::courts {
namespace {

using nlohmann::json;
using Words = std::map<std::string, std::string, std::less<>>;

const Words kPleas = {{"guilty", "G"},    {"not_guilty", "NG"}, {"none", "NONE"}, {"consents", "CON"},
                      {"opposes", "OPP"}, {"admits", "ADM"},    {"denies", "DEN"}};
const Words kVerdicts = {
    {"guilty", "G"}, {"not_guilty", "NG"}, {"guilty_of_alternative", "NA"}, {"no_conviction", "NC"}, {"caution", ""}};
const Words kModes = {{"summary", "SUM"},
                      {"indictable_only", "I"},
                      {"elects_summary", "EST"},
                      {"elects_jury", "ETJ"},
                      {"indictable_previous_record", "IPR"},
                      {"under_value", "U"},
                      {"none", "NOMOT"}};
const Words kBail = {
    {"conditional", "CB"},          {"unconditional", "UB"},  {"custody", "PR"},        {"care", "LA"},
    {"secure_accommodation", "SA"}, {"not_applicable", "NA"}, {"undetermined_p", "PB"}, {"rearrested", "R"}};
const Words kPresence = {{"present", "Y"}, {"absent", "N"}, {"represented", "A"}};
const Words kGenders = {{"not_known", "0"}, {"male", "1"}, {"female", "2"}, {"not_specified", "9"}};
const Words kDateForms = {{"on", "1"},      {"before", "2"},      {"after", "3"},
                          {"between", "4"}, {"on_or_about", "5"}, {"on_or_before", "6"}};

// Results that leave no trace on the national computer; 2007 with nothing but these is an adjournment without a date.
constexpr std::array<int, 42> kNotRecorded = {1000, 1505, 1509, 1510, 1511, 1513, 1514, 2069, 2501, 2505, 2507,
                                              2508, 2509, 2511, 2514, 3501, 3502, 3503, 3504, 3508, 3509, 3510,
                                              3512, 3514, 4049, 4505, 4507, 4509, 4510, 4532, 4534, 4544, 4584,
                                              4585, 4586, 3118, 4592, 4593, 4594, 4595, 4596, 4597};
constexpr std::array<int, 6> kWarrants = {4505, 4575, 4576, 4577, 4585, 4586};
constexpr int kSineDie = 2007, kEnteredInError = 4583, kPoints = 3008, kCurfew = 1052, kCurfewRequirement = 3105;

bool isOneOf(const auto& list, int code) { return std::ranges::find(list, code) != list.end(); }

// An unknown code goes through as it came.
std::string theirs(const Words& words, const canonical::Code& code) {
  const auto found = words.find(code.code());
  return found == words.end() || code.unmapped() ? code.code() : found->second;
}

void put(json& out, const char* name, const std::string& value) {
  if (!value.empty()) out[name] = value;
}

void put(json& out, const char* name, const Words& words, const canonical::Code& code) {
  if (!code.code().empty()) put(out, name, theirs(words, code));
}

// The sender's own reading, before any conversion.
std::string sentDate(const canonical::LocalTime& time) {
  return time.has_raw() ? time.raw().substr(0, 10) : time.date();
}
std::string sentTime(const canonical::LocalTime& time) {
  return time.has_raw() && time.raw().size() > 15 ? time.raw().substr(11, 5) : time.time();
}

// -1 for what is no number.
int numberOf(const std::string& text) {
  const bool digits =
      !text.empty() && text.size() < 10 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  return digits ? std::stoi(text) : -1;
}

int codeOf(const canonical::Result& result) { return numberOf(result.code().code()); }

// An unknown mode goes through as a number.
std::string modeForm(const canonical::Code& mode) {
  if (!mode.unmapped() || numberOf(mode.code()) < 0) return mode.code().empty() ? std::string() : theirs(kModes, mode);
  return std::to_string(numberOf(mode.code()));
}

json nextHearing(const canonical::NextHearing& next) {
  json out;
  out["court_ou"] = next.court().code();
  out["date"] = sentDate(next.starts_at());
  const auto time = sentTime(next.starts_at());
  out["time"] = time.empty() ? json() : json(time);
  return out;
}

void putTerms(json& out, const canonical::Result& result) {
  for (const auto& term : result.terms())
    out["durations"].push_back({{"length", numberOf(term.value())}, {"unit", term.unit()}});
  if (result.has_starts_on()) out["dates"].push_back({{"date", result.starts_on()}, {"seq", 1}});
  if (result.has_ends_on()) out["dates"].push_back({{"date", result.ends_on()}, {"seq", 2}});
  if (result.has_amount()) out["amounts"].push_back(static_cast<double>(result.amount().pence()) / 100.0);
  const int code = codeOf(result);
  if (code == kPoints && result.has_points()) out["numbers"].push_back(result.points());
  if (code == kCurfew || code == kCurfewRequirement)
    for (const auto& term : result.terms())
      if (term.role() == "secondary" && term.unit() == "H") out["numbers"].push_back(numberOf(term.value()));
}

json resultForm(const canonical::Result& result, const canonical::Offence& offence, const std::string& hearing_date) {
  json out;
  out["code"] = codeOf(result);
  put(out, "text", result.text().text());
  out["hearing_date"] = offence.has_convicted_on() ? offence.convicted_on() : hearing_date;
  put(out, "plea", kPleas, offence.plea());
  put(out, "verdict", kVerdicts, offence.verdict());
  put(out, "mode_of_trial", modeForm(offence.mode_of_trial()));
  put(out, "remand_status", kBail, result.bail_status());
  put(out, "convicting_court", offence.convicting_court().code());
  if (result.has_next_hearing()) out["next_hearing"] = nextHearing(result.next_hearing());
  putTerms(out, result);
  for (const auto& qualifier : result.qualifiers()) out["qualifiers"].push_back(qualifier.code());
  if (isOneOf(kWarrants, codeOf(result))) out["warrant_issue_date"] = hearing_date;
  if (result.has_taken_into_consideration()) out["tic"] = result.taken_into_consideration();
  return out;
}

bool adjournedWithoutDate(const canonical::Offence& offence) {
  bool found = false, other = false;
  for (const auto& result : offence.results()) {
    if (codeOf(result) == kSineDie) found = true;
    else other |= !isOneOf(kNotRecorded, codeOf(result));
  }
  return found && !other;
}

json offenceForm(const canonical::Offence& offence, const std::string& hearing_date) {
  json out;
  out["seq"] = offence.sequence();
  put(out, "code", offence.code().code());
  put(out, "wording", offence.wording().text());
  put(out, "date_code", kDateForms, offence.date_form());
  put(out, "start_date", offence.starts_on());
  put(out, "end_date", offence.ends_on());
  put(out, "location", offence.location().text());
  put(out, "arrest_date", offence.arrested_on());
  put(out, "charge_date", offence.charged_on());
  put(out, "conviction_date", offence.convicted_on());
  out["results"] = json::array();
  for (const auto& result : offence.results()) out["results"].push_back(resultForm(result, offence, hearing_date));
  return out;
}

json offencesForm(const canonical::Defendant& defendant, const std::string& hearing_date) {
  json out = json::array();
  bool without_date = false;
  for (const auto& offence : defendant.offences()) {
    if (std::ranges::any_of(offence.results(), [](const auto& result) { return codeOf(result) == kEnteredInError; }))
      continue;
    auto form = offenceForm(offence, hearing_date);
    if (!offence.has_convicted_on()) {
      without_date |= adjournedWithoutDate(offence);
      if (without_date) form["conviction_date"] = hearing_date;
    }
    out.push_back(std::move(form));
  }
  return out;
}

// The house number and the postcode of a structured address are not used there, its street number is.
json addressForm(const canonical::Address& address) {
  json out = json::array();
  if (!address.usrn().empty()) out.push_back(address.usrn());
  for (const auto& line : address.lines()) out.push_back(line);
  if (!address.town().empty()) out.push_back(address.town());
  if (!address.county().empty()) out.push_back(address.county());
  return out;
}

std::string pncForm(const canonical::Identifier& number) {
  const std::string sent = number.has_raw() ? number.raw() : number.value();
  if (sent.size() <= 4 || sent[4] == '/') return sent;
  return sent.substr(0, 4) + "/" + sent.substr(4);
}

json defendantForm(const canonical::Defendant& defendant) {
  json out;
  put(out, "asn", defendant.asn().value());
  put(out, "organisation", defendant.organisation().name());
  if (!defendant.person().names().empty()) {
    const auto& name = defendant.person().names(0);
    put(out, "title", name.title());
    put(out, "family", name.family());
    for (const auto& given : name.given()) out["given"].push_back(given);
  }
  put(out, "dob", defendant.person().born_on());
  if (defendant.person().has_gender()) out["gender"] = numberOf(theirs(kGenders, defendant.person().gender()));
  if (!defendant.addresses().empty()) out["address"] = addressForm(defendant.addresses(0));
  put(out, "remand_status", kBail, defendant.bail().status());
  for (const auto& condition : defendant.bail().conditions())
    out["bail_conditions_text"].push_back(condition.text().text());
  put(out, "reason_for_bail", defendant.bail().reasons().text());
  put(out, "court_pnc_id", pncForm(defendant.pnc_id()));
  return out;
}

}  // namespace

json expectedForm(const canonical::CanonicalMessage& message) {
  json out;
  const auto& whole = message.case_();
  const auto& hearing = whole.hearings(0);
  const auto& defendant = whole.defendants(0);
  const auto hearing_date = sentDate(hearing.starts_at());
  out["message_id"] = message.source_message_id();
  auto& at = out["hearing"];
  put(at, "court_ou", hearing.court().code());
  put(at, "date", hearing_date);
  put(at, "time", sentTime(hearing.starts_at()));
  at["psa_code"] = numberOf(hearing.psa().code());
  if (!defendant.attendances().empty()) put(at, "defendant_present", kPresence, defendant.attendances(0).presence());
  out["case"]["ptiurn"] = whole.urn();
  out["defendant"] = defendantForm(defendant);
  out["offences"] = offencesForm(defendant, hearing_date);
  return out;
}

}  // namespace causeway::courts
