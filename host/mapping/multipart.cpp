#include "host/mapping/multipart.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace causeway::mapping {
namespace {

constexpr std::size_t kLongestBoundary = 70;

Failure wrong(const char* what) { return fail(ErrorKind::Invalid, what, "multipart"); }

bool isBoundaryCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

bool isTokenCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool isToken(std::string_view text) { return !text.empty() && std::ranges::all_of(text, isTokenCharacter); }

bool isPrintable(std::string_view text) {
  return isUtf8(text) && std::ranges::all_of(text, [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte >= 0x20 && byte != 0x7F;
         });
}

/// "form-data; name="a"; filename="b"" taken apart: the value, and its parameters one by one.
class Parameters {
 public:
  explicit Parameters(std::string_view field) : rest_(field) { value_ = lowerCase(trim(upTo(';'))); }

  const std::string& value() const { return value_; }
  /// The next name (lower case) and value; nothing at the end, an error when it is neither.
  Result<std::optional<std::pair<std::string, std::string>>> next() {
    rest_ = trim(rest_);
    if (rest_.empty()) return std::nullopt;
    const auto equals = rest_.find('=');
    const auto name = trim(rest_.substr(0, equals));
    if (equals == std::string_view::npos || !isToken(name)) return wrong("a parameter is not name=value");
    rest_ = rest_.substr(equals + 1);
    std::string value;
    if (rest_.starts_with('"')) {
      rest_.remove_prefix(1);
      const auto end = rest_.find('"');
      value = rest_.substr(0, end);
      // An escape inside quotes is read in three ways by three kinds of sender.
      if (end == std::string_view::npos || value.find('\\') != std::string::npos)
        return wrong("a quoted value does not end, or holds a backslash");
      rest_ = trim(rest_.substr(end + 1));
      if (!rest_.empty() && !rest_.starts_with(';')) return wrong("something stands behind a quoted value");
      if (!rest_.empty()) rest_.remove_prefix(1);
    } else {
      value = trim(upTo(';'));
      if (!isToken(value)) return wrong("a value needs quotes");
    }
    return std::pair(lowerCase(name), value);
  }

 private:
  std::string_view upTo(char separator) {
    const auto at = rest_.find(separator);
    const auto out = rest_.substr(0, at);
    rest_ = at == std::string_view::npos ? std::string_view() : rest_.substr(at + 1);
    return out;
  }

  std::string_view rest_;
  std::string value_;
};

Result<void> readDisposition(std::string_view field, BodyPart& out) {
  Parameters parameters(field);
  if (!isToken(parameters.value())) return wrong("a Content-Disposition without a kind");
  bool named = false, filed = false;
  for (;;) {
    CW_TRY(auto parameter, parameters.next());
    if (!parameter) return {};
    auto& [name, value] = *parameter;
    if (name == "name" && !std::exchange(named, true)) out.name = std::move(value);
    else if (name == "filename" && !std::exchange(filed, true)) out.file_name = std::move(value);
    // Two names for one file, in two encodings, can be two different names.
    else if (name == "name" || name.starts_with("filename")) return wrong("a part is named twice");
  }
}

Result<void> readType(std::string_view field, BodyPart& out) {
  Parameters parameters(field);
  out.content_type = parameters.value();
  const auto slash = out.content_type.find('/');
  if (slash == std::string::npos || !isToken(std::string_view(out.content_type).substr(0, slash)) ||
      !isToken(std::string_view(out.content_type).substr(slash + 1)))
    return wrong("a Content-Type that is none");
  if (out.content_type.starts_with("multipart/") || out.content_type.starts_with("message/"))
    return wrong("a part holds parts itself");
  return {};
}

Result<void> readField(std::string_view name, std::string_view value, BodyPart& out) {
  if (name == "content-disposition") return readDisposition(value, out);
  if (name == "content-type") return readType(value, out);
  if (name == "content-id") out.content_id = value;
  if (name != "content-transfer-encoding") return {};
  const auto encoding = lowerCase(value);
  out.base64 = encoding == "base64";
  if (!out.base64 && encoding != "binary" && encoding != "8bit" && encoding != "7bit")
    return wrong("an encoding that is not understood");
  return {};
}

// `header` ends with the CR LF of its last line; empty when the part has none.
Result<void> readHeader(std::string_view header, BodyPart& out) {
  std::vector<std::string> seen;
  while (!header.empty()) {
    const auto end = header.find("\r\n");
    const auto line = header.substr(0, end);
    header.remove_prefix(end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !isToken(line.substr(0, colon)))
      return wrong("a line of a header is not name: value");
    auto name = lowerCase(line.substr(0, colon));
    const auto value = trim(line.substr(colon + 1));
    if (!isPrintable(value)) return wrong("a header with control characters");
    if (std::ranges::find(seen, name) != seen.end()) return wrong("a field of a header stands twice");
    CW_CHECK_OK(readField(name, value, out));
    seen.push_back(std::move(name));
  }
  return {};
}

Result<BodyPart> readPart(std::string_view bytes, const MultipartLimits& limits) {
  BodyPart out;
  out.content_type = "text/plain";
  if (bytes.starts_with("\r\n")) {
    out.content = bytes.substr(2);
    return out;
  }
  const auto end = bytes.substr(0, limits.header_bytes).find("\r\n\r\n");
  if (end == std::string_view::npos && bytes.size() > limits.header_bytes)
    return fail(ErrorKind::TooLarge,
                "the header of a part is longer than " + std::to_string(limits.header_bytes) + " bytes", "multipart");
  if (end == std::string_view::npos) return wrong("a part without an empty line behind its header");
  CW_CHECK_OK(readHeader(bytes.substr(0, end + 2), out));
  out.content = bytes.substr(end + 4);
  return out;
}

}  // namespace

