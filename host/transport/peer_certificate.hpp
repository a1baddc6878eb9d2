#pragma once

#include "host/transport/http_message.hpp"

struct x509_st;

namespace causeway::transport {

/// The URIs among the subject alternative names of a certificate, and its fingerprint. False when the certificate cannot be
/// read or a URI holds a NUL or other characters that no URI has.
bool identityOf(x509_st* certificate, PeerIdentity& identity);

}  // namespace causeway::transport
