#include "host/base/url_template.hpp"

#include "host/base/text.hpp"

#include <algorithm>

namespace causeway {
namespace {

constexpr size_t kLongestValue = 128;
constexpr size_t kLongestTarget = 2000;

bool isUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

bool mayStandInTarget(char c) {
  return isUnreserved(c) || std::string_view("/%!$&'()*+,;=:@?").find(c) != std::string_view::npos;
}

bool isIdentifier(std::string_view value) {
  return !value.empty() && value.size() <= kLongestValue && value != "." && value != ".." &&
         std::ranges::all_of(value, [](char c) { return c > 0x20 && c < 0x7F; });
}

// A percent sign that does not begin an escape could be read in two ways.
bool escapesAreWhole(std::string_view text) {
  const auto hexadecimal = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  for (size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
    if (at + 2 >= text.size() || !hexadecimal(text[at + 1]) || !hexadecimal(text[at + 2])) return false;
  return true;
}

}  // namespace

bool isRequestTarget(std::string_view text) {
  if (!text.starts_with('/') || text.size() > kLongestTarget || !std::ranges::all_of(text, mayStandInTarget) ||
      !escapesAreWhole(text))
    return false;
  const auto path = lowerCase(text.substr(1, text.find('?') - 1));
  if (path.find("%2f") != std::string::npos || path.find("%5c") != std::string::npos) return false;
  const auto parts = split(path, '/');
  return std::ranges::none_of(parts, [&](std::string_view part) {
    const bool last = part.data() + part.size() == path.data() + path.size();
    return part == "." || part == ".." || part.find("%2e") != std::string_view::npos || (part.empty() && !last);
  });
}

std::string percentEncoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (isUnreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4U], digits[byte & 0xFU]};
  }
  return out;
}

Result<UrlTemplate> UrlTemplate::parse(std::string_view text, Use use) {
  UrlTemplate out;
  out.use_ = use;
  std::string shape;  // with a plain letter in each place, to be looked at as a whole
  while (!text.empty()) {
    const size_t brace = text.find_first_of("{}");
    const auto before = text.substr(0, brace);
    if (!before.empty()) out.pieces_.push_back({std::string(before), false});
    shape += before;
    if (brace == std::string_view::npos) break;
    const size_t end = text.find('}');
    if (text[brace] == '}' || end == std::string_view::npos)
      return fail(ErrorKind::Invalid, "a brace without its partner");
    const auto name = text.substr(brace + 1, end - brace - 1);
    if (name.empty() || name.find('{') != std::string_view::npos)
      return fail(ErrorKind::Invalid, "a place needs a name: {delivery.id}");
    out.pieces_.push_back({std::string(name), true});
    shape += 'x';
    text.remove_prefix(end + 1);
  }
  if (use == Use::Path && !isRequestTarget(shape))
    return fail(ErrorKind::Invalid, "must be a path from the root of the host, such as /v1/messages/{delivery.id}");
  return out;
}

std::vector<std::string> UrlTemplate::names() const {
  std::vector<std::string> out;
  for (const auto& piece : pieces_)
    if (piece.place) out.push_back(piece.text);
  return out;
}

bool UrlTemplate::names(std::string_view name) const {
  return std::ranges::any_of(pieces_, [&](const Piece& piece) { return piece.place && piece.text == name; });
}

Result<std::string> UrlTemplate::fill(const std::map<std::string, std::string, std::less<>>& values) const {
  std::string out;
  for (const auto& piece : pieces_) {
    if (!piece.place) {
      out += piece.text;
      continue;
    }
    const auto found = values.find(piece.text);
    if (found == values.end() || found->second.empty())
      return fail(ErrorKind::NotFound, "there is no " + piece.text + " to call by");
    if (!isIdentifier(found->second)) return fail(ErrorKind::Invalid, piece.text + " is not an identifier");
    out += use_ == Use::Path ? percentEncoded(found->second) : found->second;
  }
  return out;
}

}  // namespace causeway
