#include "host/app/files.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

namespace causeway::app {

Result<std::string> readBytes(const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorKind::NotFound, "cannot read the file", path);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace causeway::app
