#pragma once

#include "host/mapping/document.hpp"

#include <memory>
#include <string_view>

namespace causeway::mapping {

/// libxml2's SAX2 parser, its context kept from document to document. No DTD, no entities, no network, ever. One per thread.
class XmlReader {
 public:
  XmlReader();
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  /// Guards, then streams the document to the handler. Invalid or TooLarge with "line n"; the text never quotes the document.
  Result<void> read(std::string_view document, const Limits& limits, DocumentHandler& handler);

  struct Impl;  ///< what the parser's callbacks are given

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::mapping
