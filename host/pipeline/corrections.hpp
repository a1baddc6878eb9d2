#pragma once

#include "host/care/case_fold.hpp"
#include "host/pipeline/judge.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/told_fields.hpp"
#include "host/pipeline/vault.hpp"

#include <map>
#include <optional>
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

/// Consents ("p-2:number") that held before and do not now, by what is on record; the last day of one is on record as its end when it is over.
std::set<std::string> endedConsents(const canonical::Case& before, const canonical::Case& after);

/// What one recipient must be told.
struct Notice {
  std::string recipient;
  std::string purpose;  ///< of the last disclosure that took the wrong value there
  std::vector<const CorrectedField*> fields;
  bool unclear = false;  ///< it was told something of these fields, but whether it was this value cannot be said
};

/// What an element of another case is here when it is certainly nobody of this one.
inline constexpr std::string_view kSomebodyElse = "-";
/// Lines of the disclosure register that tell of the people of a case, oldest first: its own, or those of a case that it was one with when they
/// were written, where the same people had other numbers.
struct Register {
  std::string case_id;  ///< under which the lines stand, and with which their fingerprints were made
  std::vector<DisclosureRow> lines;
  /// Elements there, and what they are here, or `kSomebodyElse`; nothing: they have the same numbers.
  std::optional<std::map<std::string, std::string>> elements;

  /// What an element of the lines is here; empty when it cannot be told.
  std::string here(const std::string& there) const;
};

/// Reads all registers that tell of the people of one case and says who has what. Used inside the transaction that changes the case.
class Corrections {
 public:
  /// The first register is the case's own.
  Corrections(const Vault& vault, std::vector<Register> registers);

  /// Everybody whose last word on one of these fields was a value that no longer holds; in order of recipient. `open` reads the sealed part
  /// of a line; one that cannot be read makes its recipient unclear, and so does one that tells the field of somebody of whom it cannot be said
  /// who they are here.
  using Open = std::function<Result<std::string>(const DisclosureRow&)>;
  std::vector<Notice> noticesOf(const std::vector<CorrectedField>& fields, const Open& open) const;
  /// Recipients, with the purpose, of disclosures that rested on one of these consents.
  std::map<std::string, std::string> toldUnder(const std::set<std::string>& consents) const;
  /// Those who were told under a consent of somebody of whom it cannot be said who they are here.
  std::map<std::string, std::string> toldUnderUnknown() const;
  /// True when this projection, about to be sent, tells the right value of the field itself.
  bool tells(const canonical::Case& told, const std::vector<std::string>& ids, const CorrectedField& field) const;
  /// Nobody was told anything.
  bool empty() const { return lines_.empty(); }

 private:
  enum class Has { Nothing, Right, Wrong, Unclear };
  /// One line, and the register in which it stands.
  struct Line {
    const DisclosureRow* row;
    const Register* of;
  };
  /// What a recipient was last told of a field, and how it is to be compared.
  struct Word {
    std::string case_id;
    FieldOfElement field;
    std::set<std::string> prints;
  };
  Has has(const CorrectedField& field, const Word& word) const;

  const Vault& vault_;
  std::vector<Register> registers_;
  std::vector<Line> lines_;  ///< of all registers, oldest first
};

/// The notice as a message, before protection: the case's number, the person with the referral to this recipient, and each field with its
/// right value as a discrepancy that is corrected.
canonical::CanonicalMessage correctionMessage(const canonical::Case& whole, const Notice& notice,
                                              const canonical::CanonicalMessage& cause);
/// The same for a consent that has ended: the people it was about, with their referrals to this recipient.
canonical::CanonicalMessage withdrawalMessage(const canonical::Case& whole, const std::string& recipient,
                                              const std::set<std::string>& consents,
                                              const canonical::CanonicalMessage& cause);

/// The same for a restriction, its end or an erasure, whose type is the cause's: the case's number, and the people concerned with their referrals
/// to this recipient. Nothing of them is said.
canonical::CanonicalMessage rightsMessage(const canonical::Case& whole, const std::string& recipient,
                                          const std::set<std::string>& people,
                                          const canonical::CanonicalMessage& cause);

}  // namespace causeway::pipeline
