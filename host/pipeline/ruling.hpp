#pragma once

#include <set>
#include <string>

/// What people decide about holds, cases and the people of a case.
namespace causeway::pipeline {

/// What a person decided about a hold or a case. It stands in the audit log for ever.
struct Ruling {
  std::string about;    ///< number of the hold or case
  std::string by;       ///< who decided: a name of office or account
  std::string because;  ///< in words; no personal value
  std::string through;  ///< by which way it came in: "uid:1000"
  /// Of a release of a delivery that is held because its free text may name somebody: what may do so is taken out, and the rest goes.
  bool redact = false;
};

/// What a person restricts, or frees again.
struct Restriction {
  std::string person;  ///< number in the case; empty: everybody
  std::string code;    ///< restrictions.hpp; "lifted:" before it ends one
  std::string
      notice_on;  ///< of one that ends: the day in London on which the subject was told that it would, "2026-06-01"
};

/// What taking a person out of a case changed.
struct ErasedPerson {
  int declined = 0;              ///< deliveries about the person that were still open
  std::set<std::string> scopes;  ///< keys of single messages that are to be destroyed once this is committed
};

/// What taking a case out of the one into which it was joined changed.
struct Parted {
  std::string lead;        ///< the case in which it was
  int messages_moved = 0;  ///< that came for it meanwhile and are its own now
};

}  // namespace causeway::pipeline
