#pragma once

#include "host/base/result.hpp"
#include "host/pipeline/adapters.hpp"
#include "host/plugin/trust.hpp"
#include "plugins/causeway_plugin.h"

#include <memory>
#include <string>
#include <vector>

namespace causeway::plugin {

/// A setting that an adapter declares; see cw_setting.
struct SettingDescription {
  std::string name;
  std::string description;
  std::string type;  ///< "text", "number", "flag" or "choice"
  std::string fallback;
  std::vector<std::string> choices;
  bool required = false;
  bool sensitive = false;
};

/// What an adapter says about itself.
struct Description {
  std::string file;
  std::string name;
  std::string version;
  std::string mapping_folder;  ///< absolute; empty when it brings none
  std::vector<std::string> message_types;
  std::vector<std::string> converters;
  std::vector<std::string> capabilities;  ///< "classify_reply", "convert", "identify", "wrap"
  std::vector<SettingDescription> settings;
  unsigned abi_major = 0;
  unsigned abi_minor = 0;
  bool is_signed = false;
};

/// One thing wrong with the settings of an adapter. `what` is a whole sentence part with "did you mean"; it shows no value.
struct SettingProblem {
  std::string setting;
  std::string what;
};

/// An adapter's library, loaded and checked, of which no function has been called yet. Once loaded it stays until the
/// process ends, whatever happens to this object.
class AdapterLibrary {
 public:
  /// Copies the file, checks copy, signature and manifest, loads the copy and checks the table. The error's `where` is the
  /// file, its `what` the reason: NotFound, Refused (not signed, not the signed bytes, older than `minimum_version`, another
  /// ABI), Invalid (not a library, no table, a table that breaks the contract), TooLarge, Broken.
  static Result<std::shared_ptr<const AdapterLibrary>> open(const std::string& file, const Trust& trust,
                                                            const std::string& minimum_version = {});

  const Description& description() const { return description_; }
  /// All problems of the settings that an installation gives; empty when `complete` holds every declared setting.
  std::vector<SettingProblem> checkSettings(const pipeline::Fields& given, pipeline::Fields& complete) const;
  /// The adapter's table, whole: members that it is too old to have are null.
  const cw_adapter& table() const { return table_; }

 private:
  AdapterLibrary(const std::string& file, const cw_adapter& table, bool is_signed);
  Result<void> findMappings();

  cw_adapter table_;
  Description description_;
};

}  // namespace causeway::plugin
