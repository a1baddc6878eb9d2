#pragma once

#include "host/care/ledger.hpp"

#include <set>
#include <string>
#include <string_view>

namespace causeway::care {

/// Finds which element of the case a message means. The order of the rules is that of the canonical model, section 5: a number of
/// the same system first, names last, never a guess. Each answers the index of the element, or one of:
inline constexpr int kNobody = -1;   ///< none answers
inline constexpr int kSeveral = -2;  ///< more than one answers: a person must say

int findDefendant(const canonical::Case& whole, const canonical::Defendant& said, const Ledger& ledger);
int findParty(const canonical::Case& whole, const canonical::Party& said);
/// The two are the same beyond doubt: a number of the same system, the same officer, or the same name and date of birth.
bool areOne(const canonical::Party& a, const canonical::Party& b);

/// `used` holds the ids that other offences of the same message have already taken.
struct OffenceSearch {
  const Ledger& ledger;
  std::string_view family;  ///< of the message: sequences are comparable only within one
  const std::set<std::string>& used;
  bool exact = true;  ///< by its numbers; otherwise by code and start date where only one answers
};
int findOffence(const canonical::Defendant& defendant, const canonical::Offence& said, const OffenceSearch& search);

/// By the court's number, else by code, wording and dates at the same hearing.
int findResult(const google::protobuf::RepeatedPtrField<canonical::Result>& results, const canonical::Result& said,
               const std::set<std::string>& used);

/// By Common Platform id; else, of those of the same defendant, by court house, date and time, or the court house and date
/// that a numbered one once had. A time that nobody has said yet goes with any other, unless the purposes differ.
int findHearing(const canonical::Case& whole, const canonical::Hearing& said, const Ledger& ledger);

/// The Common Platform id of a hearing; empty when it has none.
std::string_view hearingNumber(const canonical::Hearing& hearing);
/// Whether the hearing is or was listed at that court house on that date.
bool wasAt(const canonical::Hearing& hearing, std::string_view house, std::string_view date, const Ledger& ledger);
/// They are of the same defendants, as far as the two say: one with a number may not have been told of all of its own.
bool sameDefendants(const canonical::Hearing& a, const canonical::Hearing& b);
/// The same start on the same day at the same court house, as exactly as both say. A purpose counts where the time does not decide.
bool sameFixture(const canonical::Hearing& a, const canonical::Hearing& b);
/// Neither says a purpose other than the other's.
bool purposesAgree(const canonical::Hearing& a, const canonical::Hearing& b);
/// The court house that a hearing's key goes by: 5 characters of the unit code, else the name in capitals.
std::string houseOf(const canonical::Hearing& hearing);

}  // namespace causeway::care
