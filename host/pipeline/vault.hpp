#pragma once

#include "host/base/result.hpp"

#include <string>
#include <string_view>

namespace causeway::pipeline {

/// Seals what is kept and makes the keyed fingerprints it is found by. Each sealed value has a data key of its own, wrapped
/// by the key of its scope (a case, or a message that has no case yet), wrapped by the key-encryption key. Destroying a
/// scope's key makes everything sealed under it unreadable, in the database and in every copy of it.
/// Thread-safe.
class Vault {
 public:
  virtual ~Vault() = default;

  /// `scope` is a case id or "message:<id>"; its key is made on first use and is durable after `flush`. `context` says what the
  /// value is ("snapshot", "payload:<delivery id>"); opening under another context fails, so that rows cannot be swapped.
  virtual Result<std::string> seal(std::string_view scope, std::string_view context, std::string_view plain) = 0;
  /// Refused when the scope's key was destroyed; Broken when the bytes were changed.
  virtual Result<std::string> open(std::string_view scope, std::string_view context, std::string_view sealed) = 0;
  /// New scope keys become durable. Called before the transaction that holds what they sealed commits.
  virtual Result<void> flush() = 0;
  /// Forgets the key of a scope for ever.
  virtual Result<void> destroy(std::string_view scope) = 0;

  /// Seals under a key that is to take the place of the scope's, made on first use. From then on `seal` uses it too, and `open` knows
  /// both, until `renew`.
  virtual Result<std::string> sealAnew(std::string_view scope, std::string_view context, std::string_view plain) = 0;
  /// The new key takes the place of the old one, which is destroyed: what it sealed and was not sealed anew cannot be read by anybody, in
  /// any copy. Only once everything that is to last is sealed anew and durable. No effect without a new key.
  virtual Result<void> renew(std::string_view scope) = 0;

  /// Keyed fingerprint of content, 32 bytes: equal for equal content of this installation, tells nothing outside it.
  virtual std::string digest(std::string_view content) const = 0;
  /// Keyed index of an identifier, 32 bytes; `kind` separates a URN from an ASN of the same letters.
  virtual std::string blindIndex(std::string_view kind, std::string_view value) const = 0;
};

}  // namespace causeway::pipeline
