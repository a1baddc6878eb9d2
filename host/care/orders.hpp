#pragma once

#include "host/model/case.pb.h"

#include <string>
#include <vector>

namespace causeway::care {

/// The order of the defendant with the same code, wording and end: a new one with an id when there is none.
canonical::Order& orderLike(canonical::CaseRecord& record, canonical::Defendant& defendant,
                            const canonical::Order& said);

/// Makes one Order of each protective order among the results, however many offences repeat it, and takes away those whose
/// results the court has withdrawn. Answers the ids of the orders that are new.
std::vector<std::string> deriveOrders(canonical::CaseRecord& record);

}  // namespace causeway::care
