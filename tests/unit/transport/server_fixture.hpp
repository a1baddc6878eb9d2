#pragma once

#include "host/transport/https_server.hpp"
#include "tests/support/http_probe.hpp"
#include "tests/support/tls/test_certificates.hpp"

#include <gtest/gtest.h>

#include <mutex>
#include <vector>

namespace causeway::transport {

/// A server of ours that answers 200 "ok" and keeps what its handler saw.
class ServerFixture : public testing::Test {
 protected:
  static HttpsServerConfig config() {
    const auto& certificates = test::TestCertificates::ours();
    HttpsServerConfig config;
    config.certificate_file = certificates.server().certificate;
    config.key_file = certificates.server().key;
    config.client_ca_file = certificates.authority();
    return config;
  }

  static test::HttpProbe::Options as(const std::string& partner) {
    const auto& certificates = test::TestCertificates::ours();
    return {.client = certificates.of(partner), .authority = certificates.authority()};
  }

  void start(const HttpsServerConfig& server_config, HttpHandler handler = {}) {
    auto started = HttpsServer::start(server_config, [this, handler = std::move(handler)](const HttpRequest& request) {
      {
        const std::lock_guard lock(mutex_);
        seen_.push_back(request);
      }
      return handler ? handler(request)
                     : HttpReply{.status = 200, .content_type = "text/plain", .body = "ok", .headers = {}};
    });
    ASSERT_TRUE(started) << started.error().text();
    server_ = std::move(*started);
  }

  std::vector<HttpRequest> seen() {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

  std::mutex mutex_;
  std::vector<HttpRequest> seen_;
  std::unique_ptr<HttpsServer> server_;
};

}  // namespace causeway::transport
