#include "host/care/case_join.hpp"
#include "host/care/case_split.hpp"
#include "host/pipeline/admission.hpp"
#include "host/pipeline/case_links.hpp"
#include "host/pipeline/correction_watch.hpp"
#include "host/pipeline/corrections.hpp"

#include <algorithm>

// A correction, and the end of a consent, go to exactly those whom the disclosure register names.
namespace causeway::pipeline {
namespace {

constexpr int kUrgent = 95;  // before the news of the day: what is wrong elsewhere does harm there
const std::string kRule = "register@1";

const protection::Hold kUnclear{
    "correction_unclear", "A10",
    "A fact about a person was corrected, and this recipient was told of it earlier in another form."};

bool isLive(const Intended& one) { return one.decision.projection && !one.decision.hold && one.draft.live; }

}  // namespace

Result<void> Admitter::tellCorrections(Transaction& tx, const Passage& passage, const Changed& changed,
                                       const std::vector<Intended*>& intended, Admitted& out) {
  if (changed.fields.empty() && changed.consents.empty()) return {};
  const auto& case_id = passage.row.case_id;
  CW_TRY(auto registers, registersOf(tx, case_id));
  const Corrections corrections(vault_, std::move(registers));
  if (corrections.empty() && changed.origins.empty()) return {};
  const auto open = [this](const DisclosureRow& line) {
    return vault_.open(line.case_id, registerContext(line), line.sealed);
  };
  CW_TRY(const KnownCase* known, loadCase(tx, case_id));
  const canonical::Case whole = known->record.case_();

  auto notices = corrections.noticesOf(changed.fields, open);
  addOrigins(changed, notices);
  if (!changed.consents.empty())
    for (const auto& [recipient, purpose] : corrections.toldUnderUnknown())
      if (std::ranges::find(notices, recipient, &Notice::recipient) == notices.end())
        notices.push_back({recipient, purpose, {}, true});
  for (auto& notice : notices) {
    // Whoever says it knows it; and a message of this same cause may tell the right value already.
    if (notice.recipient == passage.message.source_system()) continue;
    std::erase_if(notice.fields, [&](const CorrectedField* field) {
      return std::ranges::any_of(intended, [&](const Intended* one) {
        return one->draft.recipient == notice.recipient && isLive(*one) &&
               corrections.tells(one->decision.projection->case_(), one->decision.elements, *field);
      });
    });
    if (notice.fields.empty() && !notice.unclear) continue;
    CW_CHECK_OK(tell(tx, passage, {notice.recipient, notice.purpose, notice.unclear ? &kUnclear : nullptr},
                     correctionMessage(whole, notice, passage.message), out));
  }
  for (const auto& [recipient, purpose] : corrections.toldUnder(changed.consents)) {
    const bool told = std::ranges::any_of(intended, [&, to = recipient](const Intended* one) {
      return one->draft.recipient == to && one->draft.type == "referral.withdrawn";
    });
    if (told || recipient == passage.message.source_system()) continue;
    CW_CHECK_OK(tell(tx, passage, {recipient, purpose, nullptr},
                     withdrawalMessage(whole, recipient, changed.consents, passage.message), out));
  }
  return {};
}

// Where the wrong value came from must learn of it too, though nobody ever told it there.
void Admitter::addOrigins(const Changed& changed, std::vector<Notice>& notices) const {
  for (const auto& [field, sources] : changed.origins)
    for (const auto& source : sources) {
      if (rulebook_->partner(source) == nullptr) continue;
      const auto* wrong = &*std::ranges::find(changed.fields, field, &CorrectedField::field);
      auto found = std::ranges::find(notices, source, &Notice::recipient);
      if (found == notices.end()) {
        const auto& purposes = rulebook_->partner(source)->agreement.purposes;
        notices.push_back({source, purposes.empty() ? "" : purposes.front(), {}, false});
        found = notices.end() - 1;
      }
      if (std::ranges::find(found->fields, wrong) == found->fields.end()) found->fields.push_back(wrong);
    }
}

// What left of a case before it was joined, or before it was split off, was written down under other numbers and another key.
Result<std::vector<Register>> Admitter::registersOf(Transaction& tx, const std::string& case_id) {
  std::vector<Register> out;
  CW_TRY(auto own, tx.disclosuresOf(case_id));
  out.push_back({case_id, std::move(own), std::nullopt});
  CW_TRY(const KnownCase* known, loadCase(tx, case_id));
  const auto here = known->record;
  std::vector<std::string> open{case_id};
  std::set<std::string> seen{case_id};
  while (!open.empty()) {
    const auto holder = open.back();
    open.pop_back();
    CW_TRY(const auto members, membersOf(tx, holder));
    for (const auto& member : members) {
      if (!seen.insert(member).second) continue;
      open.push_back(member);
      auto loaded = loadCase(tx, member);
      if (!loaded && loaded.error().kind == ErrorKind::Refused) continue;
      if (!loaded) return std::unexpected(std::move(loaded).error());
      const auto there = (*loaded)->record;
      CW_TRY(auto lines, tx.disclosuresOf(member));
      const auto same = care::sameElements(there, here);
      if (!lines.empty()) out.push_back({member, std::move(lines), same});
      CW_TRY(auto before, registerOfSplit(tx, there, member));
      if (!before) continue;
      // From what they were there to what they were in the part, and from that to what they are here.
      for (auto one = before->elements->begin(); one != before->elements->end();) {
        const auto found = same.find(one->second);
        if (one->second == kSomebodyElse) {
          ++one;
          continue;
        }
        if (found == same.end()) {
          one = before->elements->erase(one);
          continue;
        }
        (one++)->second = found->second;
      }
      out.push_back(*std::move(before));
    }
  }
  CW_TRY(auto before, registerOfSplit(tx, here, case_id));
  if (before) out.push_back(*std::move(before));
  return out;
}

// What was told of those who went to a part before they did. Of whoever is in both cases the other one tells.
Result<std::optional<Register>> Admitter::registerOfSplit(Transaction& tx, const canonical::CaseRecord& part,
                                                          const std::string& part_id) {
  CW_TRY(const auto from, tx.decisionsAbout(kSplitFrom, part_id));
  if (from.empty()) return std::optional<Register>();
  const auto& split = from.back();
  auto loaded = loadCase(tx, split.code);
  if (!loaded && loaded.error().kind == ErrorKind::Refused) return std::optional<Register>();
  if (!loaded) return std::unexpected(std::move(loaded).error());
  const auto still = care::idsIn((*loaded)->record.case_());
  Register out{split.code, {}, std::map<std::string, std::string>()};
  for (const auto& id : still) out.elements->emplace(id, kSomebodyElse);
  CW_TRY(const auto named, tx.decisionsAbout(kSplitElement, part_id));
  for (const auto& row : named) out.elements->emplace(row.code, row.person);
  if (named.empty())
    for (const auto& id : care::idsIn(part.case_())) out.elements->emplace(id, id);
  CW_TRY(auto lines, tx.disclosuresOf(split.code));
  // Numbers that are given after the split mean somebody else in each.
  std::erase_if(lines, [&](const DisclosureRow& line) { return line.at > split.at; });
  out.lines = std::move(lines);
  return std::optional<Register>(std::move(out));
}

Result<void> Admitter::tell(Transaction& tx, const Passage& passage, const Told& to,
                            canonical::CanonicalMessage message, Admitted& out) {
  Intended notice;
  notice.draft.recipient = to.recipient;
  notice.draft.type = message.type();
  notice.draft.purpose = to.purpose;
  notice.draft.rule = kRule;
  notice.draft.priority = kUrgent;
  notice.draft.due_at = clock_.now();
  notice.decision =
      to.held ? protection::Decision{} : decide(*rulebook_, message, to.recipient, to.purpose, clock_.now());
  if (to.held) notice.decision.hold = *to.held;
  notice.draft.message = std::move(message);
  const auto queued = out.deliveries.size();
  CW_CHECK_OK(deliver(tx, passage, notice, out));
  const bool asks_back = notice.draft.type == "correction.issued" || isRightsNotice(notice.draft.type);
  if (!asks_back || out.deliveries.size() == queued) return {};
  // Somebody asks after it when its recipient does not confirm it.
  return tx.insert(DecisionRow{ids_.timeOrdered(),
                               std::string(kCorrectionMade),
                               out.deliveries.back().delivery_id,
                               {},
                               passage.row.case_id,
                               "causeway",
                               to.recipient,
                               clock_.now(),
                               {}});
}

// Only the recipient of a notice can say that it did what the notice asks.
Result<void> Admitter::confirm(Transaction& tx, const Passage& passage) {
  if (passage.message.type() != "notice.confirmed") return {};
  CW_TRY(const auto answered, answeredCase(tx, passage.message));
  if (answered != passage.row.case_id) return {};
  return tx.confirm(passage.message.in_reply_to(), passage.row.message_id, passage.row.received_at);
}

Admitter::Changed Admitter::changedBy(const canonical::CaseRecord& before, const canonical::CaseRecord& after,
                                      const canonical::Case& said) const {
  // Most messages say nothing of people, and are not to wait while people are compared.
  if (said.parties().empty() && said.defendants().empty()) return {};
  Changed out{correctedFields(before.case_(), after.case_()), endedConsents(before.case_(), after.case_()), {}};
  for (const auto& field : out.fields)
    for (const auto& fact : before.facts())
      if (fact.element() == field.field.first && fact.field() == field.field.second && field.was.contains(fact.value()))
        out.origins[field.field].insert(before.said(fact.said()).source());
  return out;
}

}  // namespace causeway::pipeline
