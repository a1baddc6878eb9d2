#pragma once

#include "host/pipeline/store.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Which case was joined into which, and which was split off which. The link is a decision about the joined case, and undoing it another: both stay. A joined case keeps its
/// number, its key and everything in it; what comes for it enters the other.
namespace causeway::pipeline {

/// Kinds of decision: about the case that was joined (code "into:CASE" or "parted:CASE"), and about the one that holds it now (code "CASE").
inline constexpr std::string_view kJoin = "case_join", kJoined = "case_joined";
/// About the case of which a part went to one of its own (code: that one), and about the part (code: the case that it comes from).
inline constexpr std::string_view kSplit = "case_split", kSplitFrom = "case_split_from";
/// About a part that was a case before: its element (`person`), and what that was in the case that it comes from (code). A part without any
/// has the numbers that its elements had there.
inline constexpr std::string_view kSplitElement = "case_split_element";
inline constexpr std::string_view kInto = "into:", kParted = "parted:";

/// Of the decisions about one case the one that holds, when it is joined into another: the newest, unless it was undone.
const DecisionRow* joinNow(const std::vector<DecisionRow>& rows);
/// The case into which a link leads.
std::string leadIn(const DecisionRow& link);
/// Where the lead case stands as it was before the join: number of a snapshot of its own.
std::string beforeJoin(const DecisionRow& link);

/// The case that holds what is about this one: itself, or the one into which it was joined in the end.
Result<std::string> leadOf(Transaction& tx, std::string case_id);
/// Cases that are joined into this one now, directly.
Result<std::vector<std::string>> membersOf(Transaction& tx, const std::string& case_id);
Result<std::vector<std::string>> membersOf(Store& store, const std::string& case_id);
/// The cases with which this one was one before a split, as they are held now; not itself.
Result<std::vector<std::string>> siblingsOf(Transaction& tx, const std::string& case_id);
/// Of the keys of a case those that lead to none of the cases joined into it: these keep their own, for the day on which they are parted.
Result<std::vector<CaseKey>> ownKeys(Transaction& tx, const std::string& case_id, const std::vector<CaseKey>& keys);

}  // namespace causeway::pipeline
