#pragma once

#include "tests/support/tls/test_certificates.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace causeway::test {

/// What came back from a server: status 0 means that it closed without an answer.
struct ProbeReply {
  int status = 0;
  std::string header;  ///< status line and fields
  std::string body;
};

/// A TLS client that sends exactly the bytes it is given, however wrong, and shows what comes back. Every wait ends after ten
/// seconds; a test that runs into that fails.
class HttpProbe {
 public:
  struct Options {
    CertificateFiles client;  ///< empty: no client certificate
    std::string authority;    ///< of the server
    bool only_tls_1_1 = false;
    bool only_tls_1_2 = false;
  };

  HttpProbe(std::uint16_t port, const Options& options);
  ~HttpProbe();
  HttpProbe(const HttpProbe&) = delete;
  HttpProbe& operator=(const HttpProbe&) = delete;

  /// The handshake succeeded as far as this side can tell. With TLS 1.3 a server may still refuse our certificate: then
  /// the first `readReply` finds nothing.
  bool connected() const;
  void send(std::string_view bytes);
  /// Ends our side in order; replies can still be read.
  void finish();
  /// The next reply; its body goes by Content-Length. `head` expects none.
  ProbeReply readReply(bool head = false);
  /// The server has closed and sent nothing more.
  bool closedByServer();

 private:
  struct Impl;
  bool readMore();
  std::unique_ptr<Impl> impl_;
  std::string buffer_;
};

}  // namespace causeway::test
