#pragma once

#include "host/base/result.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace causeway {

/// A text with named places: "/v1/moves/{previous.reference}?reference={delivery.id}". What stands in a place is an identifier,
/// never free text, so that no personal value can get into a URL or a header by way of it.
class UrlTemplate {
 public:
  enum class Use { Path, Header };

  UrlTemplate() = default;
  /// Invalid, with what is wrong: a brace without its partner, an empty name, and for a path whatever is no absolute path and
  /// query (a '/' first, no "//", no "." or ".." segment, only characters that a URL may hold).
  static Result<UrlTemplate> parse(std::string_view text, Use use);

  bool empty() const { return pieces_.empty(); }
  /// Names of the places, in order.
  std::vector<std::string> names() const;
  bool names(std::string_view name) const;
  /// The text with its values, percent-encoded for a path. NotFound when a place has no value, Invalid when a value is no
  /// identifier: 1 to 128 printable ASCII characters without spaces, not "." or "..". The error names the place, never the value.
  Result<std::string> fill(const std::map<std::string, std::string, std::less<>>& values) const;

 private:
  struct Piece {
    std::string text;  ///< what stands there, or the name of the place
    bool place = false;
  };
  Use use_ = Use::Path;
  std::vector<Piece> pieces_;
};

/// Every character percent-encoded but letters, digits and "-._~" (RFC 3986, unreserved).
std::string percentEncoded(std::string_view text);
/// An absolute path, with a query perhaps, that can be sent as the target of a request as it stands.
bool isRequestTarget(std::string_view text);

}  // namespace causeway
