#pragma once

#include "host/base/result.hpp"
#include "host/mapping/message_arena.hpp"
#include "host/model/case.pb.h"
#include "host/pipeline/store.hpp"
#include "host/pipeline/vault.hpp"

namespace causeway::pipeline {

/// What a delivery was made of, and its case as it stands.
struct WaitingDraft {
  mapping::MessageArena arena;  // both have some hundred small parts and are wanted for a moment
  canonical::CanonicalMessage& draft = *arena.message();
  canonical::CaseRecord& now =
      static_cast<canonical::CaseRecord&>(*arena.make(canonical::CaseRecord::default_instance()));
};
/// Opens both. Fails when the case is not there, was erased, or what is stored cannot be read.
Result<WaitingDraft> openDraft(Store& store, Vault& vault, const DeliveryRow& row);

/// Brings into a draft what may have changed while it waited to be sent and what decides whether it may still go: consent, ways of
/// contact that are safe, and who may see the case. Somebody who is no longer in the case has neither consent nor a safe contact.
/// And what a newer delivery may have told meanwhile, since lanes keep the order of one subject only: who people are and where they live
/// is as it stands; the words of a task or notice that speak of a hearing which was moved or called off since, or of a result that the
/// court took back since, end with a sentence that says so.
void bringUpToDate(canonical::CanonicalMessage& draft, const canonical::Case& now);

}  // namespace causeway::pipeline
