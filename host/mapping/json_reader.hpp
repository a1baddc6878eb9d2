#pragma once

#include "host/mapping/document.hpp"

#include <memory>
#include <string_view>

namespace causeway::mapping {

/// simdjson, its buffers kept from document to document. One per thread.
class JsonReader {
 public:
  JsonReader();
  ~JsonReader();
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;

  /// Guards, then streams the document: the root object opens the element "". Duplicate keys (compared unescaped) are Invalid.
  Result<void> read(std::string_view document, const Limits& limits, DocumentHandler& handler);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::mapping
