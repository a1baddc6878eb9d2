#include "host/mapping/read_types.hpp"

#include "host/model/case.pb.h"

namespace causeway::mapping {
namespace {

bool isType(const model::FieldPath& path) {
  return !path.empty() && path.leaf().name() == "type" &&
         path.leaf().containing_type() == canonical::CanonicalMessage::descriptor();
}

void addTable(const CodeTable* table, std::set<std::string>& out) {
  if (table)
    for (const auto& value : table->values()) out.insert(value);
}

}  // namespace

std::set<std::string> typesMadeBy(const ReadPlan& plan) {
  std::set<std::string> out{plan.message};
  for (const auto& scope : plan.scopes) {
    for (const auto& value : scope.values) {
      if (!isType(value.target.path)) continue;
      addTable(value.table, out);
      if (value.fallback) out.insert(*value.fallback);
      for (const auto& input : value.inputs)
        if (!value.table && input.kind == InputPlan::Kind::Constant) out.insert(input.text);
    }
    for (const auto& derive : scope.derive) {
      if (isType(derive.to)) addTable(derive.table, out);
      for (const auto& [path, text] : derive.set)
        if (isType(path)) out.insert(text);
    }
  }
  return out;
}

}  // namespace causeway::mapping
