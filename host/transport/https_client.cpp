#include "host/transport/https_client.hpp"

#include "host/base/text.hpp"
#include "host/transport/header_check.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <mutex>
#include <vector>

namespace causeway::transport {
namespace {

using pipeline::Answer;
using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

void startCurl() {
  static const CURLcode started = [] {
    // OpenSSL writes to sockets that the other side may have closed; CURLOPT_NOSIGNAL leaves SIGPIPE to the program.
    std::signal(SIGPIPE, SIG_IGN);
    return curl_global_init(CURL_GLOBAL_DEFAULT);
  }();
  static_cast<void>(started);
}

std::string part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return {};
  std::string out(text);
  curl_free(text);
  return out;
}

// The URL without path and query, to put another target behind.
Result<std::string> originOf(const std::string& text) {
  const Url url(curl_url(), &curl_url_cleanup);
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK)
    return fail(ErrorKind::Invalid, "the URL of an endpoint cannot be read or names a user");
  if (part(url.get(), CURLUPART_SCHEME) != "https")
    return fail(ErrorKind::Invalid, "the URL of an endpoint is not https://");
  if (!part(url.get(), CURLUPART_FRAGMENT).empty())
    return fail(ErrorKind::Invalid, "the URL of an endpoint has a fragment");
  const auto port = part(url.get(), CURLUPART_PORT);
  return "https://" + part(url.get(), CURLUPART_HOST) + (port.empty() ? "" : ":" + port);
}

// One transfer's answer as it arrives.
struct Receiver {
  std::string body;
  std::size_t limit = 0;
  bool too_large = false;
  bool header_complete = false;
  bool has_length = false;

  // curl takes a header that breaks off in the middle of a line for a whole one, and a body without a length for whole
  // wherever the connection was cut.
  static std::size_t takeHeader(char* data, std::size_t size, std::size_t count, void* self) {
    auto& receiver = *static_cast<Receiver*>(self);
    const std::string_view line(data, size * count);
    if (line.starts_with("HTTP/")) receiver.header_complete = receiver.has_length = false;  // final after provisional
    const auto name = lowerCase(line.substr(0, line.find(':')));
    if (name == "content-length" || name == "transfer-encoding") receiver.has_length = true;
    if (line == "\r\n" || line == "\n") receiver.header_complete = true;
    return line.size();
  }

  static std::size_t take(char* data, std::size_t size, std::size_t count, void* self) {
    auto& receiver = *static_cast<Receiver*>(self);
    const std::size_t bytes = size * count;
    receiver.too_large = receiver.body.size() + bytes > receiver.limit;
    if (receiver.too_large) return 0;
    receiver.body.append(data, bytes);
    return bytes;
  }
};

// A server that does not accept our certificate says so in a TLS alert, with TLS 1.3 only after the handshake; the code
// alone could as well be a broken connection.
bool isCertificateAlert(std::string_view detail) {
  static constexpr std::array<std::string_view, 3> words{"certificate", "unknown ca", "access denied"};
  return detail.find("alert") != std::string_view::npos &&
         std::ranges::any_of(words, [&](auto word) { return detail.find(word) != std::string_view::npos; });
}

ErrorKind kindOf(CURLcode code, std::string_view detail) {
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CIPHER: return ErrorKind::Refused;
    default: return isCertificateAlert(detail) ? ErrorKind::Refused : ErrorKind::Unavailable;
  }
}

bool addHeader(List& list, const std::string& name, const std::string& value) {
  if (!isFieldName(name) || !isFieldValue(value)) return false;
  // curl drops a field whose value is empty unless it is written with a semicolon.
  const std::string line = value.empty() ? name + ";" : name + ": " + value;
  auto* const longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) return false;
  static_cast<void>(list.release());
  list.reset(longer);
  return true;
}

Result<List> headersOf(const HttpsCall& call) {
  List list(nullptr, &curl_slist_free_all);
  // Without these two, curl waits a second before it sends a large body, and adds a type of its own to a POST.
  list.reset(curl_slist_append(nullptr, "Expect:"));
  if (call.content_type.empty()) list.reset(curl_slist_append(list.release(), "Content-Type:"));
  bool good = call.content_type.empty() || addHeader(list, "Content-Type", call.content_type);
  for (const auto& [name, value] : call.headers) good = good && addHeader(list, name, value);
  if (!good) return fail(ErrorKind::Invalid, "a header field of a call holds characters that cannot be sent");
  return list;
}

void setMethod(CURL* easy, const HttpsCall& call) {
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, nullptr);
  if (call.method == "GET") {
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
  } else if (call.method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  } else {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, call.body.data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    if (call.method != "POST") curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, call.method.c_str());
  }
}

