#pragma once

#include "host/model/case.pb.h"

#include <string_view>

namespace causeway::care {

/// Which kind of system spoke, from the format of its message: "courts.spi-result/1" is of the family "courts".
std::string_view familyOf(std::string_view format);

/// How the shown value of a field is chosen when several things were said about it.
enum class Choice {
  Latest,    ///< what was said last, by whomever
  Court,     ///< the court's word, then the prosecutor's, then the records'
  Records,   ///< the records' word, then the prosecutor's, then the court's
  Plea,      ///< as Court, but "none" never takes the place of a plea
  Raised,    ///< true once, true always, until a person says otherwise
  Unsafe,    ///< "unsafe" once, unsafe always, until a person says otherwise
  Answered,  ///< what was said last, but that something is asked for never takes the place of its answer
  Resulted,  ///< as Court, but a hearing with results has taken place, whatever is said of its listing afterwards
};

/// The rule for a field of an element ("o-1", "plea"). The precedence of the canonical model, marked there as judgement.
Choice choiceFor(std::string_view element, std::string_view field);

/// A value with who said it when. Looks into the record: valid until that changes.
struct Claim {
  std::string_view value;
  std::string_view source;
  std::string_view family;
  std::string_view message_id;
  std::string_view when;  ///< asserted_at, else received_at; without its Z, so that it compares as text

  std::string_view day() const { return when.substr(0, 10); }
};
Claim claimOf(const canonical::CaseRecord& record, const canonical::Fact& fact);

/// Whether `a` is shown rather than `b`. A total order for claims of different messages, so that arrival never matters.
bool outranks(const Claim& a, const Claim& b, Choice choice);

}  // namespace causeway::care
