#include "host/care/case_numbers.hpp"

#include <algorithm>
#include <array>

namespace causeway::care {
namespace {

constexpr std::array<std::string_view, 6> kKinds{"referral", "plan", "production", "video_link", "crn", "noms"};

void addOnce(canonical::Case& whole, std::string_view type, std::string_view value, std::string_view source) {
  if (value.empty()) return;
  const bool known = std::ranges::any_of(
      whole.identifiers(), [&](const auto& number) { return number.type() == type && number.value() == value; });
  if (known) return;
  auto& added = *whole.add_identifiers();
  added.set_type(std::string(type));
  added.set_value(std::string(value));
  added.set_source(std::string(source));
}

void addPerson(canonical::Case& whole, std::string_view type, const canonical::Identifier& number) {
  if (number.grade() != "unusable") addOnce(whole, type, number.value(), "hmpps");
}

}  // namespace

bool joinsByItself(std::string_view type) { return std::ranges::find(kKinds, type) != kKinds.end(); }

void collectNumbers(canonical::Case& whole) {
  for (const auto& party : whole.parties()) {
    for (const auto& referral : party.referrals()) addOnce(whole, "referral", referral.id(), "causeway");
    for (const auto& eligibility : party.eligibilities())
      addOnce(whole, "referral", eligibility.referral_id(), "causeway");
    for (const auto& production : party.productions()) addOnce(whole, "production", production.id(), "causeway");
    for (const auto& link : party.video_links()) addOnce(whole, "video_link", link.booking_id(), "hmpps");
    addPerson(whole, "noms", party.in_custody().noms_number());
  }
  for (const auto& plan : whole.plans()) addOnce(whole, "plan", plan.id(), "causeway");
  for (const auto& defendant : whole.defendants()) {
    addPerson(whole, "crn", defendant.crn());
    addPerson(whole, "noms", defendant.noms_number());
  }
}

}  // namespace causeway::care
