#pragma once

#include "host/base/clock.hpp"
#include "host/base/node.hpp"
#include "host/model/case.pb.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a recipient may have, field by field, for a purpose: default deny. Data in config/protection/, checked as one whole.
namespace causeway::protection {

/// Who is to receive, as far as protection must know.
struct Recipient {
  std::string id;
  std::string side;      ///< prosecution, defence, neutral, offender_management
  std::string audience;  ///< police, prosecutor, partner, victim, public
  bool test = false;     ///< live data never goes to a test recipient, nor the reverse
};

/// One field that was not passed on, with the rule that withheld it.
struct Withheld {
  std::string path;  ///< names only: case.parties.addresses.lines
  std::string rule;  ///< A03 (not granted), A23 (locates a protected person), A24 (offender's place), ...
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
  std::string policy;                ///< id and version of the grant used
  std::string basis;                 ///< the law or agreement that the grant names as its source
  std::vector<std::string>
      consents;  ///< that it rests on: number of the person and of the consent (its kind, where it has none)
  /// Ids of the elements of those of the case's own lists that have ids (parties, defendants, hearings, ...), in the order in which
  /// they stand in the projection, which need not hold the ids itself.
  std::vector<std::string> elements;
};

class Policy {
 public:
  static Policy load(const std::vector<Node>& files, Problems& problems);
  ~Policy();
  Policy(Policy&&) noexcept;
  Policy& operator=(Policy&&) noexcept;

  /// Pure and total: whatever cannot be decided is a hold.
  Decision decide(const canonical::CanonicalMessage& message, const Recipient& recipient, std::string_view purpose,
                  Instant now) const;
  /// The second half of a decision, for whoever knows the whole case: free text in the projection is searched for the case's hidden people,
  /// and what the grant or the recipient's rule says is done: it passes, is taken out (listed in `withheld` with A23), or holds the
  /// message (text_names_somebody). A decision that is a hold stays as it is.
  void screen(Decision& decision, const canonical::Case& whole, const Recipient& recipient,
              std::string_view purpose) const;
  bool hasGrant(std::string_view recipient, std::string_view type, std::string_view purpose) const;
  /// Everything that may be sent, with the place: to find grants that no route uses.
  struct Granted {
    std::string recipient, type, purpose;
    Location at;
  };
  std::vector<Granted> grants() const;
  const std::string& version() const;

 private:
  Policy();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::protection
