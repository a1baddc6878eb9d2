#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace causeway::model {

/// The closed list of message types. A fact keeps its type when it is passed on; a request for something to be done has a
/// type of its own; what the case tells of itself (a hearing moved, a case finished) is a type that nobody sends.
struct MessageType {
  std::string_view name;
  bool comes = false;    ///< some system sends it to us, so a rule may wait for it
  bool derived = false;  ///< the case makes it, so a rule may wait for it
  bool goes = false;     ///< a rule may send it
};

/// In the order of the documentation.
const std::vector<MessageType>& messageTypes();
/// nullptr when there is no such type.
const MessageType* findMessageType(std::string_view name);
/// Names for "did you mean": of every type, or of those a rule may wait for, or may send.
enum class TypeUse { Any, Waits, Sends };
std::vector<std::string> messageTypeNames(TypeUse use);

}  // namespace causeway::model
