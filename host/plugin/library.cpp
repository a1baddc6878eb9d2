#define BOOST_DLL_USE_STD_FS

#include "host/plugin/library.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/plugin/elf_check.hpp"
#include "host/plugin/manifest.hpp"
#include "host/plugin/sealed_file.hpp"
#include "host/plugin/table.hpp"
#include "plugins/sdk/causeway/contract.hpp"

#include <boost/dll/shared_library.hpp>
#include <dlfcn.h>
#include <elf.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <mutex>
#include <span>

namespace causeway::plugin {
namespace {

using sdk::viewOf;

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

Result<Exported> loadAndFind(SealedFile& copy) {
  namespace dll = boost::dll;
  try {
    dll::shared_library library(copy.path(), dll::load_mode::rtld_now | dll::load_mode::rtld_local);
    copy.keepForEver();
    const bool has_symbol = library.has(kSymbol);
    const void* address = has_symbol ? &library.get<const char>(kSymbol) : nullptr;
    keepForEver(std::move(library));
    if (!has_symbol) return fail(ErrorKind::Invalid, "is not a Causeway adapter: it exports no causeway_adapter");
    return exportedSymbol(address);
  } catch (const std::exception& e) {
    return fail(ErrorKind::Invalid, "cannot be loaded: " + loaderReason(e.what(), copy.path()));
  }
}

Result<void> agrees(const Manifest& manifest, const cw_adapter& table) {
  std::vector<std::string> differences;
  const auto compare = [&](std::string_view what, const std::string& signed_as, const std::string& is) {
    if (signed_as != is) differences.push_back(std::string(what) + " " + is + ", signed as " + signed_as);
  };
  const auto known = [](std::uint32_t bits) { return join(sdk::capabilityNames(bits), " "); };
  std::uint32_t approved = 0;
  for (std::uint32_t bit = 1; bit != 0; bit <<= 1U) {
    for (const auto& name : sdk::capabilityNames(bit)) {
      if (std::ranges::find(manifest.capabilities, name) != manifest.capabilities.end()) approved |= bit;
    }
  }
  compare("name", manifest.name, std::string(viewOf(table.name)));
  compare("version", manifest.version, std::string(viewOf(table.version)));
  compare("plugin ABI", std::to_string(manifest.abi_major) + "." + std::to_string(manifest.abi_minor),
          std::to_string(table.abi_major) + "." + std::to_string(table.abi_minor));
  compare("capabilities", "(" + known(approved) + ")", "(" + known(table.capabilities) + ")");
  if (!differences.empty()) {
    return fail(ErrorKind::Refused, "is not what its signed manifest says: " + join(differences, "; "));
  }
  return {};
}

Failure at(Error error, const std::string& file) {
  if (error.where.empty()) error.where = file;
  return Failure(std::move(error));
}

Result<cw_adapter> loadTable(SealedFile& copy, const std::optional<Manifest>& manifest,
                             const std::string& minimum_version) {
  CW_CHECK_OK(checkIsLibrary(copy.bytes()));
  // Known before a single instruction of the library has run.
  if (manifest && manifest->abi_major != CW_ABI_MAJOR) {
    return fail(ErrorKind::Refused, wrongAbi(manifest->abi_major, manifest->abi_minor));
  }
  CW_TRY(const auto exported, loadAndFind(copy));
  if (!exported.is_data) return fail(ErrorKind::Invalid, "exports a causeway_adapter that is a function, not a table");
  CW_TRY(const auto table, readTable(exported.at, exported.size));
  if (manifest) CW_CHECK_OK(agrees(*manifest, table));
  const std::string version(viewOf(table.version));
  if (compareVersions(version, minimum_version) < 0) {
    return fail(ErrorKind::Refused,
                "is version " + version + ", older than the " + minimum_version + " that is asked for");
  }
  return table;
}

std::vector<std::string> listOf(const cw_str* items, size_t count) {
  std::vector<std::string> out;
  for (const auto& item : std::span(items, count)) out.emplace_back(viewOf(item));
  return out;
}

SettingDescription describe(const cw_setting& setting) {
  constexpr std::array kTypes{"text", "number", "flag", "choice"};
  SettingDescription out;
  out.name = viewOf(setting.name);
  out.description = viewOf(setting.description);
  out.type = kTypes.at(setting.type);
  out.fallback = viewOf(setting.default_value);
  out.required = setting.required != 0;
  out.sensitive = setting.sensitive != 0;
  if (setting.type == CW_SETTING_CHOICE) {
    for (const auto word : split(viewOf(setting.choices), '|')) out.choices.emplace_back(word);
  }
  return out;
}

}  // namespace

AdapterLibrary::AdapterLibrary(const std::string& file, const cw_adapter& table, bool is_signed) : table_(table) {
  description_.file = file;
  description_.name = viewOf(table.name);
  description_.version = viewOf(table.version);
  description_.message_types = listOf(table.message_types, table.message_type_count);
  description_.converters = listOf(table.converters, table.converter_count);
  description_.capabilities = sdk::capabilityNames(table.capabilities);
  for (const auto& setting : std::span(table.settings, table.setting_count)) {
    description_.settings.push_back(describe(setting));
  }
  description_.abi_major = table.abi_major;
  description_.abi_minor = table.abi_minor;
  description_.is_signed = is_signed;
}

Result<void> AdapterLibrary::findMappings() {
  const auto folder = viewOf(table_.mappings);
  if (folder.empty()) return {};
  std::error_code error;
  const auto path = std::filesystem::absolute(description_.file, error).parent_path() / folder;
  if (error || !std::filesystem::is_directory(path, error)) {
    return fail(ErrorKind::NotFound, "needs a folder '" + std::string(folder) + "' with its mappings beside it");
  }
  description_.mapping_folder = path.lexically_normal().string();
  return {};
}

Result<std::shared_ptr<const AdapterLibrary>> AdapterLibrary::open(const std::string& file, const Trust& trust,
                                                                   const std::string& minimum_version) {
  CW_TRY(auto copy, SealedFile::copyOf(file, trust.development));
  CW_TRY(const auto manifest, checkedManifest(file, copy.bytes(), trust));
  const auto table = loadTable(copy, manifest, minimum_version);
  if (!table) return at(table.error(), file);
  std::shared_ptr<AdapterLibrary> library(new AdapterLibrary(file, *table, manifest.has_value()));
  if (const auto found = library->findMappings(); !found) return at(found.error(), file);
  return library;
}

std::vector<SettingProblem> AdapterLibrary::checkSettings(const pipeline::Fields& given,
                                                          pipeline::Fields& complete) const {
  std::vector<std::string> names;
  for (const auto& setting : description_.settings) names.push_back(setting.name);
  std::vector<SettingProblem> out;
  for (auto& problem : sdk::checkSettings({table_.settings, table_.setting_count}, given, complete)) {
    std::string what = "setting '" + problem.setting + "' " + problem.what;
    if (problem.kind == sdk::SettingProblem::Kind::Unknown) what += didYouMean(problem.setting, names);
    out.push_back({std::move(problem.setting), std::move(what)});
  }
  return out;
}

}  // namespace causeway::plugin
