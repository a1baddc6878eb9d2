#include "host/config/configuration.hpp"

#include "host/config/yaml.hpp"

#include <algorithm>
#include <map>
#include <system_error>

namespace causeway::config {
namespace {

namespace fs = std::filesystem;

enum class Depth { One, All };

// A file with another ending would be passed over in silence, which is how a policy gets lost.
bool isOurs(const fs::path& path, Problems& problems) {
  if (path.extension() == ".yaml") return true;
  if (path.extension() == ".yml") {
    problems.error({std::make_shared<const std::string>(path.generic_string()), 0, 0},
                   "rename the file: configuration files end in .yaml");
  }
  return false;
}

template <class Iterator>
std::vector<fs::path> yamlFiles(const NamedPath& folder, Problems& problems) {
  std::vector<fs::path> out;
  std::error_code code;
  for (Iterator it(folder.path, code), end; !code && it != end; it.increment(code)) {
    std::error_code file_code;
    if (it->is_regular_file(file_code) && isOurs(it->path(), problems)) out.push_back(it->path());
  }
  if (code)
    problems.error(folder.at, "the folder " + folder.path.generic_string() + " cannot be read: " + code.message());
  std::ranges::sort(out);
  return out;
}

// A folder that was not named and is not there holds nothing; one that was named must be there.
std::vector<fs::path> filesOf(const NamedPath& folder, Depth depth, Problems& problems) {
  std::error_code code;
  if (!fs::exists(folder.path, code) && folder.at.line == 0) return {};
  return depth == Depth::One ? yamlFiles<fs::directory_iterator>(folder, problems)
                             : yamlFiles<fs::recursive_directory_iterator>(folder, problems);
}

void readLanguage(const NamedPath& folder, std::vector<LanguageFile>& out, Problems& problems) {
  for (auto& path : filesOf(folder, Depth::All, problems)) {
    auto node = loadYaml(path, problems);
    if (node) out.push_back({std::move(path), *std::move(node)});
  }
}

std::vector<Partner> readPartners(const NamedPath& folder, Problems& problems) {
  std::vector<Partner> out;
  for (const auto& path : filesOf(folder, Depth::One, problems)) {
    if (const auto node = loadYaml(path, problems)) out.push_back(readPartner(*node, path.parent_path(), problems));
  }
  return out;
}

// What only shows when all files are seen together: two partners with one id or identity, an adapter nobody loads.
void checkTogether(const Configuration& configuration, Problems& problems) {
  std::vector<std::string> adapters;
  for (const auto& plugin : configuration.settings.plugins) adapters.push_back(plugin.name);
  std::map<std::string_view, const Partner*> ids, identities;
  for (const auto& partner : configuration.partners) {
    const auto [same, is_new] = ids.try_emplace(partner.id, &partner);
    if (!is_new && !partner.id.empty())
      problems.error(partner.id_at,
                     "partner '" + partner.id + "' stands twice; first in " + same->second->id_at.text());
    for (const auto& identity : partner.identities) {
      const auto [owner, free] = identities.try_emplace(identity, &partner);
      if (!free && owner->second != &partner)
        problems.error(partner.identities_at, "'" + identity + "' already belongs to '" + owner->second->id + "'");
    }
    for (const auto& person : configuration.settings.operators.people)
      if (std::ranges::find(partner.identities, person.certificate) != partner.identities.end())
        problems.error(person.at, "the certificate of operator '" + person.name + "' is one of partner '" + partner.id +
                                      "': a system is no person");
    if (!partner.adapter.empty() && std::ranges::find(adapters, partner.adapter) == adapters.end()) {
      problems.error(partner.adapter_at,
                     "no plugin is named '" + partner.adapter + "'" + didYouMean(partner.adapter, adapters));
    }
  }
}

void checkFile(const NamedPath& named, Problems& problems) {
  std::error_code code;
  if (named.empty() || fs::is_regular_file(named.path, code)) return;
  const bool there = fs::exists(named.path, code);
  problems.error(named.at, named.path.generic_string() + (there ? " is not a file" : " does not exist"));
}

Failure refused(const Problems& problems) {
  const auto all = problems.sorted();
  const auto first = std::ranges::find(all, Problem::Severity::Error, &Problem::severity);
  return fail(ErrorKind::Invalid, first->what, first->at.text());
}

}  // namespace

const Partner* Configuration::findPartner(std::string_view id) const {
  const auto it = std::ranges::find(partners, id, &Partner::id);
  return it == partners.end() ? nullptr : &*it;
}

Result<Configuration> loadConfiguration(const fs::path& folder, Problems& problems) {
  CW_TRY(const Node main, loadYaml(folder / "causeway.yaml", problems));
  Configuration out;
  out.settings = readSettings(main, folder, problems);
  const auto& folders = out.settings.folders;
  out.partners = readPartners(folders.partners, problems);
  for (const auto& mappings : folders.mappings) readLanguage(mappings, out.mappings, problems);
  readLanguage(folders.routes, out.routes, problems);
  readLanguage(folders.protection, out.protection, problems);
  readLanguage(folders.clocks, out.clocks, problems);
  readLanguage(folders.eligibility, out.eligibility, problems);
  readLanguage(folders.reconciliation, out.reconciliation, problems);
  readLanguage(folders.calendars, out.calendars, problems);
  std::vector<LanguageFile> retention;
  readLanguage(folders.retention, retention, problems);
  std::vector<Node> rules;
  for (auto& file : retention) rules.push_back(std::move(file.node));
  out.retention = readRetention(rules, problems);
  checkTogether(out, problems);
  if (problems.hasErrors()) return refused(problems);
  return out;
}

void checkNamedFiles(const Configuration& configuration, Problems& problems) {
  const auto& settings = configuration.settings;
  for (const NamedPath* named :
       {&settings.listen.certificate, &settings.listen.key, &settings.listen.client_authorities, &settings.keys.file,
        &settings.keys.audit_signing, &settings.keys.token.module, &settings.keys.token.pin_file,
        &settings.operators.certificate, &settings.operators.key, &settings.operators.client_authorities}) {
    checkFile(*named, problems);
  }
  checkFile(settings.adapter_child, problems);
  for (const auto& plugin : settings.plugins) {
    checkFile(plugin.library, problems);
    checkFile(plugin.trusted_key, problems);
  }
  for (const auto& partner : configuration.partners) {
    for (const auto& endpoint : partner.endpoints) {
      checkFile(endpoint.authorities, problems);
      checkFile(endpoint.certificate, problems);
      checkFile(endpoint.key, problems);
      if (endpoint.authentication) checkFile(endpoint.authentication->secret, problems);
    }
    if (partner.proof)
      for (const auto& secret : partner.proof->secrets) checkFile(secret, problems);
  }
}

}  // namespace causeway::config
