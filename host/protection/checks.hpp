#pragma once

#include <array>
#include <string_view>

/// The checks of a decision: each can refuse, and each belongs to one rule of the rule table (rule_pages.hpp).
namespace causeway::protection {

enum class Check : unsigned char {
  // Whether anything may go at all.
  RecipientKnown,
  TestMix,
  PurposeDeclared,
  AgreementStarted,
  AgreementEnded,
  AgreedPurpose,
  AgreedType,
  Gateway,
  NamedLaw,
  Country,
  Granted,
  Marking,
  RoleKnown,
  Restricted,
  Disputed,
  ForAsker,
  PartyConflict,
  Consent,
  Recorded,
  InformationRequested,
  PresumptionRebutted,
  NoticeGiven,
  Stale,
  NoKey,
  BailP,
  NothingLeft,
  PolicyDocument,
  // Whether this field may go.
  FieldGranted,
  SensitiveField,
  ConsentCovers,
  UnsafeContact,
  UnsafePost,
  LocatesProtected,
  LocatesOffender,
  Public,
  SpecialMeasures,
  NarrativeUnmarked,
  Transformed,
  Count  ///< how many there are: none of them
};

constexpr auto kChecks = static_cast<size_t>(Check::Count);

/// The rule that each check belongs to, in the order of the enumeration.
constexpr std::array<std::string_view, kChecks> kRuleOfCheck = {
    "A03",        "TEST", "A01",   "A01",   "A01", "A01", "A01", "A01", "A02", "A19", "A03", "A25",    "A07",
    "RESTRICTED", "A11",  "ASKER", "PARTY", "A05", "A06", "A29", "A29", "A29", "A09", "A03", "BAIL-P", "A03",
    "A04",        "A03",  "A04",   "A05",   "A22", "A22", "A23", "A24", "A20", "A21", "A08", "A03"};

constexpr std::string_view ruleOf(Check check) { return kRuleOfCheck[static_cast<size_t>(check)]; }

#ifdef CAUSEWAY_RULE_SWITCH

// Only in the library that the mutation test links; no part of the host is built with it.
bool switched(Check check, bool refuses);
bool switchedEarlier(Check check, bool earlier, bool same);

inline bool refuses(Check check, bool condition) { return switched(check, condition); }
template <class T>
bool earlier(Check check, const T& a, const T& b) {
  return switchedEarlier(check, a < b, a == b);
}

#else

/// Every refusal goes through here, so that a test build can take each one out and show that a test notices.
constexpr bool refuses(Check, bool condition) { return condition; }
/// The same for the comparison of two moments: the day on which something ends still counts.
template <class T>
constexpr bool earlier(Check, const T& a, const T& b) {
  return a < b;
}

#endif

}  // namespace causeway::protection
