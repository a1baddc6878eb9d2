#pragma once

#include "host/security/pkcs11_token.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

struct _CK_FUNCTION_LIST;  // NOLINT(bugprone-reserved-identifier): its name in the PKCS#11 standard

namespace causeway::security {

/// A login at a token, opened anew when the token has forgotten it. Numbers are those of the PKCS#11 standard (CK_RV, handles).
class Pkcs11Session {
 public:
  using Code = unsigned long;
  using Handle = unsigned long;
  using Work = std::function<Code(Handle session)>;

  explicit Pkcs11Session(Pkcs11Token::Place place) : place_(std::move(place)) {}
  ~Pkcs11Session();
  Pkcs11Session(const Pkcs11Session&) = delete;
  Pkcs11Session& operator=(const Pkcs11Session&) = delete;

  /// Loads the module and logs in; see Pkcs11Token::open.
  Result<void> open();
  /// Runs `work` in a session, once more in a new one when that fails. Unavailable says at which step; Broken when bytes were not what
  /// the token had encrypted.
  Result<void> run(const char* step, const Work& work);
  _CK_FUNCTION_LIST& module() { return *module_; }

  // For use within `run`.

  /// Objects of a class (CKO_...) whose attribute (CKA_LABEL, CKA_ID) has this value.
  Code find(Handle session, unsigned long kind, unsigned long by, std::string_view value, std::vector<Handle>& out);
  /// The one with this id.
  Code one(Handle session, unsigned long kind, std::string_view id, Handle& out);
  Code value(Handle session, Handle object, unsigned long attribute, std::string& out);

 private:
  Result<unsigned long> slot();
  Result<void> connect();
  void disconnect();
  Code tried(const Work& work);

  Pkcs11Token::Place place_;
  _CK_FUNCTION_LIST* module_ = nullptr;
  Handle session_ = 0;
  bool pin_refused_ = false;
  std::mutex mutex_;
};

}  // namespace causeway::security
