#pragma once

#include "host/model/case.pb.h"

namespace causeway::pipeline {

/// Whether the newer of two drafts with one subject makes the older one needless: everything the older speaks of that still stands in
/// the case (defendants, offences, results, orders, hearings, people) is in the newer too. Two results of one hearing have one subject,
/// but each may speak of another defendant: then both must be told.
bool saysAllOf(const canonical::Case& newer, const canonical::Case& older, const canonical::Case& now);

}  // namespace causeway::pipeline
