#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace causeway::transport {

/// Takes the chunked coding off a body, byte by byte, and allows only its plain form: a size of one to eight hexadecimal
/// digits, CR LF, the bytes, CR LF, and so on until the size 0 and an empty line. Chunk extensions and trailers mean nothing
/// to us and something to a proxy, and have hidden requests before.
/// (Boost.Beast 1.74 is not used here: a last chunk that arrives in pieces makes it read past its input.)
class ChunkDecoder {
 public:
  enum class State { More, Done, Malformed, TooLarge };

  explicit ChunkDecoder(std::size_t max_bytes = 0) : max_bytes_(max_bytes) {}

  /// Takes what belongs to this body off the front of `bytes` and adds the content to `body`.
  State take(std::string_view& bytes, std::string& body);

 private:
  enum class Step { Size, SizeEnd, Data, DataReturn, DataEnd, LastReturn, LastEnd, Done, Malformed, TooLarge };

  Step next(char c, std::size_t taken);
  Step readSize(char c);

  std::size_t max_bytes_;
  Step step_ = Step::Size;
  std::size_t left_ = 0;  // of the chunk
  int digits_ = 0;
};

}  // namespace causeway::transport
