#pragma once

#include "host/care/case_fold.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Two cases that court or prosecutor joined into one, as pure functions: a case is the fold of its messages, so the joined case is the fold of
/// the messages of both. Nobody is told anything by it: who had to hear of those messages heard of them in the case that they came for.
namespace causeway::care {

/// What one message says of cases that are joined into its own: their URNs in normal form, in the order given, each once; its own is left out.
std::vector<std::string> joinedUrns(const canonical::CanonicalMessage& message);
/// Whether the case knows that part of it went to a case of this URN (in normal form), which is a case of its own.
bool wasSplitOff(const canonical::Case& whole, std::string_view urn);

/// The message as one about the lead case of a join: it names the URN and the occurrence of that, whichever of both it came under. Systems
/// that know a case by one number are told one.
canonical::CanonicalMessage asOfLead(const canonical::Case& lead, canonical::CanonicalMessage message);
/// Whether cases were joined into this one.
bool hasJoined(const canonical::Case& whole);

/// Why a person must decide before two cases are joined; nothing when they may be. Looks at who may see them (`join_restricted`), at people of
/// whom it is not sure whether they are one (`join_identity`), at people who stand on both sides (`join_both_sides`), and at cases that are over
/// (`join_finished`).
std::optional<Finding> refusesJoin(const canonical::Case& lead, const canonical::Case& other);

/// The case with these messages in it, without telling anybody: those of the records first, since other messages name no new people.
/// Invalid when one cannot be placed, or when it is not sure whom it means.
Result<canonical::CaseRecord> addSilently(const canonical::CaseRecord& lead,
                                          std::vector<canonical::CanonicalMessage> messages);

/// Numbers of people, defendants, offences, results and hearings of one case, and what they are in another that holds the same messages. What
/// cannot be told for certain is left out.
std::map<std::string, std::string> sameElements(const canonical::CaseRecord& from, const canonical::CaseRecord& to);

/// What was found and not said (enhanced rights with their reasons, eligibilities with the numbers of their referrals) and what protects
/// (needed as evidence), taken over for the people whom both hold. Nothing that protects is lowered.
void takeFindings(const canonical::CaseRecord& from, const std::map<std::string, std::string>& elements,
                  canonical::CaseRecord& to);

}  // namespace causeway::care
