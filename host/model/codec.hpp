#pragma once

#include "host/model/values.hpp"

#include <string>
#include <string_view>

namespace causeway::model {

/// The message as JSON with the public (snake_case) names; absent fields are left out. For people and files, not the hot path.
std::string toJson(const ProtoMessage& message, bool pretty = false);
/// Reads what `toJson` wrote; unknown names are Invalid.
Result<void> fromJson(std::string_view json, ProtoMessage& message);

/// JSON Schema (2020-12) of the canonical message, with labels, categories and code lists.
std::string jsonSchema();
/// The documentation page of the canonical case (Markdown): every field with its meaning, from the annotations.
std::string documentation();

}  // namespace causeway::model
