#pragma once

#include <memory>
#include <string_view>

namespace causeway::mapping {

/// Bare parsers of JSON that visit every key and value and do nothing with them: what the benchmark of mapping is measured against, in the
/// same run.
class JsonFloor {
 public:
  JsonFloor();
  ~JsonFloor();
  JsonFloor(const JsonFloor&) = delete;
  JsonFloor& operator=(const JsonFloor&) = delete;
  /// A streaming parser with empty handlers that checks the document and its UTF-8 as it goes (RapidJSON): what libxml2's SAX2 is for XML.
  bool stream(std::string_view document);
  /// simdjson on demand: looks for the structure of the whole document first and then visits it.
  bool parse(std::string_view document);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::mapping
