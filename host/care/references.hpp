#pragma once

#include "host/model/case.pb.h"

#include <string>

namespace causeway::care {

/// Everything in the case that refers to the element `from` refers to `to` from now on; lists name it once, in order.
void renameReferences(canonical::Case& whole, const std::string& from, const std::string& to);

}  // namespace causeway::care
