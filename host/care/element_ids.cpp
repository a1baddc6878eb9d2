#include "host/care/element_ids.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace causeway::care {
namespace {

int highest(const auto& list) {
  int out = 0;
  for (const auto& one : list) out = std::max(out, numberOf(one.id()));
  return out;
}

int above(const canonical::CaseRecord& record, int highest_now) {
  return std::max(highest_now, static_cast<int>(record.next_element()) - 1) + 1;
}

}  // namespace

int numberOf(std::string_view id) {
  const size_t dash = id.rfind('-');
  int out = 0;
  if (dash == std::string_view::npos || id.starts_with("new-")) return 0;
  std::from_chars(id.data() + dash + 1, id.data() + id.size(), out);
  return out;
}

std::string nextDefendantId(const canonical::CaseRecord& record) {
  return "d-" + std::to_string(above(record, highest(record.case_().defendants())));
}
std::string nextPartyId(const canonical::CaseRecord& record) {
  return "p-" + std::to_string(above(record, highest(record.case_().parties())));
}
std::string nextHearingId(const canonical::CaseRecord& record) {
  return "h-" + std::to_string(above(record, highest(record.case_().hearings())));
}

std::string nextOffenceId(const canonical::CaseRecord& record) {
  int out = 0;
  for (const auto& defendant : record.case_().defendants()) out = std::max(out, highest(defendant.offences()));
  return "o-" + std::to_string(above(record, out));
}

std::string nextResultId(const canonical::CaseRecord& record) {
  int out = 0;
  for (const auto& defendant : record.case_().defendants()) {
    out = std::max(out, highest(defendant.results()));
    for (const auto& offence : defendant.offences()) out = std::max(out, highest(offence.results()));
  }
  return "r-" + std::to_string(above(record, out));
}

std::string nextOrderId(const canonical::CaseRecord& record) {
  int out = 0;
  for (const auto& defendant : record.case_().defendants()) out = std::max(out, highest(defendant.orders()));
  return "ord-" + std::to_string(above(record, out));
}

const model::ProtoMessage* elementById(const canonical::Case& whole, std::string_view id) {
  if (id.empty()) return &whole;
  const auto in = [&](const auto& list) -> const model::ProtoMessage* {
    for (const auto& one : list)
      if (one.id() == id) return &one;
    return nullptr;
  };
  if (id.starts_with("p-")) return in(whole.parties());
  if (id.starts_with("h-")) return in(whole.hearings());
  if (id.starts_with("d-")) return in(whole.defendants());
  for (const auto& defendant : whole.defendants())
    if (const auto* offence = in(defendant.offences())) return offence;
  return nullptr;
}

model::ProtoMessage* elementById(canonical::Case& whole, std::string_view id) {
  return const_cast<model::ProtoMessage*>(elementById(std::as_const(whole), id));
}

void retire(canonical::CaseRecord& record, std::string_view id) {
  record.set_next_element(std::max<std::int64_t>(record.next_element(), numberOf(id) + 1));
}

}  // namespace causeway::care
