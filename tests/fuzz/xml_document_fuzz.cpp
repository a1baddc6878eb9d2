#include "tests/fuzz/mapping_under_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
  return causeway::fuzz::readTwice({reinterpret_cast<const char*>(data), size});
}
