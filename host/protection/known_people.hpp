#pragma once

#include "host/model/case.pb.h"

#include <string>
#include <vector>

namespace causeway::protection {

/// One name of a person, in parts as recorded. A part that the recipient may have is left out of it.
struct KnownName {
  std::string title;
  std::vector<std::string> given;
  std::string family;
  std::string preferred;
};

struct KnownAddress {
  std::vector<std::string> lines;  ///< premises first, then the lines as recorded
  std::string town;
  std::string county;
  std::string postcode;
};

/// Somebody of a case, as far as a text could give them away.
struct KnownPerson {
  std::string id;  ///< number in the case: what a finding names
  std::vector<KnownName> names;
  std::vector<KnownAddress> addresses;
  std::vector<std::string> phones;
  std::vector<std::string> emails;
  std::vector<std::string> numbers;  ///< identifiers, UPRN, handles of other channels
  std::vector<std::string> places;   ///< school, place of work
  std::string born_on;               ///< 2001-02-03
};

/// Whom a text may name and whom not.
struct KnownPeople {
  std::vector<KnownPerson> hidden;  ///< to be found
  std::vector<KnownPerson>
      open;  ///< defendants, officers, professionals, and what the recipient may have: told apart from the hidden ones
};

/// The people of a case. Hidden is everybody whose role is not one of those that the courts name openly: victims, witnesses, children,
/// bereaved relatives, parents, and whoever has no known role. The names of officers and professionals are open, their addresses, numbers
/// and dates of birth are not. Whatever of a hidden person stands in `granted` (what the recipient is about to get anyway) is open.
/// `hide_offenders_places`: the recipient is a victim, who is never told where an offender is (A24).
KnownPeople knownPeople(const canonical::Case& whole, const canonical::Case& granted, bool hide_offenders_places);

/// Everybody in the case beside one party, defendants and officers too: whom a text that is handed to that person must not name. What is known
/// of the person is open.
KnownPeople peopleBeside(const canonical::Case& whole, const std::string& person);

}  // namespace causeway::protection
