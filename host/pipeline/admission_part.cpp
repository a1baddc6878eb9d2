#include "host/care/case_join.hpp"
#include "host/pipeline/admission.hpp"
#include "host/pipeline/case_links.hpp"

#include <algorithm>

// A join is undone: each of the two cases stands as if it had come without the other, and nothing that came meanwhile is lost.
namespace causeway::pipeline {

/// A case that is taken out of another again.
struct Admitter::Parting {
  std::string lead, other;
  canonical::CaseRecord before;                                ///< the lead case before the join
  canonical::CaseRecord joined, taken;                         ///< as both stand now
  std::vector<canonical::CanonicalMessage> of_lead, of_other;  ///< that came since
  std::set<std::string> moved;                                 ///< numbers of those that came for the other case
};

Result<Parted> Admitter::part(Transaction& tx, const Ruling& ruling) {
  CW_TRY(const auto links, tx.decisionsAbout(kJoin, ruling.about));
  const auto* link = joinNow(links);
  if (!link) return fail(ErrorKind::NotFound, "this case is joined into no other");
  Parting parting{leadIn(*link), ruling.about, {}, {}, {}, {}, {}, {}};
  CW_TRY(const auto above, leadOf(tx, parting.lead));
  if (above != parting.lead)
    return fail(ErrorKind::Refused,
                "nothing was parted: the case that holds it is joined into another; part that one first");
  CW_TRY(const auto stored, tx.loadCase(beforeJoin(*link)));
  CW_TRY(const auto row, tx.loadCase(parting.lead));
  const auto bytes = stored ? vault_.open(parting.lead, beforeJoin(*link), stored->snapshot_sealed)
                            : Result<std::string>(fail(ErrorKind::NotFound, "none"));
  if (!row || !bytes || !parting.before.ParseFromString(*bytes))
    return fail(ErrorKind::Refused, "nothing was parted: the case as it was before the join cannot be read any more");
  CW_TRY(const KnownCase* lead, loadCase(tx, parting.lead));
  parting.joined = lead->record;
  CW_TRY(const KnownCase* other, loadCase(tx, parting.other));
  parting.taken = other->record;
  CW_TRY(const auto busy, underWay(tx, parting.joined));
  if (busy)
    return fail(ErrorKind::Refused,
                "nothing was parted: something about the joined case is still to be sent, or held. Let it go out, or "
                "release or close what is held ('causeway held'), and part them then");
  CW_CHECK_OK(sortMessages(tx, parting));
  // Numbers that were given in the joined case mean what they meant there, for good.
  parting.before.set_next_element(std::max(parting.before.next_element(), parting.joined.next_element()));
  CW_TRY(auto alone, care::addSilently(parting.before, std::move(parting.of_lead)));
  CW_TRY(auto again, care::addSilently(parting.taken, std::move(parting.of_other)));
  care::takeFindings(parting.joined, care::sameElements(parting.joined, alone), alone);
  care::takeFindings(parting.joined, care::sameElements(parting.joined, again), again);
  alone.mutable_case_()->set_case_id(parting.lead);
  again.mutable_case_()->set_case_id(parting.other);
  CW_CHECK_OK(tx.insert(DecisionRow{ids_.timeOrdered(),
                                    std::string(kJoin),
                                    parting.other,
                                    {},
                                    std::string(kParted) + parting.lead,
                                    ruling.by,
                                    ruling.because,
                                    clock_.now(),
                                    {}}));
  CW_CHECK_OK(partClocks(tx, parting, alone, again));
  CW_CHECK_OK(reseal(tx, parting));
  for (auto& [id, record] : {std::pair(&parting.lead, &alone), std::pair(&parting.other, &again)}) {
    CW_TRY(KnownCase * known, loadCase(tx, *id));
    CW_CHECK_OK(saveCase(tx, {*id, known->seq + 1, {}, row->test}, *known, std::move(*record)));
  }
  CW_CHECK_OK(audit(tx, {.op = "alteration",
                         .at = clock_.now(),
                         .actor = ruling.by,
                         .case_id = parting.lead,
                         .rule = "join",
                         .details = {{"parted", parting.other},
                                     {"because", ruling.because},
                                     {"through", ruling.through},
                                     {"messages", std::to_string(parting.moved.size())}}}));
  return Parted{parting.lead, static_cast<int>(parting.moved.size())};
}

/// What came since the join belongs to the case whose numbers it names; what names neither, or both, to the lead case.
Result<void> Admitter::sortMessages(Transaction& tx, Parting& parting) {
  std::set<std::string> known(parting.before.message_ids().begin(), parting.before.message_ids().end());
  known.insert(parting.taken.message_ids().begin(), parting.taken.message_ids().end());
  for (const auto& id : parting.joined.message_ids()) {
    if (known.contains(id)) continue;
    CW_TRY(auto message, messageOf(tx, id));
    // The word that joined them is taken back with the join.
    if (!care::joinedUrns(message).empty()) message.mutable_case_()->clear_related();
    CW_TRY(const auto cases, tx.findCases(keysOf(message.case_(), message.test())));
    const auto names = [&](const std::string& one) { return std::ranges::find(cases, one) != cases.end(); };
    const bool others = names(parting.other) && !names(parting.lead);
    if (others) parting.moved.insert(id);
    (others ? parting.of_other : parting.of_lead).push_back(std::move(message));
  }
  return {};
}

/// A clock goes with the person whom it is about; of one who is in both, with the message that started it.
Result<void> Admitter::partClocks(Transaction& tx, const Parting& parting, const canonical::CaseRecord& lead,
                                  const canonical::CaseRecord& other) {
  const auto in_lead = care::sameElements(parting.joined, lead), in_other = care::sameElements(parting.joined, other);
  const std::set<std::string> of_other(other.message_ids().begin(), other.message_ids().end());
  CW_TRY(auto open, tx.openClocksOf(parting.lead));
  for (auto& row : open) {
    const auto here = in_lead.find(row.element), there = in_other.find(row.element);
    const bool goes = there != in_other.end() && (here == in_lead.end() || of_other.contains(row.message_id));
    const auto& hearings = goes ? in_other : in_lead;
    if (const auto same = hearings.find(row.hearing); same != hearings.end()) row.hearing = same->second;
    if (goes) {
      row.case_id = parting.other;
      row.element = there->second;
    } else if (here != in_lead.end()) {
      row.element = here->second;
    }
  }
  return clocks().write(tx, std::move(open), "clock_moved");
}

/// What came for the other case meanwhile lies under its own key again, so that erasing one of the two reaches all of it.
Result<void> Admitter::reseal(Transaction& tx, const Parting& parting) {
  if (parting.moved.empty()) return {};
  CW_TRY(const auto items, tx.sealedOf(parting.lead));
  for (const auto& item : items) {
    const bool kind = item.part == SealedItem::Part::Raw || item.part == SealedItem::Part::Canonical;
    if (!kind || !parting.moved.contains(item.message_id)) continue;
    const auto bytes = vault_.open(parting.lead, contextOf(item), item.sealed);
    if (!bytes) continue;
    CW_TRY(const auto sealed, vault_.seal(parting.other, contextOf(item), *bytes));
    CW_CHECK_OK(tx.rewrite(item, sealed));
  }
  for (const auto& id : parting.moved) {
    CW_TRY(const auto row, tx.findMessage(id));
    if (row) CW_CHECK_OK(tx.updateMessage(id, row->state, parting.other, row->reason));
  }
  return {};
}

}  // namespace causeway::pipeline
