#pragma once

#include "host/config/operators.hpp"
#include "host/config/values.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace causeway::config {

/// Where partners connect. All TLS files are PEM.
struct ListenSettings {
  std::string address = "0.0.0.0";
  std::uint16_t port = 8443;     ///< 0 = any free port
  NamedPath certificate;         ///< server certificate with its chain
  NamedPath key;                 ///< its private key
  NamedPath client_authorities;  ///< authorities whose client certificates are accepted
};

/// A token (HSM, smart card, SoftHSM) that holds keys and never gives them out.
struct TokenSettings {
  NamedPath module;            ///< PKCS#11 library of its vendor; empty: no token
  std::string label;           ///< of the token
  NamedPath pin_file;          ///< holds the PIN of its user, without the end of a line; mode 0600
  std::string key_encryption;  ///< label of the AES-256 keys there that take the place of `file`; empty: none do
  std::string audit_signing;   ///< label of the P-256 keys there that take the place of `audit_signing`; empty: none do
};

struct KeySettings {
  NamedPath file;           ///< key-encryption key of the vault; empty: the token has it
  NamedPath audit_signing;  ///< private key that signs the heads of the audit log; empty: the token has it
  NamedPath erasures;       ///< list of what was erased, kept out of every backup; empty: erasures.list under `data`
  TokenSettings token;
};

/// A second place for signed heads of the audit log. Only they show that the log was cut back, or replaced by an older copy.
struct WitnessSettings {
  NamedPath file;  ///< on another disk, best on another machine; empty: heads are kept nowhere else
  std::chrono::milliseconds every{3'600'000};  ///< a head is kept when so much time has passed since the last one
  /// Take nothing in while heads cannot be written there. Without it that is an alarm (log and /health) and work goes on.
  bool required = false;
};

/// `audit`: what watches over the audit log, and by it over those who look at people's data.
struct AuditSettings {
  WitnessSettings witness;
  int views_per_hour = 60;  ///< looks of one person at people's data within an hour, beyond which the alarm is raised
};

/// One adapter library to load at start.
struct PluginSettings {
  std::string name;  ///< what partners call it under `adapter`
  NamedPath library;
  NamedPath trusted_key;        ///< public key that must have signed it; empty only with `development`
  bool development = false;     ///< load it unsigned
  std::string minimum_version;  ///< refuse an older one, though it is signed; empty: any
  /// Run it in processes of its own (causeway-adapter-child), without files, network or a view of the host.
  bool isolated = false;
  std::chrono::milliseconds call_limit{5'000};  ///< of an isolated one: a call that takes longer is ended
  Node settings;  ///< map for the adapter itself, or Null; the adapter declares what it may hold
  Location at;
};

/// Folders of the other configuration files, all read with their sub-folders except `partners`.
struct FolderSettings {
  std::vector<NamedPath> mappings;
  NamedPath routes;
  NamedPath protection;
  NamedPath clocks;
  NamedPath eligibility;
  NamedPath reconciliation;
  NamedPath calendars;
  NamedPath retention;
  NamedPath partners;
};

/// What one document may measure before any parser sees it, and how full the disk may be.
struct LimitSettings {
  std::size_t document_bytes = 5'000'000;
  int depth = 64;
  int attributes = 256;                 ///< of one element
  std::size_t parts = 16;               ///< of a multipart body; also papers in base 64 inside one document
  std::size_t part_bytes = 10'000'000;  ///< of one part, or of one paper out of its base 64
  std::size_t message_bytes =
      20'000'000;  ///< of a multipart body, and of all its papers, each once for every case it goes to
  /// Of one decision about one delivery. A later answer counts as none: the delivery waits in its place, and the policy is asked again.
  std::chrono::milliseconds decision{5'000};
  /// Bytes that must be free under `data` for anything more to be taken in. What was taken in goes on to the last byte.
  std::uint64_t free_bytes = 2'000'000'000;
};

/// How a delivery is tried again: the wait doubles from `base` up to `cap`, with jitter, until `budget` has passed
/// since the first try; then the delivery is held for a person.
struct RetrySettings {
  std::chrono::milliseconds base{2'000};
  std::chrono::milliseconds cap{900'000};
  std::chrono::milliseconds budget{86'400'000};
};

/// What only the force can say for its record of processing (DPA 2018 s.61; UK GDPR Art 30), in plain words.
struct RecordSettings {
  std::string name;                     ///< of the controller
  std::string contact;                  ///< how to reach it
  std::string data_protection_officer;  ///< how to reach them
  std::string profiling;                ///< whether and how people are profiled
  std::vector<std::string> security;    ///< technical and organisational measures beside those of Causeway itself
  bool given = false;
};

/// `break_glass`: a restricted case that a person opens in an emergency.
struct BreakGlassSettings {
  std::chrono::milliseconds longest{4 * 3'600'000};  ///< it ends by itself, at the latest after this
};

/// `corrections`: a value that was told and is wrong.
struct CorrectionSettings {
  std::chrono::milliseconds confirm_within{
      3'600'000};  ///< then a person asks after it; recipients that cannot confirm are left out
};

/// Number of threads for each kind of work.
struct WorkerSettings {
  int connections = 64;
  int mapping = 2;
  int delivery = 4;
};

/// The main file, causeway.yaml. Relative paths count from its folder.
struct Settings {
  std::string controller;  ///< id of the force that is the data controller: one installation, one controller
  /// Codes of the police forces whose cases the controller answers for, as senders write them ("52"). A message that states
  /// another force, or opens a case of another force, is held.
  std::vector<std::string> forces;
  NamedPath data;  ///< folder of the store, the sealed documents and the case keys
  ListenSettings listen;
  NamedPath control_socket;
  KeySettings keys;
  AuditSettings audit;
  std::vector<PluginSettings> plugins;
  NamedPath adapter_child;  ///< the program that isolated adapters run in; empty: looked for beside the host's
  FolderSettings folders;
  LimitSettings limits;
  RetrySettings retry;
  WorkerSettings workers;
  RecordSettings record;
  OperatorsSettings operators;
  BreakGlassSettings break_glass;
  CorrectionSettings corrections;
};

/// Reads the main file; every problem goes into `problems`. `folder` is the folder that holds it.
Settings readSettings(const Node& node, const std::filesystem::path& folder, Problems& problems);

}  // namespace causeway::config
