#include "host/transport/header_check.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <string>

namespace causeway::transport {
namespace {

bool isTokenCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool isDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view nextLine(std::string_view& rest) {
  const auto end = rest.find("\r\n");
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end + 2);
  return line;
}

// A dot written as %2e is a dot to the program behind the next proxy.
std::string withPlainDots(std::string_view path) {
  std::string out;
  for (size_t i = 0; i < path.size(); ++i) {
    const bool escaped = path[i] == '%' && i + 2 < path.size() && path[i + 1] == '2' && (path[i + 2] | 0x20) == 'e';
    out += escaped ? '.' : path[i];
    if (escaped) i += 2;
  }
  return out;
}

std::string_view checkTarget(std::string_view target) {
  if (!target.starts_with('/')) return "the target is not a path";
  if (!std::ranges::all_of(target, [](char c) { return c > 0x20 && c < 0x7F && c != '#' && c != '\\'; }))
    return "the target has characters that do not belong there";
  const std::string path = withPlainDots(target.substr(0, target.find('?')));
  if (path.find("%00") != std::string::npos) return "the target has an escaped NUL";
  for (const auto segment : split(path, '/'))
    if (segment == "." || segment == "..") return "the target has a dot segment";
  return {};
}

std::string_view checkRequestLine(std::string_view line) {
  const auto parts = split(line, ' ');
  if (parts.size() != 3) return "the request line is not three words";
  if (!isFieldName(parts[0])) return "the method is not a token";
  if (parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0") return "the version is not HTTP/1.1 or HTTP/1.0";
  return checkTarget(parts[1]);
}

// Fields that decide where a request ends or for whom it is.
struct Framing {
  int hosts = 0;
  int lengths = 0;
  int encodings = 0;

  std::string_view note(const std::string& name, std::string_view value) {
    if (name == "host") {
      if (++hosts > 1) return "more than one Host";
      if (value.empty() || value.find_first_of(" \t,/@") != std::string_view::npos) return "Host is not a host";
    } else if (name == "content-length") {
      if (++lengths > 1) return "more than one Content-Length";
      if (!isDigits(value) || value.size() > 15) return "Content-Length is not a number of bytes";
    } else if (name == "transfer-encoding") {
      if (++encodings > 1) return "more than one Transfer-Encoding";
      if (lowerCase(value) != "chunked") return "Transfer-Encoding is not chunked alone";
    }
    return {};
  }

  std::string_view check(bool http_1_0) const {
    if (hosts != 1) return "no Host";
    if (encodings != 0 && lengths != 0) return "both Content-Length and Transfer-Encoding";
    if (encodings != 0 && http_1_0) return "Transfer-Encoding in HTTP/1.0";
    return {};
  }
};

std::string_view checkField(std::string_view line, Framing& framing) {
  if (line.starts_with(' ') || line.starts_with('\t')) return "a folded header line";
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return "a header line without a colon";
  const auto name = line.substr(0, colon);
  if (!isFieldName(name)) return "a header name that is not a token";
  const auto value = trim(line.substr(colon + 1));
  if (!isFieldValue(value)) return "a header value with control characters";
  return framing.note(lowerCase(name), value);
}

}  // namespace

bool isFieldName(std::string_view name) { return !name.empty() && std::ranges::all_of(name, isTokenCharacter); }

bool isFieldValue(std::string_view value) {
  return std::ranges::all_of(value, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
  });
}

std::string_view checkRequestHeader(std::string_view header, std::size_t max_fields) {
  if (!header.ends_with("\r\n\r\n")) return "the header does not end with an empty line";
  auto rest = header;
  rest.remove_suffix(2);
  const auto request_line = nextLine(rest);
  if (const auto wrong = checkRequestLine(request_line); !wrong.empty()) return wrong;
  Framing framing;
  for (std::size_t fields = 0; !rest.empty(); ++fields) {
    if (fields == max_fields) return "too many header lines";
    if (const auto wrong = checkField(nextLine(rest), framing); !wrong.empty()) return wrong;
  }
  return framing.check(request_line.ends_with("1.0"));
}

}  // namespace causeway::transport
