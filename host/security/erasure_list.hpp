#pragma once

#include "host/base/clock.hpp"
#include "host/base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace causeway::security {

/// What was erased, in a file of its own that is never part of a backup of the keys: a backup that comes back must not bring back what was
/// erased after it was made. One line for each key: time, scope, and the fingerprint of the key, or "-" when every key of the scope is
/// gone. No content and no key. Appended to before the key goes, synced at once.
class ErasureList {
 public:
  struct Entry {
    std::string scope;
    std::string fingerprint;  ///< of the one key that is gone; empty: all of them
  };

  /// Reads the file, or makes it for its owner's eyes only. Broken when it cannot be read or a line is none of ours.
  static Result<ErasureList> open(std::string path);

  const std::vector<Entry>& entries() const { return entries_; }
  Result<void> add(const Entry& entry, Instant at);

 private:
  std::string path_;
  std::vector<Entry> entries_;
};

}  // namespace causeway::security
