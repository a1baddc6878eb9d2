#pragma once

#include "host/base/clock.hpp"
#include "host/base/node.hpp"
#include "host/model/case.pb.h"
#include "host/protection/free_text_use.hpp"
#include "host/protection/legal.hpp"
#include "host/protection/name_lore.hpp"
#include "host/protection/recipient.hpp"
#include "host/protection/transform.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a recipient may have, field by field, for a purpose: default deny. Data in config/protection/, checked as one whole.
namespace causeway::protection {

/// One field that was not passed on, with the rule that withheld it.
struct Withheld {
  std::string path;  ///< names only: case.parties.addresses.lines
  std::string rule;  ///< A03 (not granted), A23 (locates a protected person), A24 (offender's place), ...
};

/// One field that was made to say less on its way.
struct Changed {
  std::string path;
  std::string as;  ///< age_band, district, masked, pseudonym
};

/// What goes with personal data so that who receives it can judge it (DPA 2018 s.38(5)(a) and (b)).
struct Quality {
  std::string source;                ///< system that said it
  std::string as_of;                 ///< when it said so
  std::vector<std::string> missing;  ///< of what the grant expects in a complete message: paths that are not there
};

struct Hold {
  std::string code;  ///< test_mix, bail_p, no_grant, consent_missing, basis_missing, ...
  std::string rule;
  std::string text;  ///< plain English, no personal value
};

/// Either a projection that may leave, or a hold. Never both.
struct Decision {
  std::optional<canonical::CanonicalMessage> projection;
  std::optional<Hold> hold;
  std::vector<Withheld> withheld;    ///< without repeats, in order of path
  std::vector<std::string> granted;  ///< names of the fields that pass, in order
  std::vector<Changed> changed;      ///< in order of path
  std::string basis;                 ///< the law or agreement that the grant names as its source
  std::vector<std::string>
      consents;  ///< that it rests on: number of the person and of the consent (its kind, where it has none)
  /// Ids of the elements of those of the case's own lists that have ids (parties, defendants, hearings, ...), in the order in which
  /// they stand in the projection, which need not hold the ids itself.
  std::vector<std::string> elements;
  std::string policy;  ///< id and version of the grant used
  Quality quality;     ///< of the projection
};

/// Whoever decides what may leave. The host has one, Policy; whatever a decider throws counts as a hold.
class Decider {
 public:
  virtual ~Decider() = default;
  virtual Decision decide(const canonical::CanonicalMessage& message, const Recipient& recipient,
                          std::string_view purpose, Instant now) const = 0;
};

class Policy final : public Decider {
 public:
  static Policy load(const std::vector<Node>& files, Problems& problems);
  ~Policy() override;
  Policy(Policy&&) noexcept;
  Policy& operator=(Policy&&) noexcept;

  /// Pure and total: whatever cannot be decided is a hold.
  Decision decide(const canonical::CanonicalMessage& message, const Recipient& recipient, std::string_view purpose,
                  Instant now) const override;
  /// The second half of a decision, for whoever knows the whole case. When somebody of the recipient stands on the defendant's side in
  /// it, the message is held (party_conflict). Free text in the projection is searched for the case's hidden people,
  /// and what the grant or the recipient's rule says is done: it passes, is taken out (listed in `withheld` with A23), or holds the
  /// message (text_names_somebody). A decision that is a hold stays as it is.
  void screen(Decision& decision, const canonical::Case& whole, const Recipient& recipient,
              std::string_view purpose) const;
  /// The same, with this done to free text whatever the policy says.
  void screen(Decision& decision, const canonical::Case& whole, const Recipient& recipient, FreeText use) const;
  bool hasGrant(std::string_view recipient, std::string_view type, std::string_view purpose) const;
  /// What the rules read of a message beside the fields that the grant names: whatever is neither changes no decision. Names of
  /// fields and groups, sorted; empty without a grant.
  std::vector<std::string> inputs(std::string_view recipient, std::string_view type, std::string_view purpose) const;
  /// Everything that may be sent, with the place: to find grants that no route uses.
  struct Granted {
    std::string recipient, type, purpose;
    Location at;
    std::string condition;  ///< under which sensitive data goes; empty when it rests on consent or nothing is sensitive
  };
  std::vector<Granted> grants() const;
  const std::string& version() const;
  const Legal& legal() const;
  /// Ordinary words and forms of names, for searching free text.
  const NameLore& names() const;
  /// The key for fields that go as a pseudonym. Without it messages with such a field are held.
  void pseudonymsBy(Pseudonyms pseudonyms);

 private:
  Policy();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::protection
