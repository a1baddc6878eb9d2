#include "host/transport/curl_sender.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <array>

namespace causeway::transport {
namespace {

using pipeline::Answer;
using pipeline::Outgoing;

bool meansNotNow(int status) { return status >= 500 || status == 408 || status == 425 || status == 429; }

// What the connection and this class decide is not for a message to say.
bool isOurs(std::string_view name) {
  static constexpr std::array<std::string_view, 7> names{
      "causeway-delivery", "host", "content-length", "content-type", "transfer-encoding", "connection", "expect"};
  return std::ranges::find(names, lowerCase(name)) != names.end();
}

// A partner that does not accept the fields has done nothing with the body, so a second call is safe.
Result<Answer> callShowing(HttpsClient& client, Authenticator& authenticator, HttpsCall call) {
  const auto plain = call.headers.size();
  for (bool again = false;; again = true) {
    CW_TRY(const auto fields, authenticator.fields());
    call.headers.resize(plain);
    for (const auto& [name, value] : fields) {
      const auto set =
          std::ranges::find(call.headers, lowerCase(name), [](const auto& one) { return lowerCase(one.first); });
      if (set != call.headers.end())
        return fail(ErrorKind::Refused, "a delivery may not set the field " + lowerCase(name));
    }
    call.headers.insert(call.headers.end(), fields.begin(), fields.end());
    auto answer = client.call(call);
    if (again || !answer || answer->status != 401 || !authenticator.renew(fields)) return answer;
  }
}

}  // namespace

Result<std::unique_ptr<CurlSender>> CurlSender::create(const std::map<std::string, HttpsEndpoint>& endpoints,
                                                       Authenticators authenticators) {
  Clients clients;
  for (const auto& [name, endpoint] : endpoints) {
    const std::string where = "endpoint " + name;
    if (endpoint.certificate_file.empty() && !authenticators.contains(name))
      return fail(ErrorKind::Invalid, "needs a client certificate or another way to show who we are", where);
    auto client = HttpsClient::create(endpoint);
    if (!client) return fail(client.error().kind, client.error().what, where);
    clients.emplace(name, std::move(*client));
  }
  return std::unique_ptr<CurlSender>(new CurlSender(std::move(clients), std::move(authenticators)));
}

Result<Answer> CurlSender::send(const Outgoing& outgoing) {
  const std::string where = "endpoint " + outgoing.endpoint;
  const auto found = clients_.find(outgoing.endpoint);
  if (found == clients_.end()) return fail(ErrorKind::Refused, "no endpoint of that name is configured", where);
  HttpsCall call{.method = outgoing.method,
                 .target = outgoing.target,
                 .content_type = outgoing.content_type,
                 .body = outgoing.body,
                 .headers = {}};
  if (!outgoing.delivery_id.empty()) call.headers.emplace_back("Causeway-Delivery", outgoing.delivery_id);
  for (const auto& field : outgoing.headers) {
    if (isOurs(field.first))
      return fail(ErrorKind::Refused, "a delivery may not set the field " + lowerCase(field.first), where);
    call.headers.push_back(field);
  }
  const auto shows = authenticators_.find(outgoing.endpoint);
  auto answer = shows == authenticators_.end() ? found->second->call(call)
                                               : callShowing(*found->second, *shows->second, std::move(call));
  if (!answer) {
    const auto kind = answer.error().kind == ErrorKind::Unavailable ? ErrorKind::Unavailable : ErrorKind::Refused;
    return fail(kind, answer.error().what, where);
  }
  if (meansNotNow(answer->status))
    return fail(ErrorKind::Unavailable, "the partner answered " + std::to_string(answer->status), where);
  return answer;
}

}  // namespace causeway::transport
