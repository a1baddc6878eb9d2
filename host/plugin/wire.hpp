#pragma once

#include "host/base/result.hpp"
#include "host/pipeline/adapters.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace causeway::plugin {

/// What crosses between the host and an adapter's child process, on a stream socket that only these two have.
struct Message {
  enum class Kind : std::uint32_t {
    Ready = 1,   ///< child: it has loaded the library; `fields` is its declaration
    Failed = 2,  ///< child: what was asked went wrong; `number` is the ErrorKind, `text` says what
    Start = 3,   ///< host: make the instance; `fields` are the settings
    Call = 4,    ///< host: `number` is the Hook, `text` the converter
    Done = 5,    ///< child: `fields` is the answer
    Log = 6,     ///< child, before Done or Failed: `number` is the level, `text` the line
  };
  Kind kind = Kind::Failed;
  std::uint32_t number = 0;
  std::string text;
  pipeline::Fields fields;
};

/// Bytes of one message at most, either way.
constexpr std::uint32_t kLargestMessage = 4 * 1024 * 1024;

/// A whole message as bytes, with its length in front.
std::string encode(const Message& message);
/// The message in these bytes, without the length; nothing when they are not exactly one.
std::optional<Message> decode(std::string_view bytes);

/// Sends a message. TooLarge, or Unavailable when the other side is gone or does not take it by then.
Result<void> send(int socket, const Message& message, std::chrono::steady_clock::time_point until);
/// The next message. Unavailable when none comes by then, Broken when the other side is gone or sends what is no message.
Result<Message> receive(int socket, std::chrono::steady_clock::time_point until);

}  // namespace causeway::plugin
