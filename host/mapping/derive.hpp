#pragma once

#include "host/mapping/read_run.hpp"

namespace causeway::mapping {

/// Sets a leaf of `parent` from a converter's outputs: "value" is its text form, other names are parts of it. Names that begin with
/// "finding" go to `findings`.
Result<void> setParts(google::protobuf::Message& parent, const model::ProtoField& leaf, const Outputs& outputs,
                      std::vector<Finding>& findings, const std::string& path);

/// Code with its raw value, as a table gives it; unknown codes pass through marked unmapped.
void setCoded(google::protobuf::Message& parent, const model::ProtoField& leaf, model::Shape shape, const CodeTable& table,
              std::string_view raw, std::chrono::year_month_day day, std::vector<Finding>& findings, const std::string& path);

/// Runs one derivation on everything it looks at below `root`.
void derive(const DerivePlan& plan, google::protobuf::Message& root, std::chrono::year_month_day day,
            std::vector<Finding>& findings);

}  // namespace causeway::mapping
