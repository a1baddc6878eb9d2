#include "host/care/sources.hpp"

#include <array>
#include <tuple>

namespace causeway::care {
namespace {

/// A person who decides at a console speaks with this family.
constexpr std::string_view kPerson = "console";

int rankOf(std::string_view family, Choice choice) {
  if (choice == Choice::Latest || choice == Choice::Raised || choice == Choice::Unsafe) return 0;
  if (family == kPerson) return 4;
  if (family == "cps") return 2;
  const bool court_first = choice != Choice::Records;
  if (family == "courts") return court_first ? 3 : 1;
  if (family == "niche") return court_first ? 1 : 3;
  return 0;
}

/// Values that stand above (1) or below (-1) all others of their field.
int weightOf(std::string_view value, Choice choice) {
  switch (choice) {
    case Choice::Plea: return value == "none" ? -1 : 0;
    case Choice::Raised: return value == "true" ? 1 : 0;
    case Choice::Unsafe: return value == "unsafe" ? 1 : 0;
    case Choice::Answered: return value == "requested" ? -1 : 0;
    case Choice::Resulted: return value == "resulted" ? 1 : 0;
    default: return 0;
  }
}

bool startsWithAny(std::string_view field, const auto& prefixes) {
  for (const std::string_view prefix : prefixes)
    if (field.starts_with(prefix)) return true;
  return false;
}

// What the court decides or fixes.
constexpr std::array<std::string_view, 8> kCourtOfOffence = {"plea",  "verdict",      "convict",     "mode_of_trial",
                                                             "final", "discontinued", "aggravation", "results"};
constexpr std::array<std::string_view, 5> kCourtOfDefendant = {"bail", "attendances", "proceedings_concluded",
                                                               "custody_time_limit", "results"};
// A prosecutor's copy that is still "applied" never hides what the court granted.
constexpr std::array<std::string_view, 1> kCourtOfParty = {"special_measures"};
constexpr std::array<std::string_view, 2> kCourtOfCase = {"applications", "reporting_restrictions"};
// Who a victim or witness is and how to reach them: the police keep that up to date.
constexpr std::array<std::string_view, 6> kRecordsOfParty = {"person",         "organisation", "addresses",
                                                             "contact_points", "preference",   "officer"};

// What records ask for and others answer.
constexpr std::array<std::string_view, 2> kAskedOfParty = {"referrals[", "productions["};

std::string_view withoutZone(std::string_view instant) {
  if (instant.ends_with('Z')) instant.remove_suffix(1);
  return instant;
}

}  // namespace

std::string_view familyOf(std::string_view format) { return format.substr(0, format.find('.')); }

Choice choiceFor(std::string_view element, std::string_view field) {
  const std::string_view kind = element.substr(0, element.find('-'));
  if (kind == "o") {
    if (field == "plea") return Choice::Plea;
    return startsWithAny(field, kCourtOfOffence) ? Choice::Court : Choice::Latest;
  }
  if (kind == "r" || kind == "ord") return Choice::Court;
  if (kind == "h") return field == "state" ? Choice::Resulted : Choice::Court;
  if (kind == "d") return startsWithAny(field, kCourtOfDefendant) ? Choice::Court : Choice::Latest;
  if (kind == "p") {
    if (field == "enhanced.entitled") return Choice::Raised;
    if (field.ends_with("].safe.state")) return Choice::Unsafe;
    if (startsWithAny(field, kCourtOfParty)) return Choice::Court;
    if (field.ends_with("].state") && startsWithAny(field, kAskedOfParty)) return Choice::Answered;
    return startsWithAny(field, kRecordsOfParty) ? Choice::Records : Choice::Latest;
  }
  if (kind.empty() && startsWithAny(field, kCourtOfCase)) return Choice::Court;
  return Choice::Latest;
}

Claim claimOf(const canonical::CaseRecord& record, const canonical::Fact& fact) {
  const auto& said = record.said(fact.said());
  return {fact.value(), said.source(), said.family(), said.message_id(),
          withoutZone(said.has_asserted_at() ? said.asserted_at() : said.received_at())};
}

bool outranks(const Claim& a, const Claim& b, Choice choice) {
  if (choice == Choice::Raised || choice == Choice::Unsafe) {
    // What a person says undoes everything before it, and nothing after it.
    const bool person_a = a.family == kPerson, person_b = b.family == kPerson;
    if (person_a && person_b) return std::tie(a.when, a.message_id) > std::tie(b.when, b.message_id);
    if (person_a) return a.when >= b.when || weightOf(b.value, choice) == 0;
    if (person_b) return a.when > b.when && weightOf(a.value, choice) > 0;
  }
  const auto order = [choice](const Claim& claim) {
    return std::tuple(weightOf(claim.value, choice), rankOf(claim.family, choice), claim.when, claim.message_id,
                      claim.value);
  };
  return order(a) > order(b);
}

}  // namespace causeway::care
