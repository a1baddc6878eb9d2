#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace causeway {

/// A place in a configuration file; line and column count from 1.
struct Location {
  std::shared_ptr<const std::string> file;
  int line = 0;
  int column = 0;

  /// "config/routes/courts.yaml:14:5"
  std::string text() const;
};

struct Problem {
  enum class Severity { Error, Warning };
  Severity severity = Severity::Error;
  Location at;
  std::string what;
  std::string text() const;  ///< "file:line:col: what", warnings marked
};

/// Collects every problem of a configuration so that a person mends them all in one go.
class Problems {
 public:
  void error(const Location& at, std::string what);
  void warning(const Location& at, std::string what);
  bool hasErrors() const;
  bool empty() const { return items_.empty(); }
  /// In file order: by file, line and column.
  std::vector<Problem> sorted() const;
  /// One problem a line, sorted.
  std::string text() const;

 private:
  std::vector<Problem> items_;
};

/// A configuration value that remembers where it was written. Plain data: the YAML library stays in config/, so that the
/// pure folders can load their languages (mappings, rules, policies) without it.
class Node {
 public:
  enum class Kind { Null, Scalar, List, Map };
  struct Entry;

  Kind kind = Kind::Null;
  Location at;
  std::string scalar;          ///< text of a scalar exactly as written (unquoted)
  bool quoted = false;         ///< "yes" in quotes is text, never a truth value
  std::vector<Node> items;     ///< of a list
  std::vector<Entry> entries;  ///< of a map, in file order, keys unique

  bool isNull() const { return kind == Kind::Null; }
  bool isScalar() const { return kind == Kind::Scalar; }
  bool isList() const { return kind == Kind::List; }
  bool isMap() const { return kind == Kind::Map; }
  /// The value under a key of a map; nullptr when there is none.
  const Node* find(std::string_view key) const;
};

struct Node::Entry {
  std::string key;
  Location key_at;
  Node value;
};

}  // namespace causeway
