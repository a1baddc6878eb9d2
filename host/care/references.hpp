#pragma once

#include "host/model/case.pb.h"
#include "host/model/values.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace causeway::care {

/// What a reference becomes; an empty answer drops it.
using ChangeReference = std::function<std::string(const std::string& id)>;

/// Changes every reference in the element: the fields that the annotations mark `refers`. A list names each id once, in order.
/// What is placed apart from the element (the offences of a defendant) is not entered unless `whole`.
void changeReferences(model::ProtoMessage& element, const ChangeReference& change, bool whole = false);

/// An id that means something within its message only.
bool isTemporary(std::string_view id);

/// Moves out of `said` the fields whose elements cannot be merged before all others have their ids: those in which something
/// refers to another element, and those with a temporary id of their own.
void takeWaiting(model::ProtoMessage& said, model::ProtoMessage& waiting);

/// Elements with a temporary id get one that follows from what they are, so that two messages in any order give the same.
/// `given` is told of the old id and the new one.
void giveLastingIds(model::ProtoMessage& waiting,
                    const std::function<void(const std::string&, const std::string&)>& given);

/// Everything in the case that refers to the element `from` refers to `to` from now on; lists name it once, in order.
void renameReferences(canonical::Case& whole, const std::string& from, const std::string& to);

}  // namespace causeway::care
