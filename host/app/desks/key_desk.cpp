#include "host/app/desks/key_desk.hpp"

#include "host/app/hold_log.hpp"
#include "host/base/text.hpp"
#include "host/pipeline/personal_value.hpp"
#include "host/security/digest.hpp"
#include "host/security/private_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kLongestText = 300;

// Enough to tell keys apart, in logs and in names of files.
std::string shortId(std::string_view id) { return hex(id).substr(0, 8); }

std::string idOf(const security::SigningKey& key) { return security::sha256(key.publicKeyPem()); }

Result<void> checkText(const std::string& text, const char* name) {
  if (text.empty() || text.size() > kLongestText)
    return fail(ErrorKind::Invalid, std::string("'") + name + "' must be there and at most 300 bytes long");
  if (const auto found = pipeline::personalValueIn(text, nullptr))
    return fail(ErrorKind::Refused, std::string("'") + name + "' would stand in the audit log for ever, and " + *found);
  return {};
}

}  // namespace

Result<std::shared_ptr<security::Pkcs11Token>> openToken(const config::TokenSettings& settings) {
  CW_TRY(std::string pin, security::readPrivateFile(settings.pin_file.path.string()));
  while (!pin.empty() && (pin.back() == '\n' || pin.back() == '\r')) pin.pop_back();
  return security::Pkcs11Token::open({settings.module.path.string(), settings.label, std::move(pin)});
}

Result<std::unique_ptr<security::FileVault>> openVault(const config::KeySettings& keys,
                                                       std::unique_ptr<pipeline::ScopeKeyStore> scope_keys,
                                                       const Clock& clock) {
  if (!keys.token.key_encryption.empty()) {
    CW_TRY(const auto token, openToken(keys.token));
    CW_TRY(const auto known, security::keyEncryptionKeysIn(token, keys.token.key_encryption));
    return security::FileVault::open(known, std::move(scope_keys), clock);
  }
  const std::string path = keys.file.path.string();
  CW_TRY(const auto known, security::KeyFile::loadAll(path));
  CW_TRY(auto vault, security::FileVault::open(known, std::move(scope_keys), clock));
  if (known.size() > 1 && vault->kekId() == known.back()->id())
    CW_CHECK_OK(security::swapInNextFile(path, shortId(known.front()->id())));
  return vault;
}

namespace {

// A token does not say which of its keys is in force, the log does: the one that signed its newest head, or that it announces.
Result<std::unique_ptr<security::MerkleAuditLog>> openAuditLogWith(const std::vector<security::SigningKey>& known,
                                                                   pipeline::Store& store) {
  Result<std::unique_ptr<security::MerkleAuditLog>> opened = fail(ErrorKind::NotFound, "there is no key that signs");
  const security::SigningKey* present = nullptr;
  for (const auto& key : known) {
    opened = security::MerkleAuditLog::open(store, key);
    present = &key;
    if (opened) break;
  }
  if (!opened) return opened;
  for (const auto& next : known) {
    auto changed = security::MerkleAuditLog::open(store, *present, next);
    if (changed && (*changed)->usesNext()) return changed;
  }
  return opened;
}

Result<std::unique_ptr<security::MerkleAuditLog>> openAuditLog(const config::KeySettings& keys,
                                                               pipeline::Store& store) {
  if (!keys.token.audit_signing.empty()) {
    CW_TRY(const auto token, openToken(keys.token));
    CW_TRY(const auto known, security::signingKeysIn(token, keys.token.audit_signing));
    return openAuditLogWith(known, store);
  }
  const std::string path = keys.audit_signing.path.string();
  CW_TRY(auto key, security::SigningKey::load(path));
  const std::string id = idOf(key);
  std::optional<security::SigningKey> next;
  std::error_code code;
  if (std::filesystem::exists(security::nextFileOf(path), code)) {
    CW_TRY(next, security::SigningKey::load(security::nextFileOf(path)));
  }
  CW_TRY(auto log, security::MerkleAuditLog::open(store, std::move(key), std::move(next)));
  if (log->usesNext()) CW_CHECK_OK(security::swapInNextFile(path, shortId(id)));
  return log;
}

}  // namespace

Result<std::unique_ptr<security::MerkleAuditLog>> openAuditLog(const config::KeySettings& keys, pipeline::Store& store,
                                                               Log& log) {
  CW_TRY(auto audit, openAuditLog(keys, store));
  audit->onAppended(holdsInto(log));
  return audit;
}

std::optional<std::string> KeyDesk::answer(std::string_view request, std::string_view actor) {
  const auto asked = Json::parse(request, nullptr, false);
  const auto command = asked.is_object() ? asked.value("command", "") : "";
  if (command != "rotate_kek" && command != "rotate_audit_key" && command != "reload_tls") return std::nullopt;
  const auto by = asked.value("by", ""), because = asked.value("because", "");
  Result<std::string> said = fail(ErrorKind::Invalid, "");
  auto checked = checkText(by, "by");
  if (checked) checked = checkText(because, "because");
  if (checked) {
    const std::scoped_lock guard(one_at_a_time_);
    pipeline::AuditEvent event;
    event.op = "key_rotation";
    event.actor = by;
    event.purpose = "administration";
    event.details = {{"because", because}, {"by_way_of", std::string(actor)}};
    if (command == "reload_tls") said = reloadTls(event);
    else said = command == "rotate_kek" ? rotateKek(event) : rotateAuditKey(event);
  } else {
    said = std::unexpected(std::move(checked).error());
  }
  return said ? *said : Json{{"error", said.error().text()}}.dump();
}

