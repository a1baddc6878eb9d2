#include "host/care/case_join.hpp"
#include "host/care/case_split.hpp"
#include "host/model/identifiers.hpp"
#include "host/pipeline/admission.hpp"
#include "host/pipeline/case_links.hpp"
#include "host/pipeline/restrictions.hpp"

#include <algorithm>

// The prosecutor says that some defendants go to a case of another number: that case is made of what was said of them, and the one that they
// leave is what it would be without them. Everything that can speak against it is found out before anything is written.
namespace causeway::pipeline {
namespace {

protection::Hold held(std::string code, std::string text) { return {std::move(code), "split", std::move(text)}; }

}  // namespace

/// A split while it is found out whether it may be.
struct Admitter::Splitting {
  std::string whole, part, urn, cause;
  bool test = false, is_new = false;
  canonical::CaseRecord before, rest, side;  ///< the case as it was, what is left of it, what goes
  canonical::CaseRecord known, made;         ///< the part as it was, where there was one, and as it will be
  care::Division division;
  std::map<std::string, std::string> elements;  ///< of the case, and what they are in a part that was there before
  std::set<std::string> moved;                  ///< messages that speak of those who go and of nobody who stays
  std::map<std::string, std::string> shared;    ///< messages of which the part has a share, and the number of that
  std::vector<canonical::CanonicalMessage> shares;
};

Result<Admitter::Split> Admitter::splitOff(Transaction& tx, const Passage& passage, const std::string& case_id) {
  Split out;
  Splitting splitting;
  splitting.urn = care::partedUrn(passage.message);
  if (splitting.urn.empty()) return out;
  splitting.whole = case_id;
  splitting.cause = passage.row.message_id;
  splitting.test = passage.message.test();
  CW_TRY(const KnownCase* known, loadCase(tx, case_id));
  splitting.before = known->record;
  // What came under the new number may have been the last to say a number of the case.
  if (const auto own = model::normaliseUrn(passage.message.case_().urn()); own.grade != model::Grade::Unusable)
    splitting.before.mutable_case_()->set_urn(own.value);
  CW_TRY(out.hold, findPart(tx, splitting));
  if (out.hold) return out;
  out.again = !splitting.is_new && care::isSplitAlready(splitting.before, splitting.known, passage.message);
  if (out.again) return out;
  CW_TRY(out.hold, mayBeSplit(tx, splitting));
  if (out.hold) return out;
  auto divided = care::divide(splitting.before, passage.message);
  if (divided.unclear) {
    out.hold = held(divided.unclear->code, divided.unclear->text);
    return out;
  }
  splitting.division = std::move(divided.division);
  CW_TRY(out.hold, divideMessages(tx, splitting));
  if (out.hold) return out;
  CW_TRY(out.hold, makePart(splitting));
  if (out.hold) return out;
  CW_CHECK_OK(writeSplit(tx, passage, splitting));
  out.part = splitting.part;
  return out;
}

/// The case of the new number, where the records or the court told of one before the notice came.
Result<std::optional<protection::Hold>> Admitter::findPart(Transaction& tx, Splitting& splitting) {
  canonical::Case named;
  named.set_urn(splitting.urn);
  CW_TRY(const auto found, tx.findCases(keysOf(named, splitting.test)));
  for (const auto& one : found) {
    // What came under the new number before may have entered the case by another number that both share.
    if (one == splitting.whole) continue;
    CW_TRY(auto lead, leadOf(tx, one));
    if (lead == splitting.whole || (!splitting.part.empty() && lead != splitting.part))
      return held("split_joined", "the case of the new number was joined into this one, or is more than one case");
    splitting.part = std::move(lead);
  }
  splitting.is_new = splitting.part.empty();
  if (splitting.is_new) {
    splitting.part = ids_.timeOrdered();
    return std::nullopt;
  }
  auto loaded = loadCase(tx, splitting.part);
  if (!loaded && loaded.error().kind == ErrorKind::Refused)
    return held("split_unreadable", "the case of the new number was erased or cannot be read");
  if (!loaded) return std::unexpected(std::move(loaded).error());
  splitting.known = (*loaded)->record;
  return std::nullopt;
}

/// What speaks against it whoever goes.
Result<std::optional<protection::Hold>> Admitter::mayBeSplit(Transaction& tx, const Splitting& splitting) {
  for (const auto& id : {splitting.whole, splitting.part}) {
    CW_TRY(const auto members, membersOf(tx, id));
    if (!members.empty())
      return held("split_joined", "another case is joined into the case; take it out first ('causeway part')");
    CW_TRY(const auto restricted, tx.decisionsAbout(kRestriction, id));
    if (!restrictionsNow(restricted).empty())
      return held("split_restricted", "the processing of the case, or of somebody in it, is restricted");
    CW_TRY(const auto erased, tx.decisionsAbout("erasure_of_person", id));
    if (!erased.empty()) return held("split_erased", "somebody was erased from the case");
  }
  // What is not sent yet was decided on what the whole case knew. A message that is held finds its side when it is released.
  CW_TRY(auto busy, underWay(tx, splitting.before, false));
  if (!busy && !splitting.is_new) {
    CW_TRY(busy, underWay(tx, splitting.known, false));
  }
  if (busy) return held("split_under_way", busy->text);
  return std::nullopt;
}

/// Which messages go with those who go, and of which each side has its share.
Result<std::optional<protection::Hold>> Admitter::divideMessages(Transaction& tx, Splitting& splitting) {
  const auto& [going, staying, both] = splitting.division;
  const auto any = [](const std::set<std::string>& ids, const std::set<std::string>& of) {
    return std::ranges::any_of(ids, [&](const auto& id) { return of.contains(id); });
  };
  std::set<std::string> concerned = both;
  for (const auto& party : splitting.before.case_().parties())
    if (care::isOffice(party)) concerned.erase(party.id());
  for (const auto& id : splitting.before.message_ids()) {
    auto message = messageOf(tx, id);
    if (!message) return held("split_unreadable", message.error().what);
    const auto mentioned = care::mentionedIn(*message, splitting.before);
    if (mentioned.any_unknown)
      return held("split_people", "a message of the case speaks of somebody of whom it is not sure who it is");
    const bool goes = any(mentioned.ids, going), stays = any(mentioned.ids, staying);
    const bool named_so = model::normaliseUrn(message->case_().urn()).value == splitting.urn;
    if (!goes && !named_so && !any(mentioned.ids, concerned)) continue;
    auto share = care::withoutThem(*message, splitting.before, staying);
    if ((goes || named_so) && !stays) {
      splitting.moved.insert(id);
    } else {
      CW_TRY(auto name, freeName(tx, id));
      share.set_message_id(name);
      splitting.shared[id] = std::move(name);
    }
    splitting.shares.push_back(std::move(share));
  }
  return std::nullopt;
}

Result<std::optional<protection::Hold>> Admitter::makePart(Splitting& splitting) {
  care::PartOf of{splitting.urn, {}, splitting.shared};
  for (const auto& share : splitting.shares) of.message_ids.push_back(share.message_id());
  splitting.side = care::partOf(splitting.before, splitting.division, of);
  splitting.rest = care::restOf(splitting.before, splitting.division, splitting.moved, splitting.before.case_().urn());
  splitting.made = splitting.side;
  if (!splitting.is_new) {
    const auto& known = splitting.known.case_();
    if (const auto why = care::refusesJoin(known, splitting.side.case_())) return held(why->code, why->text);
    auto messages = splitting.shares;
    for (auto& message : messages) message = care::asOfLead(known, std::move(message));
    auto made = care::addSilently(splitting.known, std::move(messages));
    if (!made) return held("join_identity", made.error().what);
    splitting.elements = care::sameElements(splitting.side, *made);
    const auto lost = [&](const auto& one) { return !splitting.elements.contains(one.id()); };
    if (std::ranges::any_of(splitting.side.case_().parties(), lost) ||
        std::ranges::any_of(splitting.side.case_().defendants(), lost))
      return held("join_identity", "it is not sure who of those who go is who in the case of the new number");
    if (care::offencesIn(made->case_()) > std::max(care::offencesIn(known), care::offencesIn(splitting.side.case_())))
      return held("join_identity",
                  "it is not sure which offences of those who go are which in the case of the new number");
    care::takeFindings(splitting.side, splitting.elements, *made);
    *made->mutable_case_()->add_related() = splitting.side.case_().related(splitting.side.case_().related_size() - 1);
    splitting.made = *std::move(made);
  }
  for (auto [id, record] : {std::pair(&splitting.whole, &splitting.rest), {&splitting.part, &splitting.made}}) {
    record->mutable_case_()->set_case_id(*id);
    care::Folded folded{std::move(*record), {}, {}};
    assess(*rulebook_, folded, clock_.now());
    *record = std::move(folded.record);
  }
  return std::nullopt;
}

Result<void> Admitter::writeSplit(Transaction& tx, const Passage& passage, Splitting& splitting) {
  const auto decide = [&](std::string_view kind, const std::string& about, const std::string& person,
                          const std::string& code) {
    return tx.insert(DecisionRow{ids_.timeOrdered(),
                                 std::string(kind),
                                 about,
                                 person,
                                 code,
                                 passage.row.sender,
                                 splitting.cause,
                                 clock_.now(),
                                 {}});
  };
  CW_CHECK_OK(decide(kSplit, splitting.whole, {}, splitting.part));
  CW_CHECK_OK(decide(kSplitFrom, splitting.part, {}, splitting.whole));
  for (const auto& [was, is] : splitting.elements) CW_CHECK_OK(decide(kSplitElement, splitting.part, is, was));
  CW_CHECK_OK(moveMessages(tx, splitting));
  CW_CHECK_OK(splitClocks(tx, splitting));
  for (auto [id, record] : {std::pair(&splitting.whole, &splitting.rest), {&splitting.part, &splitting.made}}) {
    CW_TRY(KnownCase * known, loadCase(tx, *id));
    CW_CHECK_OK(saveCase(tx, {*id, known->seq + 1, {}, splitting.test}, *known, std::move(*record)));
  }
  return audit(tx, {.op = "alteration",
                    .at = clock_.now(),
                    .actor = passage.row.sender,
                    .message_id = splitting.cause,
                    .case_id = splitting.whole,
                    .rule = "split",
                    .details = {{"part", splitting.part},
                                {"people", std::to_string(splitting.division.going.size())},
                                {"messages", std::to_string(splitting.moved.size())},
                                {"shared", std::to_string(splitting.shared.size())}}});
}

/// What only repeated another message is in no case, and must be found by the erasure of the one that it speaks of.
Result<void> Admitter::moveRepeats(Transaction& tx, const Splitting& splitting, const SealedItem& item) {
  const auto& known = splitting.before.message_ids();
  if (std::ranges::find(known, item.message_id) != known.end()) return {};
  const auto bytes = vault_.open(ownScope(item.message_id), contextOf(item), item.sealed);
  canonical::CanonicalMessage message;
  if (!bytes || !message.ParseFromString(*bytes)) return {};
  const auto mentioned = care::mentionedIn(message, splitting.before).ids;
  const auto any = [&](const std::set<std::string>& of) {
    return std::ranges::any_of(mentioned, [&](const auto& id) { return of.contains(id); });
  };
  CW_TRY(const auto row, tx.findMessage(item.message_id));
  if (!row || !any(splitting.division.going) || any(splitting.division.staying)) return {};
  return tx.updateMessage(row->message_id, row->state, splitting.part, row->reason);
}

/// Messages of those who go are sealed under the key of the part; of the others each case has its share under its own key.
Result<void> Admitter::moveMessages(Transaction& tx, const Splitting& splitting) {
  CW_TRY(const auto items, tx.sealedOf(splitting.whole));
  for (const auto& item : items) {
    if (item.part == SealedItem::Part::Canonical) CW_CHECK_OK(moveRepeats(tx, splitting, item));
    const bool kind = item.part == SealedItem::Part::Raw || item.part == SealedItem::Part::Canonical;
    if (!kind || !splitting.moved.contains(item.message_id)) continue;
    // What waited or was held is under a key of its own and stays there.
    const auto bytes = vault_.open(splitting.whole, contextOf(item), item.sealed);
    if (!bytes) continue;
    CW_TRY(const auto sealed, vault_.seal(splitting.part, contextOf(item), *bytes));
    CW_CHECK_OK(tx.rewrite(item, sealed));
  }
  for (const auto& id : splitting.moved) {
    CW_TRY(const auto row, tx.findMessage(id));
    if (row) CW_CHECK_OK(tx.updateMessage(id, row->state, splitting.part, row->reason));
  }
  for (const auto& [id, name] : splitting.shared) CW_CHECK_OK(shareMessage(tx, splitting, id));
  return {};
}

Result<void> Admitter::shareMessage(Transaction& tx, const Splitting& splitting, const std::string& id) {
  CW_TRY(auto row, tx.findMessage(id));
  if (!row) return fail(ErrorKind::Broken, "a message of the case is gone");
  CW_TRY(const auto message, messageOf(tx, id));
  const auto& name = splitting.shared.at(id);
  const auto share = std::ranges::find(splitting.shares, name, [](const auto& one) { return one.message_id(); });
  auto of_part = *row;
  of_part.message_id = name;
  of_part.case_id = splitting.part;
  of_part.state = MessageState::Done;
  of_part.reason.clear();
  of_part.raw_sealed.clear();
  CW_TRY(of_part.canonical_sealed, vault_.seal(splitting.part, "canonical:" + name, share->SerializeAsString()));
  CW_CHECK_OK(tx.insert(of_part));
  const auto rest = care::withoutThem(message, splitting.before, splitting.division.going);
  if (rest.SerializeAsString() == message.SerializeAsString()) return {};
  const bool own = !vault_.open(row->case_id, "canonical:" + id, row->canonical_sealed);
  const auto scope = own ? ownScope(id) : row->case_id;
  CW_TRY(row->canonical_sealed, vault_.seal(scope, "canonical:" + id, rest.SerializeAsString()));
  return tx.rewriteMessage(*row);
}

/// A clock keeps its start, its law and its time, and goes with the person or thing that it is about; of somebody who is in both cases with the
/// message that started it.
Result<void> Admitter::splitClocks(Transaction& tx, const Splitting& splitting) {
  const auto of_rest = care::idsIn(splitting.rest.case_()), of_side = care::idsIn(splitting.side.case_());
  CW_TRY(const auto open, tx.openClocksOf(splitting.whole));
  std::vector<care::ClockRow> moved;
  for (auto row : open) {
    const bool goes =
        of_side.contains(row.element) && (!of_rest.contains(row.element) || splitting.moved.contains(row.message_id));
    if (!goes) continue;
    row.case_id = splitting.part;
    if (const auto same = splitting.elements.find(row.element); same != splitting.elements.end())
      row.element = same->second;
    if (const auto same = splitting.elements.find(row.hearing); same != splitting.elements.end())
      row.hearing = same->second;
    moved.push_back(std::move(row));
  }
  return clocks().write(tx, std::move(moved), "clock_moved");
}

}  // namespace causeway::pipeline
