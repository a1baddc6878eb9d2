#pragma once

#include "host/care/ledger.hpp"
#include "host/care/merger.hpp"

/// What a sender has taken back. A mark is a claim beside the others: of a field that is one value, the claim that there is nothing
/// (an empty value); of a list, that what this source said of it before no longer holds ("addresses[]", "attendances[h-1][]" for
/// one hearing only). An item is shown while the claim of any source on it stands. What nobody stands for any more is kept aside in
/// the record as it was, so that the same messages in any order give the same case.
namespace causeway::care {

/// For the length of a fold the lists hold everything that was ever said. After the fixtures are opened.
void openWithdrawn(canonical::CaseRecord& record);

/// Whose lists are closed: those of defendants, offences and fixtures while hearings go by the ids of fixtures, the others once they
/// go by the ids that are shown.
enum class Lists { OfDefendants, OfPeople };
/// Puts aside what its sources have taken back, and clears the fields of which the strongest claim is that there is nothing.
void closeWithdrawn(canonical::CaseRecord& record, Ledger& ledger, Lists which);

/// Elements (by id; empty for the case itself) of which something is aside.
std::vector<std::string> elementsWithdrawn(const canonical::CaseRecord& record);

/// Takes the value of a field below an element away; true when there was one.
bool clearIn(model::ProtoMessage& element, std::string_view path);

/// A claim on the field of a mark of a list: for one hearing only, unless `hearing` is empty.
std::string markOf(const std::string& list, std::string_view hearing);

}  // namespace causeway::care