Result<std::string> multipartBoundary(std::string_view content_type) {
  Parameters parameters(content_type);
  static constexpr std::array<std::string_view, 3> kinds{"multipart/form-data", "multipart/mixed", "multipart/related"};
  if (std::ranges::find(kinds, parameters.value()) == kinds.end()) {
    if (parameters.value().starts_with("multipart/")) return wrong("a kind of multipart that is not understood");
    return fail(ErrorKind::NotFound, "the body has no parts");
  }
  std::string out;
  for (;;) {
    CW_TRY(auto parameter, parameters.next());
    if (!parameter) break;
    if (parameter->first != "boundary") continue;
    if (!out.empty()) return wrong("two boundaries are named");
    out = std::move(parameter->second);
    const bool good = !out.empty() && out.size() <= kLongestBoundary && std::ranges::all_of(out, isBoundaryCharacter) &&
                      !out.ends_with(' ');
    if (!good) return wrong("the boundary is not one of RFC 2046");
  }
  if (out.empty()) return wrong("no boundary is named");
  return out;
}

Result<std::vector<BodyPart>> readMultipart(std::string_view body, std::string_view boundary,
                                            const MultipartLimits& limits) {
  const std::string first = "--" + std::string(boundary), between = "\r\n" + first;
  if (boundary.empty() || !body.starts_with(first)) return wrong("the body does not begin with its boundary");
  body.remove_prefix(first.size());
  std::vector<BodyPart> out;
  while (!body.starts_with("--")) {
    if (!body.starts_with("\r\n")) return wrong("a boundary is followed by something else than a line break");
    body.remove_prefix(2);
    const auto end = body.find(between);
    if (end == std::string_view::npos) return wrong("the last part does not end");
    if (out.size() >= limits.parts)
      return fail(ErrorKind::TooLarge, "more than " + std::to_string(limits.parts) + " parts", "multipart");
    CW_TRY(auto part, readPart(body.substr(0, end), limits));
    out.push_back(std::move(part));
    body.remove_prefix(end + between.size());
  }
  body.remove_prefix(2);
  if (!body.empty() && body != "\r\n") return wrong("something stands behind the last part");
  if (out.empty()) return wrong("there is no part");
  return out;
}

Result<std::string> decodedBase64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  unsigned int bits = 0;
  int count = 0, padding = 0;
  for (const char c : text) {
    if (c == '\r' || c == '\n') continue;
    int value = 0;
    if (c >= 'A' && c <= 'Z') value = c - 'A';
    else if (c >= 'a' && c <= 'z') value = c - 'a' + 26;
    else if (c >= '0' && c <= '9') value = c - '0' + 52;
    else if (c == '+') value = 62;
    else if (c == '/') value = 63;
    else if (c == '=') ++padding;
    else return wrong("a character that base 64 does not have");
    if (padding > 0 && c != '=') return wrong("padding in the middle of base 64");
    bits = bits << 6U | static_cast<unsigned int>(value);
    if (++count % 4 != 0) continue;
    for (const unsigned int shift : {16U, 8U, 0U}) out += static_cast<char>(bits >> shift & 0xFFU);
    bits = 0;
  }
  if (count % 4 != 0 || padding > 2) return wrong("base 64 that is cut off");
  out.resize(out.size() - static_cast<std::size_t>(padding));
  return out;
}

}  // namespace causeway::mapping
