#include "host/care/case_join.hpp"
#include "host/model/identifiers.hpp"
#include "host/pipeline/admission.hpp"
#include "host/pipeline/case_links.hpp"
#include "host/pipeline/restrictions.hpp"

#include <algorithm>

// Court or prosecutor say that cases are one: what was said of the others is said of the lead case too, and what comes for them enters it.
// Everything that can speak against it is found out before anything is written.
namespace causeway::pipeline {
namespace {

protection::Hold held(std::string code, std::string text) { return {std::move(code), "join", std::move(text)}; }

bool hasLost(const canonical::CaseRecord& from, const std::map<std::string, std::string>& elements) {
  const auto lost = [&](const auto& one) { return !elements.contains(one.id()); };
  return std::ranges::any_of(from.case_().parties(), lost) || std::ranges::any_of(from.case_().defendants(), lost);
}

}  // namespace

/// A join while it is found out whether it may be.
struct Admitter::Joining {
  std::string lead, other;
  bool test = false;
  canonical::CaseRecord joined;                 ///< the lead case, and with each step what came into it
  canonical::CaseRecord before;                 ///< the lead case before this step
  canonical::CaseRecord taken;                  ///< the other case
  std::map<std::string, std::string> elements;  ///< of the other case, and what they are in the lead case
  std::int64_t seq = 0;
};

/// Ids of the cases that the keys lead to; of joined ones the case that holds them.
Result<std::vector<std::string>> Admitter::casesOf(Transaction& tx, const std::vector<CaseKey>& keys) {
  CW_TRY(const auto found, tx.findCases(keys));
  std::vector<std::string> out;
  for (const auto& one : found) {
    CW_TRY(auto lead, leadOf(tx, one));
    if (std::ranges::find(out, lead) == out.end()) out.push_back(std::move(lead));
  }
  return out;
}

/// A part that was split off shares numbers with the case that it comes from, such as the occurrence, and is a case of its own: there the
/// URN alone says which of the two is meant. Before the new case is known, it is none of those found.
Result<std::vector<std::string>> Admitter::caseOfPart(Transaction& tx, const canonical::CanonicalMessage& message,
                                                      std::vector<std::string> cases) {
  const auto urn = model::normaliseUrn(message.case_().urn());
  if (urn.grade == model::Grade::Unusable) return cases;
  std::vector<std::string> rest;
  std::set<std::string> of_parts;
  std::map<std::string, std::string> own;
  for (const auto& id : cases) {
    auto loaded = loadCase(tx, id);
    if (!loaded && loaded.error().kind == ErrorKind::Refused) return cases;
    if (!loaded) return std::unexpected(std::move(loaded).error());
    own[id] = model::normaliseUrn((*loaded)->record.case_().urn()).value;
    if ((*loaded)->record.case_().related().empty()) {
      rest.push_back(id);
      continue;
    }
    // A copy: what is loaded next may drop it.
    const auto whole = (*loaded)->record.case_();
    CW_TRY(const bool other, isOfAnotherPart(tx, whole, urn.value));
    if (other) continue;
    rest.push_back(id);
    if (own[id] != urn.value) continue;
    for (const auto& one : whole.related())
      if (const auto part = model::normaliseUrn(one.urn()).value; care::wasSplitOff(whole, part)) of_parts.insert(part);
  }
  std::erase_if(rest, [&](const auto& id) { return of_parts.contains(own[id]); });
  return rest;
}

/// The URN is one of a part that was split off this case and was not joined into it again.
Result<bool> Admitter::isOfAnotherPart(Transaction& tx, const canonical::Case& whole, const std::string& urn) {
  if (model::normaliseUrn(whole.urn()).value == urn || !care::wasSplitOff(whole, urn)) return false;
  CW_TRY(const auto members, membersOf(tx, whole.case_id()));
  for (const auto& member : members) {
    auto loaded = loadCase(tx, member);
    if (loaded && model::normaliseUrn((*loaded)->record.case_().urn()).value == urn) return false;
  }
  return true;
}

/// Nothing when there is nothing to join, or all of it is joined now.
Result<std::optional<protection::Hold>> Admitter::joinOthers(Transaction& tx, const Passage& passage,
                                                             const std::string& case_id) {
  const auto urns = care::joinedUrns(passage.message);
  if (urns.empty()) return std::nullopt;
  std::vector<std::string> others;
  for (const auto& urn : urns) {
    canonical::Case named;
    named.set_urn(urn);
    CW_TRY(const auto cases, casesOf(tx, keysOf(named, passage.message.test())));
    if (cases.size() > 1) return held("many_cases", "a number that is to be joined fits more than one case");
    if (!cases.empty() && cases.front() != case_id && std::ranges::find(others, cases.front()) == others.end())
      others.push_back(cases.front());
  }
  CW_TRY(const KnownCase* known, loadCase(tx, case_id));
  Joining first{case_id, {}, passage.message.test(), known->record, {}, {}, {}, known->seq};
  std::vector<Joining> steps;
  for (const auto& other : others) {
    Joining step = steps.empty() ? first : steps.back();
    CW_TRY(auto why, prepareJoin(tx, other, step));
    if (why) return why;
    steps.push_back(std::move(step));
  }
  for (auto& step : steps) CW_CHECK_OK(writeJoin(tx, passage, step));
  return std::nullopt;
}

Result<std::optional<protection::Hold>> Admitter::prepareJoin(Transaction& tx, const std::string& other,
                                                              Joining& joining) {
  joining.other = other;
  joining.before = joining.joined;
  auto loaded = loadCase(tx, other);
  if (!loaded && loaded.error().kind == ErrorKind::Refused)
    return held("join_unreadable", "a case that is to be joined was erased or cannot be read");
  if (!loaded) return std::unexpected(std::move(loaded).error());
  joining.taken = (*loaded)->record;
  if (const auto why = care::refusesJoin(joining.before.case_(), joining.taken.case_()))
    return held(why->code, why->text);
  CW_TRY(const auto restricted, tx.decisionsAbout(kRestriction, other));
  if (!restrictionsNow(restricted).empty())
    return held("join_restricted", "the processing of a case that is to be joined is restricted");
  for (const auto& id : {other, joining.lead}) {
    CW_TRY(const auto erased, tx.decisionsAbout("erasure_of_person", id));
    if (!erased.empty()) return held("join_erased", "somebody was erased from one of the two cases");
  }
  CW_TRY(auto busy, underWay(tx, joining.taken));
  if (busy) return busy;
  return takeMessages(tx, joining);
}

/// What is not sent yet was decided on what its own case knew, and would not hear what comes for the joined one.
Result<std::optional<protection::Hold>> Admitter::underWay(Transaction& tx, const canonical::CaseRecord& record,
                                                           bool messages) {
  const auto busy = held("join_under_way", "something about the case is still to be sent, or held");
  for (const auto& id : record.message_ids()) {
    CW_TRY(const auto open, tx.openDeliveries(id));
    if (open.under_way > 0 || open.held > 0) return busy;
  }
  CW_TRY(const auto holds, tx.holdsOf(record.case_().case_id()));
  if (std::ranges::any_of(holds, [&](const HoldRow& one) {
        return !one.released_at.has_value() && (messages || !one.delivery_id.empty());
      }))
    return busy;
  return std::nullopt;
}

Result<canonical::CanonicalMessage> Admitter::messageOf(Transaction& tx, const std::string& message_id) {
  CW_TRY(const auto row, tx.findMessage(message_id));
  canonical::CanonicalMessage out;
  if (row)
    for (const auto& scope : {row->case_id, ownScope(message_id)}) {
      if (scope.empty()) continue;
      const auto bytes = vault_.open(scope, "canonical:" + message_id, row->canonical_sealed);
      if (bytes && out.ParseFromString(*bytes)) return out;
    }
  return fail(ErrorKind::Refused, "a message of the case cannot be read back");
}

Result<std::optional<protection::Hold>> Admitter::takeMessages(Transaction& tx, Joining& joining) {
  std::vector<canonical::CanonicalMessage> messages;
  for (const auto& id : joining.taken.message_ids()) {
    auto message = messageOf(tx, id);
    if (!message) return held("join_unreadable", message.error().what);
    // Its other share says of everybody else that they are not on it.
    if (id.find('+') != std::string::npos && !message->complete().empty())
      return held("join_divided", "a list that was whole was divided when the case was split off");
    messages.push_back(care::asOfLead(joining.before.case_(), *std::move(message)));
  }
  auto joined = care::addSilently(joining.before, std::move(messages));
  if (!joined) return held("join_identity", joined.error().what);
  joining.elements = care::sameElements(joining.taken, *joined);
  if (hasLost(joining.taken, joining.elements))
    return held("join_identity", "it is not sure who of one case is who in the other");
  care::takeFindings(joining.taken, joining.elements, *joined);
  joined->mutable_case_()->set_case_id(joining.lead);
  // What follows from both together is known from now on, and told when something changes.
  care::Folded folded{*std::move(joined), {}, {}};
  assess(*rulebook_, folded, clock_.now());
  joining.joined = std::move(folded.record);
  return std::nullopt;
}

Result<void> Admitter::writeJoin(Transaction& tx, const Passage& passage, Joining& joining) {
  const DecisionRow link{
      ids_.timeOrdered(), std::string(kJoin),     joining.other, {}, std::string(kInto) + joining.lead,
      passage.row.sender, passage.row.message_id, clock_.now(),  {}};
  CW_CHECK_OK(tx.insert(link));
  CW_CHECK_OK(tx.insert(DecisionRow{ids_.timeOrdered(),
                                    std::string(kJoined),
                                    joining.lead,
                                    {},
                                    joining.other,
                                    passage.row.sender,
                                    passage.row.message_id,
                                    clock_.now(),
                                    {}}));
  CaseRow before{beforeJoin(link), 1, {}, joining.test};
  CW_TRY(before.snapshot_sealed, vault_.seal(joining.lead, before.case_id, joining.before.SerializeAsString()));
  CW_CHECK_OK(tx.saveCase(before));
  CW_TRY(KnownCase * known, loadCase(tx, joining.lead));
  CW_CHECK_OK(saveCase(tx, {joining.lead, known->seq + 1, {}, joining.test}, *known, joining.joined));
  CW_TRY(auto open, tx.openClocksOf(joining.other));
  for (auto& row : open) {
    row.case_id = joining.lead;
    if (const auto same = joining.elements.find(row.element); same != joining.elements.end())
      row.element = same->second;
    if (const auto same = joining.elements.find(row.hearing); same != joining.elements.end())
      row.hearing = same->second;
  }
  CW_CHECK_OK(clocks().write(tx, std::move(open), "clock_moved"));
  return audit(tx, {.op = "combination",
                    .at = clock_.now(),
                    .actor = passage.row.sender,
                    .message_id = passage.row.message_id,
                    .case_id = joining.lead,
                    .rule = "join",
                    .details = {{"joined", joining.other}}});
}

}  // namespace causeway::pipeline