std::string fieldOf(CURL* easy, const char* name) {
  curl_header* found = nullptr;
  return curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK ? found->value : "";
}

Answer answerOf(CURL* easy, std::string body) {
  long status = 0;
  const char* content_type = nullptr;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &content_type);
  pipeline::Answer out{static_cast<int>(status), content_type == nullptr ? "" : content_type, std::move(body)};
  out.location = fieldOf(easy, "Location");
  out.retry_after = fieldOf(easy, "Retry-After");
  return out;
}

}  // namespace

struct HttpsClient::Impl {
  HttpsEndpoint endpoint;
  std::string origin;
  std::mutex mutex;
  std::vector<Easy> idle;

  Easy acquire() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        Easy easy = std::move(idle.back());
        idle.pop_back();
        return easy;
      }
    }
    return Easy(curl_easy_init(), &curl_easy_cleanup);
  }

  void giveBack(Easy easy) {
    const std::lock_guard lock(mutex);
    if (idle.size() < endpoint.max_idle_connections) idle.push_back(std::move(easy));
  }

  void configure(CURL* easy) const {
    curl_easy_reset(easy);  // keeps connections and TLS sessions
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");  // never one from the environment
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!endpoint.certificate_file.empty()) {
      curl_easy_setopt(easy, CURLOPT_SSLCERT, endpoint.certificate_file.c_str());
      curl_easy_setopt(easy, CURLOPT_SSLKEY, endpoint.key_file.c_str());
    }
    if (!endpoint.ca_file.empty()) {  // else those of the system, which the reset has put back
      curl_easy_setopt(easy, CURLOPT_CAINFO, endpoint.ca_file.c_str());
      curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    }
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(endpoint.connect_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(endpoint.total_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXCONNECTS, 1L);
  }

  Result<Answer> perform(CURL* easy, const HttpsCall& call) const {
    CW_TRY(const List headers, headersOf(call));
    configure(easy);
    const std::string url = call.target.empty() ? endpoint.url : origin + call.target;
    std::array<char, CURL_ERROR_SIZE> detail{};
    Receiver receiver{.body = {}, .limit = endpoint.max_response_bytes};
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, detail.data());
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Receiver::takeHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &receiver);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Receiver::take);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &receiver);
    setMethod(easy, call);
    const CURLcode code = curl_easy_perform(easy);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, nullptr);
    if (receiver.too_large)
      return fail(ErrorKind::TooLarge,
                  "the answer is longer than " + std::to_string(endpoint.max_response_bytes) + " bytes", origin);
    // The text of the code, not the detail: that one may quote what the other side sent.
    if (code != CURLE_OK) return fail(kindOf(code, detail.data()), curl_easy_strerror(code), origin);
    if (!receiver.header_complete) return fail(ErrorKind::Unavailable, "the answer was cut off", origin);
    auto answer = answerOf(easy, std::move(receiver.body));
    const bool may_be_cut = !receiver.has_length && call.method != "HEAD" && answer.status != 204;
    if (may_be_cut && answer.status / 100 == 2)
      return fail(ErrorKind::Refused, "the answer has no length, so nothing tells whether it is whole", origin);
    return answer;
  }
};

Result<std::unique_ptr<HttpsClient>> HttpsClient::create(const HttpsEndpoint& endpoint) {
  startCurl();
  CW_TRY(std::string origin, originOf(endpoint.url));
  if (endpoint.certificate_file.empty() != endpoint.key_file.empty())
    return fail(ErrorKind::Invalid, "a client certificate and its key belong together", origin);
  auto impl = std::make_unique<Impl>();
  impl->endpoint = endpoint;
  impl->origin = std::move(origin);
  return std::unique_ptr<HttpsClient>(new HttpsClient(std::move(impl)));
}

HttpsClient::HttpsClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpsClient::~HttpsClient() = default;

Result<Answer> HttpsClient::call(const HttpsCall& call) {
  if (!isFieldName(call.method) || (!call.target.empty() && !call.target.starts_with('/')))
    return fail(ErrorKind::Invalid, "the method or the target of a call cannot be sent", impl_->origin);
  Easy easy = impl_->acquire();
  if (!easy) return fail(ErrorKind::Broken, "no memory for a connection", impl_->origin);
  auto answer = impl_->perform(easy.get(), call);
  impl_->giveBack(std::move(easy));
  return answer;
}

Result<Answer> HttpsClient::post(std::string content_type, std::string body) {
  return call({.method = "POST",
               .target = {},
               .content_type = std::move(content_type),
               .body = std::move(body),
               .headers = {}});
}

}  // namespace causeway::transport
