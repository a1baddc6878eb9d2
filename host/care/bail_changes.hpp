#pragma once

#include "host/model/case.pb.h"

#include <string>
#include <vector>

/// What is other about the bail of one defendant after a message. `before` is nullptr where the defendant is new.
namespace causeway::care {

/// There is bail to tell of, or there was: nobody is told that a bail which never was does not apply.
bool tellsOfBail(const canonical::Defendant* before, const canonical::Defendant& now);

/// Another status, or conditions of other kinds or in other words.
bool isOtherBail(const canonical::Defendant* before, const canonical::Defendant& now);

/// The people of the case whom a condition of the bail protected before and none protects now: they may not go on relying on it. A condition
/// to keep away that names nobody may be about any victim: it counts for each of them, before and now. Where none protects anybody any
/// more, every victim of the defendant is among them: each was told to look whether one is theirs.
std::vector<std::string> nowUnprotected(const canonical::Defendant* before, const canonical::Defendant& now,
                                        const canonical::Case& whole);

}  // namespace causeway::care
