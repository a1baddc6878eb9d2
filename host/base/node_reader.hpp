#pragma once

#include "host/base/node.hpp"

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway {

/// Reads one map of a configuration strictly. Every key that was asked for is known; whatever is left at `finish()` is
/// reported as unknown with the nearest known key ("did you mean 'to'?"). Nothing throws and nothing stops at the first
/// mistake: getters report into `problems` and answer an empty or default value.
class NodeReader {
 public:
  /// `what` names the thing in messages: "a route", "a field of a mapping".
  NodeReader(const Node& node, std::string_view what, Problems& problems);

  std::string required(std::string_view key);  ///< text; missing or not text is an error
  std::string text(std::string_view key, std::string_view fallback = {});
  std::optional<std::string> optionalText(std::string_view key);
  bool flag(std::string_view key, bool fallback = false);  ///< only true or false, unquoted
  std::optional<long long> number(std::string_view key);   ///< decimal whole number
  /// One of `allowed`; empty when absent and not required. Another word is an error that names the nearest allowed one.
  std::string choice(std::string_view key, std::initializer_list<std::string_view> allowed, bool required = false);
  /// A list of texts; one text alone counts as a list of one.
  std::vector<std::string> texts(std::string_view key);
  /// "2026-06-02", checked to be a real date.
  std::optional<std::chrono::year_month_day> date(std::string_view key);
  const Node* node(std::string_view key);   ///< any shape; nullptr when absent
  const Node* map(std::string_view key);    ///< must be a map when present
  const Node* list(std::string_view key);   ///< must be a list when present
  Location at(std::string_view key) const;  ///< of the value, or of the map when absent
  const Location& at() const { return node_.at; }

  /// Reports keys that nobody asked for. Call once, last.
  void finish();

 private:
  const Node* scalar(std::string_view key);
  void missing(std::string_view key);

  const Node& node_;
  std::string what_;
  Problems& problems_;
  std::vector<std::string> asked_;
};

/// The candidate nearest to `word` by edit distance, when near enough to be a slip; empty otherwise.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);
/// "; did you mean 'x'?" or nothing.
std::string didYouMean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace causeway
