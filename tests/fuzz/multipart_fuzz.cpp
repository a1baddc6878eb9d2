#include "host/mapping/multipart.hpp"

#include <cstdlib>
#include <string>

namespace {

using namespace causeway::mapping;

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

// The first line is the Content-Type, the rest the body. What is read must lie in the body, in order, and hold no boundary: put together
// again from its parts it is the body that came.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto line = bytes.find('\n');
  const auto boundary = multipartBoundary(bytes.substr(0, line));
  if (!boundary || line == std::string_view::npos) return 0;
  require(!boundary->empty() && boundary->size() <= 70);
  const auto body = bytes.substr(line + 1);
  const MultipartLimits limits{.parts = 4, .header_bytes = 256};
  const auto parts = readMultipart(body, *boundary, limits);
  if (!parts) return 0;
  require(!parts->empty() && parts->size() <= limits.parts);
  const char* last = body.data();
  for (const auto& part : *parts) {
    require(part.content.data() >= last && part.content.data() + part.content.size() <= body.data() + body.size());
    last = part.content.data() + part.content.size();
    require(std::string_view(last, static_cast<size_t>(body.data() + body.size() - last))
                .starts_with("\r\n--" + *boundary));
    require(part.content.find("\r\n--" + *boundary) == std::string_view::npos);
    require(!part.content_type.starts_with("multipart/"));
    if (const auto decoded = decodedBase64(part.content)) require(decoded->size() <= part.content.size());
  }
  return 0;
}
