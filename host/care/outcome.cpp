#include "host/care/outcome.hpp"

#include "host/care/sources.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

/// The last day on which something was ordered or decided about the offence; else the day on which its end was said.
std::string lastDay(const canonical::Offence& offence, const Ledger& ledger) {
  std::string out = std::max({offence.verdict_on(), offence.convicted_on(), std::string()});
  for (const auto& result : offence.results())
    if (!result.deleted()) out = std::max(out, result.ordered_on());
  if (!out.empty()) return out;
  const auto claim = ledger.shown(offence.id(), "final");
  return claim ? std::string(claim->day()) : std::string();
}

}  // namespace

void deriveOutcome(canonical::CaseRecord& record, const Ledger& ledger) {
  if (const auto said = ledger.shown({}, "finalised_on"); said && !said->value.empty()) return;
  auto& whole = *record.mutable_case_();
  std::string day;
  bool finished = record.registered() && !whole.defendants().empty();
  for (const auto& defendant : whole.defendants()) {
    finished = finished && !defendant.offences().empty();
    for (const auto& offence : defendant.offences()) {
      finished = finished && offence.final();
      day = std::max(day, lastDay(offence, ledger));
    }
  }
  if (finished && !day.empty()) whole.set_finalised_on(day);
  else whole.clear_finalised_on();
}

}  // namespace causeway::care
