#include "host/transport/authenticator.hpp"

#include "host/transport/keyed_digest.hpp"

#include <algorithm>

namespace causeway::transport {
namespace {

constexpr std::size_t kUuid = 36;

class KeyAuthenticator final : public Authenticator {
 public:
  KeyAuthenticator(const std::string& field, const std::string& value) : fields_{{field, value}} {}
  Result<HttpHeaders> fields() override { return fields_; }
  bool renew(const HttpHeaders&) override { return false; }

 private:
  const HttpHeaders fields_;
};

class JwtAuthenticator final : public Authenticator {
 public:
  JwtAuthenticator(JwtSecret secret, const Clock& clock) : secret_(std::move(secret)), clock_(clock) {}

  Result<HttpHeaders> fields() override {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch().count();
    const std::string signed_part =
        base64Url(R"({"typ":"JWT","alg":"HS256"})") + "." +
        base64Url(R"({"iss":")" + secret_.issuer + R"(","iat":)" + std::to_string(seconds) + "}");
    CW_TRY(const auto signature, hmacSha256(secret_.secret, signed_part));
    return HttpHeaders{{"Authorization", "Bearer " + signed_part + "." + base64Url(signature)}};
  }
  // Each request has a token of its own: a second one would say the same.
  bool renew(const HttpHeaders&) override { return false; }

 private:
  const JwtSecret secret_;
  const Clock& clock_;
};

bool isUuid(std::string_view text) {
  if (text.size() != kUuid) return false;
  for (std::size_t i = 0; i < kUuid; ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !digit) return false;
  }
  return true;
}

}  // namespace

std::unique_ptr<Authenticator> makeKeyAuthenticator(const std::string& field, const std::string& value) {
  return std::make_unique<KeyAuthenticator>(field, value);
}

std::unique_ptr<Authenticator> makeJwtAuthenticator(JwtSecret secret, const Clock& clock) {
  return std::make_unique<JwtAuthenticator>(std::move(secret), clock);
}

Result<JwtSecret> jwtSecretOf(std::string_view key) {
  // Read from its end: the name may hold dashes itself.
  const Failure wrong = fail(ErrorKind::Invalid, "the key must be {name}-{issuer}-{secret}, the last two UUIDs");
  if (key.size() < 2 * kUuid + 1) return wrong;
  const auto secret = key.substr(key.size() - kUuid);
  const auto issuer = key.substr(key.size() - 2 * kUuid - 1, kUuid);
  const bool parted =
      key[key.size() - kUuid - 1] == '-' && (key.size() == 2 * kUuid + 1 || key[key.size() - 2 * kUuid - 2] == '-');
  if (!parted || !isUuid(secret) || !isUuid(issuer)) return wrong;
  return JwtSecret{std::string(issuer), std::string(secret)};
}

}  // namespace causeway::transport
