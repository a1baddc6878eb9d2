#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace causeway::test {

/// A TLS server that answers its first connection with exactly the bytes it is given, whatever was asked, and closes: what
/// a partner's server might do on a bad day. Accepts any client.
class HttpProbeServer {
 public:
  explicit HttpProbeServer(std::string answer);
  ~HttpProbeServer();
  HttpProbeServer(const HttpProbeServer&) = delete;
  HttpProbeServer& operator=(const HttpProbeServer&) = delete;

  std::uint16_t port() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::test
