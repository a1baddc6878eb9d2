#pragma once

#include "host/care/ledger.hpp"

namespace causeway::care {

/// Sets finalised_on when every offence of every defendant is finished and the records have told who the defendants are; takes
/// it back when one is open again. A date that a system itself gave stays.
void deriveOutcome(canonical::CaseRecord& record, const Ledger& ledger);

}  // namespace causeway::care
