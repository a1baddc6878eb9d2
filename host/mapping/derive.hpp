#pragma once

#include "host/mapping/finding.hpp"
#include "host/mapping/read_plan.hpp"
#include "host/model/reflection_of.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::mapping {

/// Sets the leaf that `target` leads to, of `parent`, from a converter's outputs: "value" is its text form, other names are parts of it. Names that begin with
/// "finding" go to `findings`.
Result<void> setParts(model::ProtoMessage& parent, const model::FieldPath& target, const Outputs& outputs,
                      std::vector<Finding>& findings, const std::string& path);

/// Code with its raw value, as a table gives it; unknown codes pass through marked unmapped.
void setCoded(model::ProtoMessage& parent, const model::FieldFacts& leaf, const CodeTable& table, std::string_view raw,
              std::chrono::year_month_day day, std::vector<Finding>& findings, const std::string& path);

/// Runs derivations. Keeps its buffers; one per thread.
class Deriver {
 public:
  /// Every derivation of a scope, in order, on its element.
  void run(const ScopePlan& scope, model::ProtoMessage& element, std::chrono::year_month_day day,
           std::vector<Finding>& findings);

 private:
  // Whether a derivation may do something on an element, as far as what is there tells.
  bool worthTrying(const ScopePlan::Needs& needs, const ScopePlan& scope, const model::ProtoMessage& element);
  // One derivation on everything it looks at below `root`; false when its conditions held nowhere.
  bool run(const DerivePlan& plan, model::ProtoMessage& root, std::vector<Finding>& findings);
  // What a derivation looks at: its element, and the whole for values that stand elsewhere.
  struct Place {
    model::ProtoMessage& root;
    model::ProtoMessage& element;
  };
  bool runOn(const DerivePlan& plan, const Place& place, std::vector<Finding>& findings);
  void gather(const DerivePlan& plan, const Place& place);
  void code(const DerivePlan& plan, model::ProtoMessage& element, std::vector<Finding>& findings);
  void convert(const DerivePlan& plan, model::ProtoMessage& element, std::vector<Finding>& findings);

  std::chrono::year_month_day day_{};
  std::uint64_t known_ = 0, present_ = 0;  // of the paths that derivations of the element ask for: looked at, found
  Outputs sources_;                        // copies: what is derived may take the place of what it is derived from
  Outputs outputs_;
  std::vector<NamedText> inputs_;
};

}  // namespace causeway::mapping
