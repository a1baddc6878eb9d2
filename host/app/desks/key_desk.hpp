#pragma once

#include "host/base/log.hpp"
#include "host/config/settings.hpp"
#include "host/pipeline/writer.hpp"
#include "host/security/file_vault.hpp"
#include "host/security/merkle_audit_log.hpp"
#include "host/security/pkcs11_token.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace causeway::app {

/// The token that the configuration names, with its PIN. Unavailable when it does not answer.
Result<std::shared_ptr<security::Pkcs11Token>> openToken(const config::TokenSettings& settings);
/// Opens the vault with the key-encryption key that is in force, and brings a change of it to its end where a host was stopped.
Result<std::unique_ptr<security::FileVault>> openVault(const config::KeySettings& keys,
                                                       std::unique_ptr<pipeline::ScopeKeyStore> scope_keys,
                                                       const Clock& clock);
/// The same for the audit log and the key that signs it. What is held is told to the host's log too, which must outlive it.
Result<std::unique_ptr<security::MerkleAuditLog>> openAuditLog(const config::KeySettings& keys, pipeline::Store& store,
                                                               Log& log);

/// Changes keys while the host works. Each change stands in the audit log with who asked for it and why.
class KeyDesk {
 public:
  struct Parts {
    security::FileVault& vault;
    security::MerkleAuditLog& audit;
    pipeline::Writer& writer;
    const Clock& clock;
    const config::KeySettings& keys;
    std::function<Result<void>()> reload_tls;  ///< reads the server's certificates again
  };

  explicit KeyDesk(Parts parts) : parts_(std::move(parts)) {}

  /// JSON in, JSON out; nothing when it is not one of these commands:
  ///   {"command":"rotate_kek"|"rotate_audit_key"|"reload_tls","by":...,"because":...}
  std::optional<std::string> answer(std::string_view request, std::string_view actor);

 private:
  Result<std::string> rotateKek(const pipeline::AuditEvent& asked);
  Result<std::string> rotateKekTo(const std::shared_ptr<security::KeyEncryptionKey>& next,
                                  const pipeline::AuditEvent& asked);
  Result<std::string> rotateAuditKey(const pipeline::AuditEvent& asked);
  Result<std::string> rotateAuditKeyTo(const security::SigningKey& next, const pipeline::AuditEvent& asked);
  Result<std::string> reloadTls(const pipeline::AuditEvent& asked);
  Result<void> record(pipeline::AuditEvent event, const char* step);

  Parts parts_;
  std::mutex one_at_a_time_;
};

}  // namespace causeway::app
