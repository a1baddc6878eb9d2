#pragma once

#include "host/model/case.pb.h"

#include <set>
#include <string>
#include <string_view>

namespace causeway::care {

/// What taking a person out of a case left behind.
struct TakenOut {
  bool found = false;              ///< the person was in the case
  std::set<std::string> messages;  ///< numbers of the messages that said something of the person
  std::set<std::string>
      values;  ///< what the person was called and reached by, in lower case: to find what else speaks of them
};

/// Takes a party out of a case that goes on: the person, every fact about them, every reference to them, the tasks, entries, papers and
/// plans that were about them, and every free text in which their name, address, number or date of birth stands as a word. What others
/// said of others stays. Nothing is taken when there is no such party.
TakenOut takeOut(canonical::CaseRecord& record, std::string_view person);

/// What these people of the case are called and reached by, in lower case.
std::set<std::string> valuesOf(const canonical::Case& whole, const std::set<std::string>& people);

/// What everybody else in the case (other parties, defendants) is called and reached by, in lower case.
std::set<std::string> valuesOfOthers(const canonical::Case& whole, std::string_view person);

/// True when one of the values stands in the text as a word or words of its own; letters of any case.
bool speaksOf(std::string_view text, const std::set<std::string>& values);
/// The same for the free texts of a message; and true when it names the number of the person, or tells of a party that has two of the
/// values (somebody who shares a family name alone is somebody else).
bool speaksOf(const canonical::CanonicalMessage& message, std::string_view person, const std::set<std::string>& values);

}  // namespace causeway::care
