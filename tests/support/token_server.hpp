#pragma once

#include "host/transport/https_server.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace causeway::test {

/// An OAuth 2.0 token endpoint (client credentials) on a port of its own, and the partner that accepts its tokens: every path but
/// /oauth/token answers 401 unless the request shows the newest token.
class TokenServer {
 public:
  struct Manner {
    std::string client_id = "causeway", client_secret = "opensesame";
    int lifetime_seconds = 1200;  ///< 0: the answer does not say
    int status = 0;               ///< instead of a token
    std::string body{};           ///< instead of the usual answer
  };

  TokenServer();
  void behave(const Manner& manner);
  /// Tokens given out so far stop being accepted.
  void revoke();
  std::string url(const std::string& path) const;
  int tokensGiven() const;
  /// Requests that showed a good token.
  std::vector<transport::HttpRequest> served() const;
  std::vector<transport::HttpRequest> asked() const;  ///< requests for a token

 private:
  transport::HttpReply answer(const transport::HttpRequest& request);
  transport::HttpReply give(const transport::HttpRequest& request);

  mutable std::mutex mutex_;
  Manner manner_;
  int given_ = 0;
  bool revoked_ = false;
  std::vector<transport::HttpRequest> served_, asked_;
  std::unique_ptr<transport::HttpsServer> server_;
};

}  // namespace causeway::test
