#pragma once

#include "host/app/assemble.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The files of a rule set as one text, which is how the store keeps them: a JSON list of {"path":"f01-case.yaml","text":"..."}.
namespace causeway::app {

/// Path below the folder of the rules, and text; by path.
using RuleFiles = std::vector<std::pair<std::string, std::string>>;

std::string textOf(const RuleFiles& files);
/// Invalid when it is no such list, or a path is empty, absolute, stands twice or leads out of the folder.
Result<RuleFiles> filesOf(std::string_view text);

/// Every .yaml file of a folder, with its sub-folders.
Result<RuleFiles> readRuleFiles(const std::string& folder);

/// The rulebook of an installation with these rules in the place of its own; Invalid with every problem, in file order.
Result<std::shared_ptr<const pipeline::Rulebook>> rulebookWith(const Installation& installation,
                                                               std::string_view files);

/// The same files with another `state` (live or shadow) of one rule. NotFound when there is no such rule; Conflict when it is so already.
Result<RuleFiles> withState(RuleFiles files, std::string_view rule, std::string_view state);

}  // namespace causeway::app
