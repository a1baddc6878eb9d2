#pragma once

#include "host/base/result.hpp"
#include "host/config/partner.hpp"
#include "host/config/retention.hpp"
#include "host/config/settings.hpp"

#include <filesystem>
#include <vector>

namespace causeway::config {

/// A file of one of the languages that other folders own, read but not yet understood.
struct LanguageFile {
  std::filesystem::path path;
  Node node;
};

/// Everything a host is configured with.
struct Configuration {
  Settings settings;
  std::vector<Partner> partners;             ///< by file name
  std::vector<LanguageFile> mappings;        ///< by path
  std::vector<LanguageFile> routes;          ///< by path
  std::vector<LanguageFile> protection;      ///< by path
  std::vector<LanguageFile> clocks;          ///< by path
  std::vector<LanguageFile> eligibility;     ///< by path
  std::vector<LanguageFile> reconciliation;  ///< by path
  std::vector<LanguageFile> calendars;       ///< by path
  RetentionRules retention;

  /// nullptr when no partner has this id.
  const Partner* findPartner(std::string_view id) const;
};

/// Reads `folder`/causeway.yaml, the partner files and every .yaml file of the language folders. All problems of all
/// files are in `problems`, also when it succeeds (warnings); it fails when one of them is an error. Opens no file that
/// the configuration only names (keys, certificates, libraries): `checkNamedFiles` does.
Result<Configuration> loadConfiguration(const std::filesystem::path& folder, Problems& problems);

/// Reports keys, certificates and libraries that do not exist or are not files, at the place that names them.
void checkNamedFiles(const Configuration& configuration, Problems& problems);

}  // namespace causeway::config
