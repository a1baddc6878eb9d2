#include "host/care/unsettled.hpp"

#include "host/care/element_ids.hpp"
#include "host/care/fixtures.hpp"
#include "host/care/sources.hpp"

#include <algorithm>
#include <optional>

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

}  // namespace

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
