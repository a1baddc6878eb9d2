#include "host/pipeline/case_links.hpp"

#include <algorithm>
#include <set>

namespace causeway::pipeline {
namespace {

Result<std::vector<std::string>> membersIn(auto& decisions, const std::string& case_id) {
  CW_TRY(const auto taken, decisions.decisionsAbout(kJoined, case_id));
  std::set<std::string> out;
  for (const auto& row : taken) {
    CW_TRY(const auto links, decisions.decisionsAbout(kJoin, row.code));
    const auto* link = joinNow(links);
    if (link && leadIn(*link) == case_id) out.insert(row.code);
  }
  return std::vector<std::string>(out.begin(), out.end());
}

}  // namespace

const DecisionRow* joinNow(const std::vector<DecisionRow>& rows) {
  return rows.empty() || !rows.back().code.starts_with(kInto) ? nullptr : &rows.back();
}

std::string leadIn(const DecisionRow& link) { return link.code.substr(kInto.size()); }

std::string beforeJoin(const DecisionRow& link) { return "before-join:" + link.decision_id; }

Result<std::string> leadOf(Transaction& tx, std::string case_id) {
  // Nothing is joined into what is joined into it, so this ends; were it not so, the case would be none of both.
  std::set<std::string> seen;
  while (seen.insert(case_id).second) {
    CW_TRY(const auto rows, tx.decisionsAbout(kJoin, case_id));
    const auto* link = joinNow(rows);
    if (!link) return case_id;
    case_id = leadIn(*link);
  }
  return fail(ErrorKind::Conflict, "cases are joined in a circle");
}

Result<std::vector<std::string>> membersOf(Transaction& tx, const std::string& case_id) {
  return membersIn(tx, case_id);
}
Result<std::vector<std::string>> membersOf(Store& store, const std::string& case_id) {
  return membersIn(store, case_id);
}

Result<std::vector<std::string>> siblingsOf(Transaction& tx, const std::string& case_id) {
  std::set<std::string> seen{case_id};
  std::vector<std::string> open{case_id}, out;
  while (!open.empty()) {
    const auto one = open.back();
    open.pop_back();
    CW_TRY(auto around, membersOf(tx, one));
    for (const auto kind : {kSplit, kSplitFrom}) {
      CW_TRY(const auto rows, tx.decisionsAbout(kind, one));
      for (const auto& row : rows) around.push_back(row.code);
    }
    for (const auto& next : around)
      if (seen.insert(next).second) open.push_back(next);
    CW_TRY(const auto lead, leadOf(tx, one));
    if (lead != case_id && std::ranges::find(out, lead) == out.end()) out.push_back(lead);
    if (seen.insert(lead).second) open.push_back(lead);
  }
  return out;
}

Result<std::vector<CaseKey>> ownKeys(Transaction& tx, const std::string& case_id, const std::vector<CaseKey>& keys) {
  CW_TRY(const auto taken, tx.decisionsAbout(kJoined, case_id));
  if (taken.empty()) return keys;
  std::vector<CaseKey> out;
  for (const auto& key : keys) {
    CW_TRY(const auto cases, tx.findCases({key}));
    const bool anothers = std::ranges::any_of(
        cases, [&](const auto& one) { return std::ranges::find(taken, one, &DecisionRow::code) != taken.end(); });
    if (!anothers) out.push_back(key);
  }
  return out;
}

}  // namespace causeway::pipeline
