// causeway-adapter-manifest LIBRARY SHA256: writes the manifest of an adapter to standard output, for sign.sh. Refuses an
// adapter that the host would refuse, so that nothing is signed that cannot be used. It runs the library's static
// initialisers: use it on what you built yourself.

#include "causeway/contract.hpp"

#include <dlfcn.h>

#include <cstdio>
#include <cstring>
#include <string>

namespace {

using causeway::sdk::viewOf;

int refuse(const char* library, const std::string& why) {
  std::fprintf(stderr, "%s: %s\n", library, why.c_str());
  return 1;
}

bool isSha256(const char* text) { return std::strlen(text) == 64 && std::strspn(text, "0123456789abcdef") == 64; }

// Names and versions that pass the contract hold nothing that JSON would escape.
std::string manifestOf(const cw_adapter& table, const char* sha256) {
  std::string out = "{\n  \"name\": \"" + std::string(viewOf(table.name)) + "\",\n";
  out += "  \"version\": \"" + std::string(viewOf(table.version)) + "\",\n";
  out += "  \"abi_major\": " + std::to_string(table.abi_major) + ",\n";
  out += "  \"abi_minor\": " + std::to_string(table.abi_minor) + ",\n  \"capabilities\": [";
  std::string separator;
  for (const auto& name : causeway::sdk::capabilityNames(table.capabilities)) {
    out += separator + "\"" + name + "\"";
    separator = ", ";
  }
  return out + "],\n  \"sha256\": \"" + sha256 + "\"\n}\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || !isSha256(argv[2])) {
    std::fprintf(stderr, "usage: causeway-adapter-manifest LIBRARY SHA256\n");
    return 2;
  }
  const std::string path = std::strchr(argv[1], '/') ? argv[1] : "./" + std::string(argv[1]);
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) return refuse(argv[1], dlerror());
  const auto* table = static_cast<const cw_adapter*>(dlsym(library, "causeway_adapter"));
  if (!table) return refuse(argv[1], "exports no causeway_adapter");
  if (table->abi_major != CW_ABI_MAJOR || table->size < CW_ADAPTER_SIZE_1_0) {
    return refuse(argv[1], "was built for another major version of the plugin contract than this tool");
  }
  const auto found = causeway::sdk::breaches(*table);
  for (const auto& breach : found) refuse(argv[1], breach);
  if (!found.empty()) return 1;
  std::fputs(manifestOf(*table, argv[2]).c_str(), stdout);
  return 0;
}
