#pragma once

#include "host/model/values.hpp"

#include <string>

namespace causeway::routing {

/// Whether the elements of a list can be told apart: they have an id of their own, or fields that are annotated as their key.
bool isNumbered(const model::ProtoType& type);

/// The id of an element; where it has none, the fields that are its key, one after the other.
std::string numberOf(const model::ProtoMessage& item);

}  // namespace causeway::routing
