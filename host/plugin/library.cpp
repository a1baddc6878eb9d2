#include "host/plugin/library.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/plugin/elf_check.hpp"
#include "host/plugin/instance.hpp"
#include "host/plugin/load.hpp"
#include "host/plugin/manifest.hpp"
#include "host/plugin/table.hpp"
#include "plugins/sdk/causeway/contract.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>

namespace causeway::plugin {
namespace {

using sdk::viewOf;

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

Result<void> checkTable(const cw_adapter& table, const std::optional<Manifest>& manifest, const std::string& minimum) {
  if (manifest) CW_CHECK_OK(agrees(*manifest, table));
  const std::string version(viewOf(table.version));
  if (compareVersions(version, minimum) < 0) {
    return fail(ErrorKind::Refused, "is version " + version + ", older than the " + minimum + " that is asked for");
  }
  return {};
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

Result<void> AdapterLibrary::load() {
  CW_CHECK_OK(checkIsLibrary(copy_.bytes()));
  if (!isolation_.wanted()) {
    bool loaded = false;
    const auto table = loadTable(copy_.path(), loaded);
    if (loaded) copy_.keepForEver();
    if (!table) return std::unexpected(table.error());
    table_ = *table;
    return {};
  }
  CW_TRY(spare_, ChildProcess::start(copy_, isolation_));
  CW_TRY(declaration_, Declaration::read(spare_->declaration()));
  table_ = declaration_->table();
  return {};
}

void AdapterLibrary::describeTable() {
  const cw_adapter& table = table_;
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

Result<std::shared_ptr<AdapterLibrary>> AdapterLibrary::open(const std::string& file, const Trust& trust,
                                                             const OpenOptions& options) {
  CW_TRY(auto copy, SealedFile::copyOf(file, trust.development));
  CW_TRY(const auto manifest, checkedManifest(file, copy.bytes(), trust));
  // Known before a single instruction of the library has run.
  if (manifest && manifest->abi_major != CW_ABI_MAJOR) {
    return fail(ErrorKind::Refused, wrongAbi(manifest->abi_major, manifest->abi_minor), file);
  }
  std::shared_ptr<AdapterLibrary> library(new AdapterLibrary(std::move(copy), options.isolation));
  library->description_.file = file;
  library->description_.is_signed = manifest.has_value();
  library->description_.is_isolated = options.isolation.wanted();
  if (const auto loaded = library->load(); !loaded) return at(loaded.error(), file);
  if (const auto good = checkTable(library->table_, manifest, options.minimum_version); !good)
    return at(good.error(), file);
  library->describeTable();
  if (const auto found = library->findMappings(); !found) return at(found.error(), file);
  return library;
}

Result<std::unique_ptr<Worker>> AdapterLibrary::makeWorker(const Blueprint& blueprint) {
  if (!isolation_.wanted()) {
    CW_TRY(std::unique_ptr<Worker> instance, Instance::create(blueprint));
    return instance;
  }
  std::unique_ptr<ChildProcess> child;
  {
    const std::lock_guard lock(mutex_);
    child = std::move(spare_);
  }
  if (!child) {
    CW_TRY(child, ChildProcess::start(copy_, isolation_));
    if (child->declaration() != declarationOf(table_)) {
      return fail(ErrorKind::Broken, "declares something else than when it was first loaded", description_.file);
    }
  }
  return ChildWorker::create(blueprint, std::move(child), isolation_.call_limit);
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
