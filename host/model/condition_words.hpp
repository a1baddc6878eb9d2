#pragma once

#include <string>
#include <vector>

namespace causeway::model {

/// Names of the operators of a condition, in the order of Condition::Operator.
const std::vector<std::string>& operatorNames();

}  // namespace causeway::model
