#pragma once

#include "host/care/ledger.hpp"

namespace causeway::care {

/// A prosecutor who said that a trial has cracked, and asks for its witnesses afterwards, has thought better of it (a plea of guilty that is
/// not accepted): the trial is shown as one that goes on, and a witness who was stood down as one who is to be warned anew. What the court
/// said stands, and so does what was said later than the last demand. Done when everything is shown; the record keeps every claim, so the
/// order of arrival does not matter.
void showWantedAgain(canonical::CaseRecord& record, const Ledger& ledger);

}  // namespace causeway::care
