#pragma once

#include "host/base/node_reader.hpp"
#include "host/model/field_path.hpp"

#include <optional>
#include <string>

namespace causeway::routing {

/// Reads a key whose value leads to a field of the message. Nothing where the key is absent, or with its problem reported.
std::optional<model::FieldPath> readPath(const std::string& key, NodeReader& reader, Problems& problems);

/// The same; the field must be a date, such as case.hearings[0].starts_at.date.
std::optional<model::FieldPath> readDatePath(const std::string& key, NodeReader& reader, Problems& problems);

}  // namespace causeway::routing
