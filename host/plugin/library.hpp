#pragma once

#include "host/base/result.hpp"
#include "host/pipeline/adapters.hpp"
#include "host/plugin/child_worker.hpp"
#include "host/plugin/declaration.hpp"
#include "host/plugin/sealed_file.hpp"
#include "host/plugin/trust.hpp"
#include "host/plugin/worker.hpp"
#include "plugins/causeway_plugin.h"

#include <memory>
#include <mutex>
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
  bool is_isolated = false;  ///< runs in processes of its own
};

struct OpenOptions {
  std::string minimum_version = {};  ///< refuse an older one, even when it is signed; empty: any
  Isolation isolation = {};          ///< run it in processes of its own
};

/// One thing wrong with the settings of an adapter. `what` is a whole sentence part with "did you mean"; it shows no value.
struct SettingProblem {
  std::string setting;
  std::string what;
};

/// An adapter's library, loaded and checked, of which no function has been called yet. What was loaded into this process
/// stays until its end, whatever happens to this object. Thread-safe.
class AdapterLibrary {
 public:
  /// Copies the file, checks copy, signature and manifest, loads the copy and checks the table. The error's `where` is the
  /// file, its `what` the reason: NotFound, Refused (not signed, not the signed bytes, older than the minimum version, another
  /// ABI), Invalid (not a library, no table, a table that breaks the contract), TooLarge, Broken.
  static Result<std::shared_ptr<AdapterLibrary>> open(const std::string& file, const Trust& trust,
                                                      const OpenOptions& options = {});

  const Description& description() const { return description_; }
  /// All problems of the settings that an installation gives; empty when `complete` holds every declared setting.
  std::vector<SettingProblem> checkSettings(const pipeline::Fields& given, pipeline::Fields& complete) const;
  /// The adapter's table, whole: members that it is too old to have are null. Only an Instance may call its functions.
  const cw_adapter& table() const { return table_; }
  /// Makes an instance, here or in a process of its own. Invalid when it rejects its settings, Unavailable, Broken.
  Result<std::unique_ptr<Worker>> makeWorker(const Blueprint& blueprint);

 private:
  AdapterLibrary(SealedFile copy, Isolation isolation) : copy_(std::move(copy)), isolation_(std::move(isolation)) {}
  Result<void> load();
  void describeTable();
  Result<void> findMappings();

  SealedFile copy_;
  Isolation isolation_;
  cw_adapter table_{};
  Description description_;
  std::unique_ptr<const Declaration> declaration_;  ///< of an isolated adapter; the table's texts are in it
  std::mutex mutex_;
  std::unique_ptr<ChildProcess> spare_;  ///< the child that was loaded to see the table; guarded by mutex_
};

}  // namespace causeway::plugin
