#pragma once

#include "host/config/values.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace causeway::config {

/// Somebody who may change the rules, or look at what the host holds. Who it is comes from the kernel (uid of whoever opened the control socket) or from the client
/// certificate, never from what a request says.
struct OperatorSettings {
  std::string name;                  ///< account or collar number, as the audit log shows it
  std::optional<std::uint32_t> uid;  ///< Unix account
  std::string certificate;           ///< URI in the subject alternative name of the certificate; empty: none
  bool author = false;               ///< may draft, simulate and submit
  bool approver = false;             ///< may approve what others wrote, say from when it holds, and roll back
  bool reader = false;               ///< may look at personal data: explain a document, open a restricted case
  Location at;
};

/// `operators` of the main file: who may change rules and look at what is held, and where they may do so over HTTPS. Where anybody is
/// named, nobody opens a restricted case, or reviews why, under a name of their own choice.
///
///   operators:
///     people:
///       - { name: sup.1204, uid: 1204, certificate: "urn:example:staff:1204", roles: [author, approver] }
///       - { name: wcu.2210, uid: 2210, roles: [reader] }
///     listen: { address: 127.0.0.1, port: 8444, certificate: tls/host.pem, key: tls/host.key, client_authorities: tls/staff.pem }
struct OperatorsSettings {
  std::vector<OperatorSettings> people;  ///< empty: the rules are changed by editing their files
  bool listens = false;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8444;  ///< 0 = any free port
  NamedPath certificate;
  NamedPath key;
  NamedPath client_authorities;  ///< whose client certificates are accepted: not those of partners
};

/// Reads `operators`; every problem goes into `problems`. Two entries of one name, uid or certificate are refused: one human must not be
/// two people. So is a set of people in which nobody could approve what somebody else may write; nobody with the role
/// reader is a warning.
OperatorsSettings readOperators(const Node& node, const std::filesystem::path& folder, Problems& problems);

}  // namespace causeway::config
