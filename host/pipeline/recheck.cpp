#include "host/pipeline/recheck.hpp"

#include <algorithm>

namespace causeway::pipeline {

Result<WaitingDraft> openDraft(Store& store, Vault& vault, const DeliveryRow& row) {
  WaitingDraft out;
  CW_TRY(const auto bytes, vault.open(row.case_id, "draft:" + row.delivery_id, row.payload_sealed));
  if (!out.draft.ParseFromString(bytes)) return fail(ErrorKind::Broken, "the draft cannot be read back");
  CW_TRY(const auto stored, store.findCase(row.case_id));
  if (!stored) return fail(ErrorKind::Broken, "the case is not there");
  CW_TRY(const auto snapshot, vault.open(row.case_id, "snapshot", stored->snapshot_sealed));
  if (!out.now.ParseFromString(snapshot)) return fail(ErrorKind::Broken, "the case cannot be read back");
  return out;
}

void bringUpToDate(canonical::CanonicalMessage& draft, const canonical::Case& now) {
  auto& whole = *draft.mutable_case_();
  *whole.mutable_restricted_to() = now.restricted_to();
  if (now.has_restricted_reason()) *whole.mutable_restricted_reason() = now.restricted_reason();
  for (auto& party : *whole.mutable_parties()) {
    const auto found = std::find_if(now.parties().begin(), now.parties().end(),
                                    [&](const auto& one) { return one.id() == party.id(); });
    const bool known = found != now.parties().end();
    party.clear_consents();
    if (known) *party.mutable_consents() = found->consents();
    if (party.contact_points().empty()) continue;
    if (draft.type() == "record.change_proposed")
      continue;  // what somebody says is what is proposed; the records judge it
    party.clear_contact_points();
    if (known) *party.mutable_contact_points() = found->contact_points();
  }
}

}  // namespace causeway::pipeline
