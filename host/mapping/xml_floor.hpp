#pragma once

#include <memory>
#include <string_view>

namespace causeway::mapping {

/// libxml2's SAX2 push parser with empty handlers and a kept context: nothing that reads XML with this library can be faster. What the
/// benchmark of mapping is measured against, in the same run.
class XmlFloor {
 public:
  XmlFloor();
  ~XmlFloor();
  XmlFloor(const XmlFloor&) = delete;
  XmlFloor& operator=(const XmlFloor&) = delete;
  bool parse(std::string_view document);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::mapping
