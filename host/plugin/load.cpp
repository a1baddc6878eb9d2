#define BOOST_DLL_USE_STD_FS

#include "host/plugin/load.hpp"

#include "host/plugin/table.hpp"

#include <boost/dll/shared_library.hpp>
#include <dlfcn.h>
#include <elf.h>

#include <mutex>
#include <string_view>
#include <vector>

namespace causeway::plugin {
namespace {

constexpr const char* kSymbol = "causeway_adapter";

// Keeps a library for ever: code of a plugin may still be on a stack, in a destructor or in an exception being handled, and
// nobody can know when that has ended. Never destroyed, for the same reason.
void keepForEver(boost::dll::shared_library library) {
  static std::mutex mutex;
  static auto& kept = *new std::vector<boost::dll::shared_library>;
  const std::lock_guard lock(mutex);
  kept.push_back(std::move(library));
}

// Of "... (dlerror system message: /proc/self/fd/7: undefined symbol: f): Bad file descriptor" only what helps a person.
std::string loaderReason(std::string_view text, const std::string& path) {
  constexpr std::string_view kBefore = "dlerror system message: ";
  constexpr std::string_view kAfter = "): ";
  if (const auto at = text.find(kBefore); at != std::string_view::npos) text.remove_prefix(at + kBefore.size());
  if (const auto at = text.rfind(kAfter); at != std::string_view::npos) text = text.substr(0, at);
  std::string out(text);
  for (auto at = out.find(path); at != std::string::npos; at = out.find(path)) {
    const bool colon = out.compare(at + path.size(), 2, ": ") == 0;
    out.replace(at, path.size() + (colon ? 2 : 0), colon ? "" : "it");
  }
  return out;
}

// Size and kind of the exported symbol as the linker recorded them.
struct Exported {
  const void* at = nullptr;
  size_t size = 0;
  bool is_data = true;
};

Exported exportedSymbol(const void* address) {
  Exported out{.at = address};
  Dl_info info{};
  void* extra = nullptr;
  if (dladdr1(address, &info, &extra, RTLD_DL_SYMENT) != 0 && extra != nullptr) {
    const auto& symbol = *static_cast<const Elf64_Sym*>(extra);
    out.size = symbol.st_size;
    out.is_data = ELF64_ST_TYPE(symbol.st_info) != STT_FUNC;
  }
  return out;
}

Result<Exported> loadAndFind(const std::string& path, bool& loaded) {
  namespace dll = boost::dll;
  try {
    dll::shared_library library(path, dll::load_mode::rtld_now | dll::load_mode::rtld_local);
    loaded = true;
    const bool has_symbol = library.has(kSymbol);
    const void* address = has_symbol ? &library.get<const char>(kSymbol) : nullptr;
    keepForEver(std::move(library));
    if (!has_symbol) return fail(ErrorKind::Invalid, "is not a Causeway adapter: it exports no causeway_adapter");
    return exportedSymbol(address);
  } catch (const std::exception& e) {
    return fail(ErrorKind::Invalid, "cannot be loaded: " + loaderReason(e.what(), path));
  }
}

}  // namespace

Result<cw_adapter> loadTable(const std::string& path, bool& loaded) {
  loaded = false;
  CW_TRY(const auto exported, loadAndFind(path, loaded));
  if (!exported.is_data) return fail(ErrorKind::Invalid, "exports a causeway_adapter that is a function, not a table");
  return readTable(exported.at, exported.size);
}

}  // namespace causeway::plugin
