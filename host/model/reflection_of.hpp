#pragma once

#include "host/model/values.hpp"

namespace google::protobuf {
class Reflection;
}  // namespace google::protobuf

namespace causeway::model {

/// What reads and writes a field of the canonical case. The same as asking the message that holds it, which checks every time
/// whether its type has been set up yet; a document asks some thousand times.
const google::protobuf::Reflection& reflectionOf(const ProtoField& field);

}  // namespace causeway::model
