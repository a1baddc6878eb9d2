#pragma once

#include "host/base/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace causeway {

/// A compiled regular expression (RE2 syntax: linear time, no back-references). Cheap to copy, safe to share.
class Regex {
 public:
  static Result<Regex> compile(std::string_view pattern);

  /// The pattern occurs anywhere in the text; anchor with ^ and $ to match the whole.
  bool search(std::string_view text) const;
  /// Whole match and groups of the first occurrence (views into `text`; a group that took no part is empty).
  /// Empty when there is none.
  std::vector<std::string_view> groups(std::string_view text) const;
  /// Replaces every occurrence; \1 to \9 stand for groups.
  std::string replaceAll(std::string_view text, std::string_view replacement) const;
  const std::string& pattern() const;

 private:
  struct Impl;
  explicit Regex(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace causeway
