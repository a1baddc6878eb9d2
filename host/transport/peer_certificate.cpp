#include "host/transport/peer_certificate.hpp"

#include "host/base/text.hpp"

#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace causeway::transport {
namespace {

bool isUri(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

bool readUris(X509* certificate, std::vector<std::string>& uris) {
  int critical = 0;
  auto* const names =
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, &critical, nullptr));
  if (names == nullptr) return critical == -1;  // -1: there is no such extension
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> owner(names, &GENERAL_NAMES_free);
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    int type = 0;
    const void* const value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &type);
    if (type != GEN_URI) continue;
    const auto* const text = static_cast<const ASN1_IA5STRING*>(value);
    const std::string_view uri(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                               static_cast<std::size_t>(ASN1_STRING_length(text)));
    if (!isUri(uri)) return false;
    uris.emplace_back(uri);
  }
  return true;
}

}  // namespace

bool identityOf(x509_st* certificate, PeerIdentity& identity) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (X509_digest(certificate, EVP_sha256(), digest.data(), &length) != 1) return false;
  identity.fingerprint = hex({reinterpret_cast<const char*>(digest.data()), length});
  identity.uris.clear();
  return readUris(certificate, identity.uris);
}

}  // namespace causeway::transport
