#pragma once

#include "host/transport/deadline.hpp"
#include "host/transport/http_message.hpp"

#include <cstddef>
#include <string_view>

struct ssl_st;
struct ssl_ctx_st;

namespace causeway::transport {

/// The server's end of one TLS connection, read and written under deadlines. It works on the descriptor of a Poco socket but
/// not through Poco's secure socket: that one can only limit the wait for the next byte, not for a whole step, and waits on
/// behind the caller's back even where the descriptor does not block.
class TlsStream {
 public:
  enum class Outcome {
    Done,      ///< bytes moved, or the handshake is complete
    End,       ///< the peer ended its side in order
    TimedOut,  ///< the deadline passed
    Broken,    ///< reset, cut off, or not speaking TLS as agreed
  };

  /// The descriptor must not block and stays the caller's to close.
  TlsStream(int descriptor, ssl_ctx_st* context);
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  Outcome handshake(Deadline deadline);
  /// From the certificate of the peer; after the handshake. Fails when it cannot be read.
  bool readIdentity(PeerIdentity& identity) const;
  /// Waits for at least one byte.
  Outcome read(char* buffer, std::size_t size, std::size_t& got, Deadline deadline);
  /// All of it or not Done.
  Outcome write(std::string_view bytes, Deadline deadline);
  /// Ends our side. With a deadline in the future it waits for the peer to close first and throws away what still comes: a
  /// connection closed on unread bytes is reset, and the reset can overtake our last reply.
  void close(Deadline linger);

  int descriptor() const { return descriptor_; }

 private:
  template <class Step>
  Outcome repeat(Step step, Deadline deadline);
  Outcome waitFor(short events, Deadline deadline) const;

  int descriptor_;
  ssl_st* ssl_;
};

}  // namespace causeway::transport
