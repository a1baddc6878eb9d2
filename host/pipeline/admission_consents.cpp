#include "host/base/text.hpp"
#include "host/pipeline/admission.hpp"
#include "host/pipeline/case_links.hpp"
#include "host/pipeline/own_message.hpp"

#include <algorithm>

// A consent that ends by its date ends as one that is withdrawn does: a message of our own says so at that time, through rules, protection and
// commit like any other. When that is, is a row among the clocks, so that it is kept over any time the host is down; it is no duty of anybody.
namespace causeway::pipeline {
namespace {

bool isGiven(const canonical::Consent& consent) {
  return consent.state() == "given" && !consent.has_withdrawn_at() && consent.has_expires_on();
}

/// The first moment at which the consent no longer holds; nothing for a day that cannot be read.
std::optional<Instant> endOf(const canonical::Consent& consent) {
  const auto last = parseDate(consent.expires_on());
  if (!last) return std::nullopt;
  return fromLondon({std::chrono::year_month_day(std::chrono::sys_days(*last) + std::chrono::days(1)), {}});
}

/// What is over by now, of each person as they are known; nothing else is said of them.
canonical::CanonicalMessage endedMessage(const canonical::Case& whole, std::string id, Instant now) {
  auto out = ownMessage(std::move(id), "consent.changed", "causeway.consent", now);
  auto& to = *out.mutable_case_();
  nameCase(to, whole);
  for (const auto& party : whole.parties()) {
    canonical::Party said;
    for (const auto& consent : party.consents()) {
      const auto end = isGiven(consent) ? endOf(consent) : std::nullopt;
      if (!end || *end > now) continue;
      auto& over = *said.add_consents();
      if (consent.has_id()) over.set_id(consent.id());
      if (consent.has_type()) *over.mutable_type() = consent.type();
      over.set_state("expired");
    }
    if (said.consents().empty()) continue;
    said.set_id(party.id());
    *said.mutable_roles() = party.roles();
    *said.mutable_identifiers() = party.identifiers();
    *to.add_parties() = std::move(said);
  }
  return out;
}

}  // namespace

Result<void> Admitter::watchConsents(Transaction& tx, const Passage& passage) {
  std::vector<Instant> ends;
  for (const auto& party : passage.message.case_().parties())
    for (const auto& consent : party.consents())
      if (const auto end = isGiven(consent) ? endOf(consent) : std::nullopt) ends.push_back(*end);
  if (ends.empty()) return {};
  CW_TRY(const auto rows, tx.allClocksOf(passage.row.case_id));
  for (const auto& end : ends) {
    const bool watched = std::ranges::any_of(
        rows, [&](const auto& row) { return care::isConsentEnd(row) && row.next_fire_at == std::optional(end); });
    if (watched) continue;
    care::ClockRow row;
    row.clock_id = ids_.timeOrdered();
    row.case_id = passage.row.case_id;
    row.clock = std::string(care::kConsentEnds);
    row.message_id = passage.row.message_id;
    row.test = passage.row.test;
    row.state = care::ClockState::Cancelled;
    row.started_at = row.due_at = clock_.now();
    row.stopped_at = clock_.now();
    row.next_fire_at = end;
    CW_CHECK_OK(tx.insertClock(row));
  }
  return {};
}

Result<void> Admitter::endConsents(Transaction& tx, care::ClockRow& row, Admitted& out) {
  row.next_fire_at.reset();
  ++row.fired;
  CW_CHECK_OK(tx.updateClock(row));
  if (row.case_id.empty()) return {};  // erased
  CW_TRY(const auto case_id, leadOf(tx, row.case_id));
  auto known = loadCase(tx, case_id);
  if (!known && known.error().kind == ErrorKind::Refused) return {};
  if (!known) return std::unexpected(std::move(known).error());
  const auto now = clock_.now();
  auto message = endedMessage((*known)->record.case_(), ids_.timeOrdered(), now);
  if (message.case_().parties().empty()) return {};  // withdrawn or given anew meanwhile
  if (row.test) message.set_test(true);
  Document document;
  document.document_id = message.message_id();
  document.sender = kOurselves;
  document.received_at = now;
  Passage passage{.message = message, .document = nullptr, .row = rowOf(document, message)};
  return enterCase(tx, passage, case_id, out);
}

}  // namespace causeway::pipeline
