#include "host/care/unsettled.hpp"

#include "host/base/text.hpp"
#include "host/care/element_ids.hpp"
#include "host/care/fixtures.hpp"
#include "host/care/sources.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

namespace causeway::care {
namespace {

/// The kind of source said this start of the fixture in some message other than this one.
bool saidBefore(const canonical::CaseRecord& before, const std::string& fixture, const Claim& start) {
  return std::ranges::any_of(before.facts(), [&](const auto& fact) {
    return fact.element() == fixture && fact.field() == "starts_at" && fact.value() == start.value &&
           claimOf(before, fact).family == start.family;
  });
}

/// What a message says of the start of a fixture; nothing when it says nothing.
std::optional<Claim> startSaid(const canonical::CaseRecord& record, const std::string& fixture,
                               std::string_view message_id) {
  for (const auto& fact : record.facts()) {
    if (fact.element() != fixture || fact.field() != "starts_at") continue;
    if (const auto claim = claimOf(record, fact); claim.message_id == message_id) return claim;
  }
  return std::nullopt;
}

/// The moment of receipt; nothing where the message says none, as one that never passed through a host.
std::optional<Instant> receiptOf(const canonical::CanonicalMessage& message) {
  if (message.received_at().empty()) return std::nullopt;
  const auto at = parseInstant(message.received_at());
  return at ? std::optional(*at) : std::nullopt;
}

bool isKnown(const canonical::Party* party, const canonical::ContactMade& contact) {
  return party != nullptr && std::ranges::any_of(party->contacts_made(), [&](const auto& one) {
           return one.SerializeAsString() == contact.SerializeAsString();
         });
}

}  // namespace

Result<void> checkResultAhead(const canonical::CanonicalMessage& message) {
  const auto received = receiptOf(message);
  if (message.type() != "hearing.resulted" || !received) return {};
  const auto today = formatDate(toLondon(*received).date);
  for (const auto& hearing : message.case_().hearings())
    if (hearing.starts_at().date() > today)
      return fail(ErrorKind::Invalid,
                  "a court's results are of a day that had not come when they were received: ask the court for the day "
                  "of the hearing before anybody is told");
  return {};
}

bool isAhead(const canonical::ContactMade& contact, Instant received) {
  const auto at = parseInstant(contact.at());
  return at && *at > received + kClocksDiffer;
}

void findContactsAhead(const canonical::Case& before, const canonical::CanonicalMessage& message, Folded& out) {
  const auto received = receiptOf(message);
  if (!received) return;
  for (const auto& party : out.record.case_().parties()) {
    const auto* old = byId(before.parties(), party.id());
    if (std::ranges::any_of(party.contacts_made(),
                            [&](const auto& one) { return isAhead(one, *received) && !isKnown(old, one); }))
      out.findings.push_back({"contact_ahead", party.id(),
                              "A contact is dated later than it was reported: it meets no duty until its time is "
                              "corrected."});
  }
}

Result<void> checkDiscontinued(const canonical::CaseRecord& before, const canonical::Case& after) {
  if (!before.registered()) return {};
  for (const auto& defendant : after.defendants()) {
    const auto* old = byId(before.case_().defendants(), defendant.id());
    for (const auto& offence : defendant.offences())
      if (offence.discontinued() && old != nullptr && byId(old->offences(), offence.id()) == nullptr)
        return fail(ErrorKind::Invalid,
                    "a charge is discontinued that is not one of the defendant's: ask the prosecutor which is meant, "
                    "by its number, code and date");
  }
  return {};
}

Result<void> checkOldStart(const canonical::CaseRecord& before, const canonical::CaseRecord& after,
                           const canonical::CanonicalMessage& message) {
  if (message.has_asserted_at()) return {};
  for (const auto& now : fixturesOf(after)) {
    const auto* old = byId(fixturesOf(before), now.id());
    if (old == nullptr ||
        (old->starts_at().date() == now.starts_at().date() && old->starts_at().time() == now.starts_at().time()))
      continue;
    const auto said = startSaid(after, now.id(), message.message_id());
    if (said && saidBefore(before, now.id(), *said))
      return fail(ErrorKind::Invalid,
                  "a hearing goes back to a day or time that it had left, and the document does not say when it was "
                  "made: ask the court which holds before anybody is told");
  }
  return {};
}

}  // namespace causeway::care
