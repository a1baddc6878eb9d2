#pragma once

#include "host/base/node.hpp"

#include <string_view>
#include <vector>

namespace causeway::config {

/// The text of one configuration file, able to say at which line and column a byte stands. Columns count characters, as
/// editors do, not bytes. The text must outlive this object.
class SourceText {
 public:
  SourceText(std::string_view text, std::string file_name);

  std::string_view text() const { return text_; }
  Location at(size_t offset) const;
  /// The file as a whole, when no place in it is known.
  Location file() const { return {file_, 0, 0}; }

  /// Reports what no configuration file may hold: too many bytes, a byte order mark, bytes that are not UTF-8, control
  /// characters. False when there was one: such a text is not worth parsing.
  bool check(Problems& problems) const;

 private:
  size_t charactersBefore(size_t offset) const;

  std::string_view text_;
  std::shared_ptr<const std::string> file_;
  std::vector<size_t> line_starts_;
  std::vector<size_t> characters_;  ///< before each block of the text, so that a place in a long line is found quickly
};

}  // namespace causeway::config
