#pragma once

#include "host/transport/chunk_decoder.hpp"
#include "host/transport/http_message.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace causeway::transport {

struct HttpLimits {
  std::size_t header_bytes = 16 * 1024;  ///< request line and fields with their line ends
  std::size_t header_fields = 100;
  std::size_t body_bytes = 10 * 1024 * 1024;  ///< after chunked coding is taken off; exactly this many is allowed
};

/// Turns the bytes of one connection into whole requests. Knows no sockets and no time: the same bytes give the same
/// requests however they are cut into pieces. Strict on purpose (README.md lists what is refused); after the first fault it
/// reads no further, because nothing says where the next request would begin.
class HttpFramer {
 public:
  enum class State {
    Header,    ///< waits for (more of) a header
    Body,      ///< the header is right, the body is not all there
    Complete,  ///< `take` gives the request
    Failed,    ///< `fault` says why; answer and close
  };

  /// What to answer to bytes that are no acceptable request. `what` is fixed text, never what was sent.
  struct Fault {
    int status = 400;
    std::string_view what;
  };

  explicit HttpFramer(const HttpLimits& limits = {}) : limits_(limits) {}

  /// Bytes after the end of the request are kept for the next one. They count against no limit: hand over at most what one
  /// read brings, and take the request before reading on.
  State put(std::string_view bytes);
  /// The peer sends nothing more: a request that is part-way has failed.
  State end();
  State state() const { return state_; }
  const Fault& fault() const { return fault_; }

  /// Not one byte of the next request has been seen.
  bool idle() const { return state_ == State::Header && pending_.empty(); }
  /// In state Body: the client waits for "100 Continue" before it sends the body.
  bool expectsContinue() const { return expects_continue_; }

  /// In state Complete: the request, without its peer. The framer goes on with the bytes it kept, so that it may be
  /// Complete (or Failed) again at once.
  HttpRequest take();

 private:
  State advance();
  bool findHeaderEnd();
  State readHeader();
  State beginBody();
  void readBody();
  State failWith(int status, std::string_view what);

  HttpLimits limits_;
  State state_ = State::Header;
  Fault fault_;
  std::string pending_;         // bytes not yet understood
  std::size_t scanned_ = 0;     // of pending_, while looking for the end of the header
  std::size_t header_end_ = 0;  // first byte after the header in pending_
  HttpRequest request_;
  bool chunked_ = false;
  std::size_t length_ = 0;  // of the body, unless chunked
  ChunkDecoder chunks_;
  bool expects_continue_ = false;
};

}  // namespace causeway::transport
