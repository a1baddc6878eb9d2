#include "host/protection/known_people.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace causeway::protection {
namespace {

// Roles under which people act for an office: who they are is said in open court.
constexpr std::array<std::string_view, 9> kOffices = {"officer_in_case", "officer",         "expert",
                                                      "professional",    "liaison_officer", "interpreter",
                                                      "intermediary",    "supporter",       "representative"};

KnownName nameOf(const canonical::Name& name) {
  return {name.title(), {name.given().begin(), name.given().end()}, name.family(), name.preferred()};
}

KnownAddress addressOf(const canonical::Address& address) {
  KnownAddress out;
  if (!address.premises().empty()) out.lines.push_back(address.premises());
  out.lines.insert(out.lines.end(), address.lines().begin(), address.lines().end());
  out.town = address.town();
  out.county = address.county();
  out.postcode = address.postcode();
  return out;
}

void addIdentifier(const canonical::Identifier& identifier, std::vector<std::string>& to) {
  for (const auto* value : {&identifier.value(), &identifier.raw()})
    if (!value->empty()) to.push_back(*value);
}

void addPerson(const canonical::Person& person, KnownPerson& to) {
  for (const auto& name : person.names()) to.names.push_back(nameOf(name));
  for (const auto& number : person.identifiers()) addIdentifier(number, to.numbers);
  for (const auto* place : {&person.school(), &person.workplace()})
    if (!place->empty()) to.places.push_back(*place);
  to.born_on = person.born_on();
}

bool isEmail(std::string_view value) { return value.find('@') != std::string_view::npos; }

bool isPhone(std::string_view value) {
  const auto digits = std::ranges::count_if(value, [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 6 &&
         std::ranges::none_of(value, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

void addContact(const std::string& value, KnownPerson& to) {
  if (value.empty()) return;
  if (isEmail(value)) to.emails.push_back(value);
  else if (isPhone(value)) to.phones.push_back(value);
  else to.numbers.push_back(value);
}

KnownPerson partyOf(const canonical::Party& party) {
  KnownPerson out;
  out.id = party.id();
  addPerson(party.person(), out);
  if (party.organisation().has_contact_name()) out.names.push_back(nameOf(party.organisation().contact_name()));
  for (const auto& number : party.identifiers()) addIdentifier(number, out.numbers);
  if (party.in_custody().has_noms_number()) addIdentifier(party.in_custody().noms_number(), out.numbers);
  for (const auto& address : party.addresses()) {
    out.addresses.push_back(addressOf(address));
    if (!address.uprn().empty()) out.numbers.push_back(address.uprn());
  }
  for (const auto& point : party.contact_points()) addContact(point.value(), out);
  return out;
}

KnownPerson defendantOf(const canonical::Defendant& defendant) {
  KnownPerson out;
  out.id = defendant.id();
  addPerson(defendant.person(), out);
  for (const auto* number :
       {&defendant.asn(), &defendant.pnc_id(), &defendant.cro_number(), &defendant.crn(), &defendant.noms_number()})
    addIdentifier(*number, out.numbers);
  for (const auto& address : defendant.addresses()) out.addresses.push_back(addressOf(address));
  return out;
}

bool hasOpenName(const canonical::Party& party, const canonical::Case& whole) {
  const auto isParentOf = [&](const canonical::Defendant& defendant) {
    return std::ranges::find(defendant.parent_ids(), party.id()) != defendant.parent_ids().end();
  };
  if (!party.id().empty() && std::ranges::any_of(whole.defendants(), isParentOf)) return true;
  const auto isVictim = [](const canonical::Role& role) {
    const auto& code = role.role().code();
    return code == "victim" || code == "child" || code == "bereaved_relative";
  };
  const auto isOffice = [](const canonical::Role& role) {
    return !role.role().unmapped() && std::ranges::find(kOffices, role.role().code()) != kOffices.end();
  };
  if (party.roles().empty() || std::ranges::any_of(party.roles(), isVictim)) return false;
  return party.has_officer() || std::ranges::all_of(party.roles(), isOffice);
}

template <class Values, class Value>
bool contains(const Values& values, const Value& value) {
  return std::ranges::find(values, value) != values.end();
}

bool nameFits(const KnownName& shown, const KnownName& name) {
  return (shown.family.empty() || shown.family == name.family) &&
         (shown.preferred.empty() || shown.preferred == name.preferred) &&
         std::ranges::all_of(shown.given, [&](const std::string& given) { return contains(name.given, given); });
}

// The same person in what the recipient gets: by number, or by names where the number is not granted.
bool isSame(const KnownPerson& shown, const KnownPerson& person) {
  if (!shown.id.empty() && !person.id.empty()) return shown.id == person.id;
  return !shown.names.empty() && std::ranges::all_of(shown.names, [&](const KnownName& name) {
    return std::ranges::any_of(person.names, [&](const KnownName& other) { return nameFits(name, other); });
  });
}

void takeOut(const std::vector<std::string>& shown, std::vector<std::string>& values) {
  std::erase_if(values, [&](const std::string& value) { return contains(shown, value); });
}

void takeOutNames(const KnownPerson& shown, KnownPerson& person) {
  for (const auto& open : shown.names)
    for (auto& name : person.names) {
      takeOut(open.given, name.given);
      if (open.family == name.family) name.family.clear();
      if (open.preferred == name.preferred) name.preferred.clear();
    }
}

void takeOutAddresses(const KnownPerson& shown, KnownPerson& person) {
  for (const auto& open : shown.addresses)
    for (auto& address : person.addresses) {
      takeOut(open.lines, address.lines);
      if (open.town == address.town) address.town.clear();
      if (open.county == address.county) address.county.clear();
      if (open.postcode == address.postcode) address.postcode.clear();
    }
}

// What the recipient gets of a person anyway need not be looked for; what is withheld of the same person is.
void takeOutGranted(const KnownPerson& shown, KnownPerson& person) {
  takeOutNames(shown, person);
  takeOutAddresses(shown, person);
  takeOut(shown.phones, person.phones);
  takeOut(shown.emails, person.emails);
  takeOut(shown.numbers, person.numbers);
  takeOut(shown.places, person.places);
  if (shown.born_on == person.born_on) person.born_on.clear();
}

}  // namespace

KnownPeople knownPeople(const canonical::Case& whole, const canonical::Case& granted, bool hide_offenders_places) {
  KnownPeople out;
  std::vector<KnownPerson> shown;
  for (const auto& party : granted.parties()) shown.push_back(partyOf(party));
  for (const auto& party : whole.parties()) {
    auto person = partyOf(party);
    for (const auto& one : shown) {
      if (!isSame(one, person)) continue;
      out.open.push_back(one);
      takeOutGranted(one, person);
    }
    if (hasOpenName(party, whole)) {
      out.open.push_back({person.id, person.names, {}, {}, {}, {}, {}, {}});
      person.names.clear();
    }
    out.hidden.push_back(std::move(person));
  }
  for (const auto& defendant : whole.defendants()) {
    auto person = defendantOf(defendant);
    if (hide_offenders_places)
      out.hidden.push_back({person.id, {}, std::exchange(person.addresses, {}), {}, {}, {}, {}, {}});
    out.open.push_back(std::move(person));
  }
  return out;
}

KnownPeople peopleBeside(const canonical::Case& whole, const std::string& person) {
  KnownPeople out;
  for (const auto& party : whole.parties()) (party.id() == person ? out.open : out.hidden).push_back(partyOf(party));
  for (const auto& defendant : whole.defendants()) out.hidden.push_back(defendantOf(defendant));
  return out;
}

}  // namespace causeway::protection
