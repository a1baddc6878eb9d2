#include "host/base/text.hpp"
#include "host/base/url_template.hpp"
#include "host/transport/authenticator.hpp"
#include "host/transport/header_check.hpp"
#include "host/transport/keyed_digest.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>

// OAuth 2.0 client credentials.
namespace causeway::transport {
namespace {

constexpr std::size_t kLongestToken = 8 * 1024;

struct Token {
  HttpHeaders fields;
  Instant until{};
};

class TokenAuthenticator final : public Authenticator {
 public:
  TokenAuthenticator(TokenRequest request, std::unique_ptr<HttpsClient> client, const Clock& clock)
      : request_(std::move(request)), client_(std::move(client)), clock_(clock) {}

  Result<HttpHeaders> fields() override {
    std::unique_lock lock(mutex_);
    if (token_ && clock_.now() < token_->until) return token_->fields;
    if (fetching_) {
      const auto round = round_;
      fetched_.wait(lock, [&] { return round_ != round; });
      // What the one who fetched got is everybody's answer: fifty waiting calls must not become fifty more.
      if (token_) return token_->fields;
      return std::unexpected(error_);
    }
    fetching_ = true;
    lock.unlock();
    auto fetched = fetch();
    lock.lock();
    fetching_ = false;
    ++round_;
    token_ = fetched ? std::optional(*std::move(fetched)) : std::nullopt;
    if (!token_) error_ = std::move(fetched).error();
    fetched_.notify_all();
    if (token_) return token_->fields;
    return std::unexpected(error_);
  }

  bool renew(const HttpHeaders& refused) override {
    const std::lock_guard lock(mutex_);
    // Another thread may have renewed it meanwhile; then that one is to be tried, not thrown away.
    if (token_ && token_->fields == refused) token_.reset();
    return true;
  }

 private:
  Result<Token> fetch() const;
  HttpsCall call() const;
  Result<Token> tokenOf(const pipeline::Answer& answer, Instant asked) const;

  const TokenRequest request_;
  const std::unique_ptr<HttpsClient> client_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable fetched_;
  std::optional<Token> token_;
  Error error_{ErrorKind::Unavailable, "no token yet", {}};
  bool fetching_ = false;
  unsigned round_ = 0;
};

HttpsCall TokenAuthenticator::call() const {
  std::string form = "grant_type=client_credentials";
  if (!request_.scope.empty()) form += "&scope=" + percentEncoded(request_.scope);
  HttpsCall out;
  out.headers.emplace_back("Accept", "application/json");
  if (request_.credentials_in_body) {
    form +=
        "&client_id=" + percentEncoded(request_.client_id) + "&client_secret=" + percentEncoded(request_.client_secret);
  } else {
    // RFC 6749 section 2.3.1: both are form-encoded before they are joined.
    out.headers.emplace_back("Authorization", "Basic " + base64(percentEncoded(request_.client_id) + ":" +
                                                                percentEncoded(request_.client_secret)));
  }
  if (request_.parameters_in_query) {
    const auto path = request_.endpoint.url.find('/', std::string_view("https://").size());
    out.target = path == std::string::npos ? "/" : request_.endpoint.url.substr(path);
    out.target += (out.target.find('?') == std::string::npos ? "?" : "&") + form;
  } else {
    out.content_type = "application/x-www-form-urlencoded";
    out.body = std::move(form);
  }
  return out;
}

Result<Token> TokenAuthenticator::fetch() const {
  const std::string where = "token endpoint";
  const Instant asked = clock_.now();
  auto answer = client_->call(call());
  if (!answer) {
    const auto kind = answer.error().kind == ErrorKind::Unavailable ? ErrorKind::Unavailable : ErrorKind::Refused;
    return fail(kind, answer.error().what, where);
  }
  const int status = answer->status;
  if (status >= 500 || status == 408 || status == 429)
    return fail(ErrorKind::Unavailable, "answered " + std::to_string(status), where);
  if (status != 200)
    return fail(ErrorKind::Refused, "answered " + std::to_string(status) + ": check id and secret", where);
  return tokenOf(*answer, asked);
}

// Nothing of the answer may get into an error: it holds the token.
Result<Token> TokenAuthenticator::tokenOf(const pipeline::Answer& answer, Instant asked) const {
  const auto failed = [](const char* what) { return fail(ErrorKind::Refused, what, "token endpoint"); };
  const auto json = nlohmann::json::parse(answer.body, nullptr, false);
  if (!json.is_object()) return failed("the answer is no JSON object");
  const auto token = json.find("access_token"), type = json.find("token_type"), expires = json.find("expires_in");
  if (token == json.end() || !token->is_string()) return failed("the answer holds no access_token");
  const auto text = token->get<std::string>();
  if (text.empty() || text.size() > kLongestToken || !isFieldValue(text) || text.find(' ') != std::string::npos)
    return failed("the access_token cannot be sent");
  if (type == json.end() || !type->is_string() || lowerCase(type->get<std::string>()) != "bearer")
    return failed("the token is not of the type bearer");
  std::chrono::seconds lasts = request_.unspecified;
  if (expires != json.end()) {
    if (!expires->is_number_integer() || expires->get<long long>() < 1)
      return failed("expires_in is no number of seconds");
    lasts = std::chrono::seconds(std::min<long long>(expires->get<long long>(), 86'400));
  }
  return Token{{{"Authorization", "Bearer " + text}}, asked + lasts - std::min(request_.early, lasts / 2)};
}

}  // namespace

Result<std::unique_ptr<Authenticator>> makeTokenAuthenticator(TokenRequest request, const Clock& clock) {
  if (request.credentials_in_body && request.parameters_in_query)
    return fail(ErrorKind::Invalid, "a secret never stands in a URL", "token endpoint");
  request.endpoint.max_response_bytes = 8 * kLongestToken;
  auto client = HttpsClient::create(request.endpoint);
  if (!client) return fail(client.error().kind, client.error().what, "token endpoint");
  return std::make_unique<TokenAuthenticator>(std::move(request), *std::move(client), clock);
}

}  // namespace causeway::transport
