#pragma once

#include "host/care/case_fold.hpp"
#include "host/pipeline/judge.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/told_fields.hpp"
#include "host/pipeline/vault.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

/// Whom a correction must follow (DPA 2018 s.46 and s.48(9); UK GDPR Art 19): found in the disclosure register, not by rules of routing.
namespace causeway::pipeline {

/// A fact about a person that no longer is what it was.
struct CorrectedField {
  FieldOfElement field;         ///< ("p-2", "person.born_on")
  std::set<std::string> was;    ///< values that were shown and are not any more
  std::vector<std::string> is;  ///< values shown now; may be none
};

/// Facts about people (who they are, their numbers, where they live) that were shown before and are shown otherwise now. Contact points are
/// not among them: a change of those is told by rules of its own (F23). While sources disagree about a fact nothing is corrected: it is when they
/// agree, and then for everybody who was told what one of them said. Of names the one in use counts: a former name is no mistake.
std::vector<CorrectedField> correctedFields(const canonical::Case& before, const canonical::Case& after);

/// Consents ("p-2:number") that held before and do not now.
std::set<std::string> endedConsents(const canonical::Case& before, const canonical::Case& after, Instant now);

/// What one recipient must be told.
struct Notice {
  std::string recipient;
  std::string purpose;  ///< of the last disclosure that took the wrong value there
  std::vector<const CorrectedField*> fields;
  bool unclear = false;  ///< it was told something of these fields, but whether it was this value cannot be said
};

/// Reads the register of one case and says who has what. Used inside the transaction that changes the case.
class Corrections {
 public:
  Corrections(const Vault& vault, std::string case_id, std::vector<DisclosureRow> lines)
      : vault_(vault), case_id_(std::move(case_id)), lines_(std::move(lines)) {}

  /// Everybody whose last word on one of these fields was a value that no longer holds; in order of recipient. `open` reads the sealed part
  /// of a line; one that cannot be read makes its recipient unclear.
  using Open = std::function<Result<std::string>(const DisclosureRow&)>;
  std::vector<Notice> noticesOf(const std::vector<CorrectedField>& fields, const Open& open) const;
  /// Recipients, with the purpose, of disclosures that rested on one of these consents.
  std::map<std::string, std::string> toldUnder(const std::set<std::string>& consents) const;
  /// True when this projection, about to be sent, tells the right value of the field itself.
  bool tells(const canonical::Case& told, const std::vector<std::string>& ids, const CorrectedField& field) const;

 private:
  enum class Has { Nothing, Right, Wrong, Unclear };
  Has has(const CorrectedField& field, const std::set<std::string>& prints) const;

  const Vault& vault_;
  std::string case_id_;
  std::vector<DisclosureRow> lines_;
};

/// The notice as a message, before protection: the case's number, the person with the referral to this recipient, and each field with its
/// right value as a discrepancy that is corrected.
canonical::CanonicalMessage correctionMessage(const canonical::Case& whole, const Notice& notice,
                                              const canonical::CanonicalMessage& cause);
/// The same for a consent that has ended: the people it was about, with their referrals to this recipient.
canonical::CanonicalMessage withdrawalMessage(const canonical::Case& whole, const std::string& recipient,
                                              const std::set<std::string>& consents,
                                              const canonical::CanonicalMessage& cause);

}  // namespace causeway::pipeline
