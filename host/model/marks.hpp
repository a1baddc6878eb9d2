#pragma once

#include "host/model/field_path.hpp"

#include <string_view>

namespace causeway::model {

/// What a message says of a part of the case beside its values: `complete` (the list is whole in it) or `cleared` (what was said
/// before holds no longer). Mappings write them as `complete:` and `clear:`.
enum class Mark { Complete, Clear };

/// The path of a mark, from the message down ("case.parties[role=witness].attendances"). Invalid, with what to write instead, when it
/// leads to something that a message may not take back: numbers and keys, elements with numbers of their own, what a court ordered,
/// a part of an item, and what protects a person.
Result<FieldPath> parseMark(std::string_view text, Mark mark);

}  // namespace causeway::model
