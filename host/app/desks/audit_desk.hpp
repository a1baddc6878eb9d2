#pragma once

#include "host/pipeline/audit.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/writer.hpp"
#include "host/security/audit_prover.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace causeway::app {

/// Answers what the command line asks about the audit log itself: whether it is whole, proofs, copies of it. Whoever takes leaves
/// out of it says for which of the purposes of section 62(4) of the Data Protection Act 2018, and that stands in the log first.
class AuditDesk {
 public:
  struct Parts {
    pipeline::AuditRecords& records;
    pipeline::Writer& writer;
    pipeline::AuditLog& audit;
    const Clock& clock;
    std::string key_pem;  ///< public half of the key that signs the heads
  };

  explicit AuditDesk(Parts parts) : parts_(std::move(parts)), prover_(parts_.records) {}

  /// JSON in, JSON out; nothing when it is not one of these commands:
  ///   {"command":"verify","witness":"lines of heads","keys":"PEM"} both may be left out
  ///   {"command":"audit_prove","index":7,"purpose":...} or with "delivery" in place of "index"
  ///   {"command":"audit_consistency","from":100,"to":200}
  ///   {"command":"audit_export","from":...,"to":...,"purpose":...} opens an export; its pages follow with
  ///   {"command":"audit_page","export":index of the leaf that recorded it,"from":...}
  std::optional<Result<std::string>> answer(std::string_view request, std::string_view actor);

 private:
  Result<std::string> verify(const std::string& witness, const std::string& keys);
  Result<std::string> prove(std::int64_t index, const std::string& delivery, const std::string& purpose,
                            std::string_view actor);
  Result<std::string> consistency(std::int64_t from, std::int64_t to);
  Result<std::string> startExport(const std::string& from, const std::string& to, const std::string& purpose,
                                  std::string_view actor);
  Result<std::string> page(std::int64_t export_index, std::int64_t from, std::string_view actor);
  Result<std::vector<pipeline::AuditRow>> leavesOf(const std::string& delivery);
  Result<pipeline::AuditHead> headOf(std::int64_t size);
  Result<std::int64_t> placeOf(const std::string& text, bool end);
  Result<void> checkPurpose(const std::string& purpose, std::string_view actor);
  Result<void> record(const char* op, std::vector<std::pair<std::string, std::string>> details,
                      const std::string& purpose, std::string_view actor);

  Parts parts_;
  security::AuditProver prover_;
};

/// What `verify` says, as JSON: {"leaves":...,"heads":...,"witnessed":...,"keys":...,"good":...,"fault":{"first","last","what","head"}}.
/// `witness` holds lines of heads.
Result<std::string> auditVerdict(pipeline::AuditRecords& records, const std::string& keys_pem,
                                 const std::string& witness);

}  // namespace causeway::app
