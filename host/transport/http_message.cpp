#include "host/transport/http_message.hpp"

#include "host/base/text.hpp"
#include "host/transport/header_check.hpp"

#include <algorithm>
#include <array>

namespace causeway::transport {
namespace {

std::string_view phraseOf(int status) {
  struct Phrase {
    int status;
    std::string_view text;
  };
  static constexpr std::array phrases{Phrase{200, "OK"},
                                      Phrase{201, "Created"},
                                      Phrase{202, "Accepted"},
                                      Phrase{204, "No Content"},
                                      Phrase{400, "Bad Request"},
                                      Phrase{401, "Unauthorized"},
                                      Phrase{403, "Forbidden"},
                                      Phrase{404, "Not Found"},
                                      Phrase{405, "Method Not Allowed"},
                                      Phrase{406, "Not Acceptable"},
                                      Phrase{408, "Request Timeout"},
                                      Phrase{409, "Conflict"},
                                      Phrase{413, "Content Too Large"},
                                      Phrase{415, "Unsupported Media Type"},
                                      Phrase{417, "Expectation Failed"},
                                      Phrase{422, "Unprocessable Content"},
                                      Phrase{429, "Too Many Requests"},
                                      Phrase{500, "Internal Server Error"},
                                      Phrase{501, "Not Implemented"},
                                      Phrase{503, "Service Unavailable"}};
  const auto* const found = std::ranges::find(phrases, status, &Phrase::status);
  return found == phrases.end() ? std::string_view{} : found->text;
}

bool isFramingField(std::string_view name) {
  static constexpr std::array<std::string_view, 7> names{
      "content-length", "transfer-encoding", "connection", "keep-alive", "trailer", "upgrade", "content-type"};
  return std::ranges::find(names, lowerCase(name)) != names.end();
}

bool canBeSent(const HttpReply& reply) {
  return reply.status >= 200 && reply.status <= 599 && isFieldValue(reply.content_type) &&
         std::ranges::all_of(reply.headers, [](const auto& field) {
           return isFieldName(field.first) && !isFramingField(field.first) && isFieldValue(field.second);
         });
}

void addField(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string_view HttpRequest::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, &HttpHeaders::value_type::first);
  return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

std::string serialise(const HttpReply& reply, bool head_only, bool close) {
  if (!canBeSent(reply))
    return serialise(HttpReply{.status = 500, .content_type = {}, .body = {}, .headers = {}}, head_only, true);
  const bool may_have_body = reply.status != 204 && reply.status != 304;
  std::string out;
  out.reserve(256 + reply.body.size());
  out.append("HTTP/1.1 ")
      .append(std::to_string(reply.status))
      .append(" ")
      .append(phraseOf(reply.status))
      .append("\r\n");
  if (!reply.content_type.empty()) addField(out, "Content-Type", reply.content_type);
  for (const auto& [name, value] : reply.headers) addField(out, name, value);
  if (may_have_body) addField(out, "Content-Length", std::to_string(reply.body.size()));
  if (close || reply.close) addField(out, "Connection", "close");
  out.append("\r\n");
  if (may_have_body && !head_only) out.append(reply.body);
  return out;
}

}  // namespace causeway::transport
