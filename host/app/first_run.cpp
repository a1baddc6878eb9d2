#include "host/app/first_run.hpp"

#include "host/security/key_ring.hpp"
#include "host/security/signing.hpp"

#include <filesystem>

namespace causeway::app {

Result<void> makeMissingKeys(const config::Settings& settings) {
  namespace fs = std::filesystem;
  std::error_code code;
  for (const auto& folder :
       {settings.data.path, settings.keys.file.path.parent_path(), settings.keys.audit_signing.path.parent_path(),
        settings.control_socket.path.parent_path()}) {
    fs::create_directories(folder, code);
    if (code) return fail(ErrorKind::Broken, "cannot make the folder: " + code.message(), folder.string());
  }
  if (!fs::exists(settings.keys.file.path)) CW_CHECK_OK(security::createKeyFile(settings.keys.file.path.string()));
  if (fs::exists(settings.keys.audit_signing.path)) return {};
  CW_TRY(const auto key, security::SigningKey::generate());
  return key.save(settings.keys.audit_signing.path.string());
}

}  // namespace causeway::app
