#pragma once

#include "host/base/result.hpp"
#include "host/security/secret.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::security {

/// The key at the top: it wraps the root keys of an installation, and they wrap everything else. It may stand in a file or in a
/// token that never gives it out.
class KeyEncryptionKey {
 public:
  virtual ~KeyEncryptionKey() = default;

  /// Tells one from another, gives nothing of the key away.
  virtual const std::string& id() const = 0;
  /// `bound` is authenticated with the key and not stored. Unavailable when a token does not answer.
  virtual Result<std::string> wrap(std::string_view bound, const Secret& key) = 0;
  /// Broken when it was changed, is bound to something else or wrapped by another key.
  virtual Result<Secret> unwrap(std::string_view bound, std::string_view wrapped) = 0;
  /// The key itself, where it can be had: stores of the first version derived every root key from it.
  virtual std::optional<Secret> master() const { return std::nullopt; }
};

/// All that an installation has at the moment: during a change of the key both the present and the next one.
using KeyEncryptionKeys = std::vector<std::shared_ptr<KeyEncryptionKey>>;

/// A key-encryption key in a file of 32 random bytes. Whoever has the file and keys.db can read everything; without it nothing can be
/// read again: keep a copy in a safe place.
class KeyFile final : public KeyEncryptionKey {
 public:
  /// Refused when the file may be read by others (see readPrivateFile), Invalid when it does not hold 32 bytes.
  static Result<std::shared_ptr<KeyFile>> load(const std::string& path);
  /// The one at this path, and the next one beside it when a change of the key was begun.
  static Result<KeyEncryptionKeys> loadAll(const std::string& path);

  const std::string& id() const override { return id_; }
  Result<std::string> wrap(std::string_view bound, const Secret& key) override;
  Result<Secret> unwrap(std::string_view bound, std::string_view wrapped) override;
  std::optional<Secret> master() const override { return master_; }

 private:
  explicit KeyFile(const Secret& master);
  Secret master_;
  Secret wrapping_;
  std::string id_;
};

/// Makes a key file; Conflict when there is one already.
Result<void> createKeyFile(const std::string& path);

/// Where the next file of a path stands while a change is under way.
std::string nextFileOf(const std::string& path);
/// The next file takes the place of the present one, which stays beside it under the name that is returned:
/// the path, ".retired-" and the mark. Done before: no effect.
Result<std::string> swapInNextFile(const std::string& path, const std::string& mark);

}  // namespace causeway::security
