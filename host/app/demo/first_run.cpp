#include "host/app/demo/first_run.hpp"

#include "host/app/desks/key_desk.hpp"
#include "host/security/key_ring.hpp"
#include "host/security/signing.hpp"

#include <filesystem>

namespace causeway::app {

namespace {

Result<void> makeMissingIn(const config::TokenSettings& settings) {
  CW_TRY(const auto token, openToken(settings));
  if (!settings.key_encryption.empty()) {
    CW_TRY(const auto keys, token->secretKeys(settings.key_encryption));
    if (keys.empty()) CW_CHECK_OK(token->makeSecretKey(settings.key_encryption));
  }
  if (settings.audit_signing.empty()) return {};
  CW_TRY(const auto keys, token->signingKeys(settings.audit_signing));
  if (keys.empty()) CW_CHECK_OK(token->makeSigningKey(settings.audit_signing));
  return {};
}

}  // namespace

Result<void> makeMissingKeys(const config::Settings& settings) {
  namespace fs = std::filesystem;
  std::error_code code;
  for (const auto& folder :
       {settings.data.path, settings.keys.file.path.parent_path(), settings.keys.audit_signing.path.parent_path(),
        settings.control_socket.path.parent_path()}) {
    if (folder.empty()) continue;
    fs::create_directories(folder, code);
    if (code) return fail(ErrorKind::Broken, "cannot make the folder: " + code.message(), folder.string());
  }
  if (!settings.keys.token.module.empty()) CW_CHECK_OK(makeMissingIn(settings.keys.token));
  const auto &kek = settings.keys.file, &signing = settings.keys.audit_signing;
  if (!kek.empty() && !fs::exists(kek.path)) CW_CHECK_OK(security::createKeyFile(kek.path.string()));
  if (signing.empty() || fs::exists(signing.path)) return {};
  CW_TRY(const auto key, security::SigningKey::generate());
  return key.save(signing.path.string());
}

}  // namespace causeway::app
