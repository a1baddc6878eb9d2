#pragma once

#include <memory>
#include <string_view>

namespace causeway::mapping {

/// simdjson's on-demand parser, walking over every key and value and doing nothing with them: nothing that reads JSON with this library
/// can be faster. What the benchmark of mapping is measured against, in the same run.
class JsonFloor {
 public:
  JsonFloor();
  ~JsonFloor();
  JsonFloor(const JsonFloor&) = delete;
  JsonFloor& operator=(const JsonFloor&) = delete;
  bool parse(std::string_view document);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::mapping
