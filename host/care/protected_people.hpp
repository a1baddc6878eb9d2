#pragma once

#include "host/model/case.pb.h"

namespace causeway::care {

/// Says of each bail condition and order whom it protects: the victims and witnesses whose name stands in its wording, and those who live
/// where it forbids the defendant to go. Only what was found is said; nobody is taken out. A person confirms it before a victim is told
/// (F04), because a wording may name somebody in other words.
void nameProtected(canonical::Case& whole);

}  // namespace causeway::care