Result<void> KeyDesk::record(pipeline::AuditEvent event, const char* step) {
  event.at = parts_.clock.now();
  event.details.emplace_back("step", step);
  if (!parts_.writer.perform([&](pipeline::Transaction& tx) { return parts_.audit.append(tx, event); }))
    return fail(ErrorKind::Unavailable, "the change of the key cannot be recorded now");
  return {};
}

Result<std::string> KeyDesk::reloadTls(const pipeline::AuditEvent& asked) {
  CW_CHECK_OK(parts_.reload_tls());
  auto event = asked;
  event.details.emplace_back("key", "tls");
  CW_CHECK_OK(record(event, "done"));
  return Json{{"key", "tls"}, {"in_force", "for new connections"}}.dump(2);
}

Result<std::string> KeyDesk::rotateKekTo(const std::shared_ptr<security::KeyEncryptionKey>& next,
                                         const pipeline::AuditEvent& asked) {
  const std::string before = parts_.vault.kekId(), path = parts_.keys.file.path.string();
  auto event = asked;
  event.details.emplace_back("key", "key_encryption");
  event.details.emplace_back("from", shortId(before));
  event.details.emplace_back("to", shortId(next->id()));
  CW_CHECK_OK(record(event, "begun"));
  CW_CHECK_OK(parts_.vault.changeKek(next));
  std::string retired = "stays in the token";
  if (!path.empty()) {
    CW_TRY(retired, security::swapInNextFile(path, shortId(before)));
  }
  CW_CHECK_OK(record(event, "done"));
  return Json{{"key", "key_encryption"}, {"in_force", shortId(next->id())}, {"retired", retired}}.dump(2);
}

Result<std::string> KeyDesk::rotateKek(const pipeline::AuditEvent& asked) {
  const auto& label = parts_.keys.token.key_encryption;
  if (label.empty()) {
    const std::string next_path = security::nextFileOf(parts_.keys.file.path.string());
    // One that a change under way left is gone on with.
    if (auto made = security::createKeyFile(next_path); !made && made.error().kind != ErrorKind::Conflict)
      return std::unexpected(std::move(made).error());
    CW_TRY(const auto next, security::KeyFile::load(next_path));
    return rotateKekTo(next, asked);
  }
  CW_TRY(const auto token, openToken(parts_.keys.token));
  CW_TRY(const auto before, security::keyEncryptionKeysIn(token, label));
  CW_CHECK_OK(token->makeSecretKey(label));
  CW_TRY(const auto now, security::keyEncryptionKeysIn(token, label));
  for (const auto& key : now)
    if (std::ranges::none_of(before, [&](const auto& old) { return old->id() == key->id(); }))
      return rotateKekTo(key, asked);
  return fail(ErrorKind::Unavailable, "the PKCS#11 token does not show the key that it made");
}

Result<std::string> KeyDesk::rotateAuditKeyTo(const security::SigningKey& next, const pipeline::AuditEvent& asked) {
  auto event = asked;
  event.at = parts_.clock.now();
  event.details.emplace_back("key", "audit_signing");
  if (!parts_.writer.perform([&](pipeline::Transaction&) { return parts_.audit.changeKey(next, event); }))
    return fail(ErrorKind::Unavailable, "the change of the key cannot be recorded now");
  const std::string path = parts_.keys.audit_signing.path.string();
  std::string retired = "stays in the token";
  if (!path.empty()) {
    CW_TRY(const auto former, security::SigningKey::load(path));
    CW_TRY(retired, security::swapInNextFile(path, shortId(idOf(former))));
  }
  CW_CHECK_OK(record(event, "done"));  // the first leaf under a head of the next key
  return Json{{"key", "audit_signing"}, {"public_key", next.publicKeyPem()}, {"retired", retired}}.dump(2);
}

Result<std::string> KeyDesk::rotateAuditKey(const pipeline::AuditEvent& asked) {
  const auto& label = parts_.keys.token.audit_signing;
  if (label.empty()) {
    const std::string next_path = security::nextFileOf(parts_.keys.audit_signing.path.string());
    std::error_code code;
    if (!std::filesystem::exists(next_path, code)) {
      CW_TRY(const auto made, security::SigningKey::generate());
      CW_CHECK_OK(made.save(next_path));
    }
    CW_TRY(const auto next, security::SigningKey::load(next_path));
    return rotateAuditKeyTo(next, asked);
  }
  CW_TRY(const auto token, openToken(parts_.keys.token));
  CW_TRY(const auto before, security::signingKeysIn(token, label));
  CW_CHECK_OK(token->makeSigningKey(label));
  CW_TRY(const auto now, security::signingKeysIn(token, label));
  for (const auto& key : now)
    if (std::ranges::none_of(before, [&](const auto& old) { return old.publicKeyPem() == key.publicKeyPem(); }))
      return rotateAuditKeyTo(key, asked);
  return fail(ErrorKind::Unavailable, "the PKCS#11 token does not show the key that it made");
}

}  // namespace causeway::app
