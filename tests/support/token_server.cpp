#include "tests/support/token_server.hpp"

#include "tests/support/tls/test_certificates.hpp"

#include <cstdio>
#include <cstdlib>

namespace causeway::test {
namespace {

// What "causeway:opensesame" is in base 64; written out, so that our own encoder is not its own judge.
constexpr const char* kBasic = "Basic Y2F1c2V3YXk6b3BlbnNlc2FtZQ==";

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TokenServer::TokenServer() {
  const auto& certificates = TestCertificates::ours();
  transport::HttpsServerConfig config;
  config.certificate_file = certificates.server().certificate;
  config.key_file = certificates.server().key;
  config.client_ca_file = certificates.authority();
  auto started =
      transport::HttpsServer::start(config, [this](const transport::HttpRequest& request) { return answer(request); });
  if (!started) {
    std::fprintf(stderr, "token server: %s\n", started.error().text().c_str());
    std::abort();
  }
  server_ = *std::move(started);
}

void TokenServer::behave(const Manner& manner) {
  const std::lock_guard lock(mutex_);
  manner_ = manner;
}

void TokenServer::revoke() {
  const std::lock_guard lock(mutex_);
  revoked_ = true;
}

std::string TokenServer::url(const std::string& path) const {
  return "https://localhost:" + std::to_string(server_->port()) + path;
}

int TokenServer::tokensGiven() const {
  const std::lock_guard lock(mutex_);
  return given_;
}

std::vector<transport::HttpRequest> TokenServer::served() const {
  const std::lock_guard lock(mutex_);
  return served_;
}

std::vector<transport::HttpRequest> TokenServer::asked() const {
  const std::lock_guard lock(mutex_);
  return asked_;
}

transport::HttpReply TokenServer::answer(const transport::HttpRequest& request) {
  const std::lock_guard lock(mutex_);
  if (request.target.starts_with("/oauth/token")) return give(request);
  if (revoked_ || request.header("authorization") != "Bearer token-" + std::to_string(given_))
    return {.status = 401, .content_type = {}, .body = {}, .headers = {}};
  served_.push_back(request);
  return {.status = 200, .content_type = "text/plain", .body = "ok", .headers = {}};
}

transport::HttpReply TokenServer::give(const transport::HttpRequest& request) {
  asked_.push_back(request);
  const auto json = [](int status, std::string body) {
    return transport::HttpReply{
        .status = status, .content_type = "application/json", .body = std::move(body), .headers = {}};
  };
  if (manner_.status != 0) return json(manner_.status, "{}");
  if (!manner_.body.empty()) return json(200, manner_.body);
  const bool by_header = request.header("authorization") == kBasic;
  const bool by_body = holds(request.body, "client_id=" + manner_.client_id) &&
                       holds(request.body, "client_secret=" + manner_.client_secret);
  if (!by_header && !by_body) return json(401, R"({"error":"invalid_client"})");
  if (!holds(request.target + "&" + request.body, "grant_type=client_credentials"))
    return json(400, R"({"error":"unsupported_grant_type"})");
  ++given_;
  revoked_ = false;
  const std::string expires =
      manner_.lifetime_seconds > 0 ? R"(,"expires_in":)" + std::to_string(manner_.lifetime_seconds) : "";
  return json(200,
              R"({"access_token":"token-)" + std::to_string(given_) + R"(","token_type":"bearer")" + expires + "}");
}

}  // namespace causeway::test
