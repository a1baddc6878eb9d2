#include "host/care/sources.hpp"

#include <array>
#include <tuple>

namespace causeway::care {
namespace {

/// A person who decides at a console speaks with this family.
constexpr std::string_view person = "console";

int rankOf(std::string_view family, Choice choice) {
  if (choice == Choice::Latest || choice == Choice::Raised || choice == Choice::Unsafe) return 0;
  if (family == person) return 4;
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
constexpr std::array<std::string_view, 8> court_of_offence = {"plea",          "verdict", "convict", "mode_of_trial",
                                                              "final",         "discontinued", "aggravation", "results"};
constexpr std::array<std::string_view, 5> court_of_defendant = {"bail", "attendances", "proceedings_concluded", "custody_time_limit", "results"};
// Who a victim or witness is and how to reach them: the police keep that up to date.
constexpr std::array<std::string_view, 6> records_of_party = {"person", "organisation", "addresses", "contact_points", "preference", "officer"};

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
    return startsWithAny(field, court_of_offence) ? Choice::Court : Choice::Latest;
  }
  if (kind == "r" || kind == "ord") return Choice::Court;
  if (kind == "h") return field == "state" ? Choice::Resulted : Choice::Court;
  if (kind == "d") return startsWithAny(field, court_of_defendant) ? Choice::Court : Choice::Latest;
  if (kind == "p") {
    if (field == "enhanced.entitled") return Choice::Raised;
    if (field.ends_with("].safe.state")) return Choice::Unsafe;
    return startsWithAny(field, records_of_party) ? Choice::Records : Choice::Latest;
  }
  return Choice::Latest;
}

std::string_view saidAt(const canonical::Fact& fact) {
  return withoutZone(fact.has_asserted_at() ? fact.asserted_at() : fact.received_at());
}

bool outranks(const canonical::Fact& a, const canonical::Fact& b, Choice choice) {
  const auto time_a = saidAt(a), time_b = saidAt(b);
  if (choice == Choice::Raised || choice == Choice::Unsafe) {
    // What a person says undoes everything before it, and nothing after it.
    const bool person_a = a.family() == person, person_b = b.family() == person;
    if (person_a != person_b) return person_a ? time_a >= time_b || weightOf(b.value(), choice) == 0 : time_a > time_b && weightOf(a.value(), choice) > 0;
    if (person_a) return std::tie(time_a, a.message_id()) > std::tie(time_b, b.message_id());
  }
  const auto order = [choice](const canonical::Fact& fact, std::string_view when) {
    return std::tuple(weightOf(fact.value(), choice), rankOf(fact.family(), choice), when, std::string_view(fact.message_id()), std::string_view(fact.value()));
  };
  return order(a, time_a) > order(b, time_b);
}

}  // namespace causeway::care
