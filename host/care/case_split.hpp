#pragma once

#include "host/care/case_fold.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// A part of a case that goes to a case of its own, as pure functions: who goes, what the case holds without those who go, what a message says
/// without them. Both cases keep the ids of their elements. Nobody is moved by a guess: what is not sure is a finding, and nothing moves.
namespace causeway::care {

/// The URN (in normal form) of the part to which a message says that its defendants go: a `case.identifiers_changed` that names defendants and
/// the part. Empty when it says so of nobody; who goes is then for a person to say.
std::string partedUrn(const canonical::CanonicalMessage& message);

/// Who is of which side. Ids of defendants ("d-1") and of everybody else ("p-1").
struct Division {
  std::set<std::string> going;    ///< of the part alone
  std::set<std::string> staying;  ///< of the rest alone
  std::set<std::string>
      both;  ///< of both: officers, and whoever belongs to offences, hearings or people of either side
};

/// Divides the case as the message says. Defendants go by a number that stands beyond doubt (ASN, PNC, Common Platform), with every offence;
/// others go with the offences that name them, the bail and orders that protect them, the hearings at which they are wanted, or whom they support.
struct Divided {
  Division division;
  /// Why a person must decide: `split_unclear` (a defendant is not found, several are, or the number is another's), `split_offences` (not all
  /// the offences of a defendant go, or one of them is not known), `split_everybody` (nobody would stay), `split_people` (of a victim or
  /// witness it is not known to which side they belong). Nothing moves then.
  std::optional<Finding> unclear;
};
Divided divide(const canonical::CaseRecord& whole, const canonical::CanonicalMessage& message);

/// Whether the message names only defendants whom the part holds already, by the same numbers, and none whom the case still holds.
bool isSplitAlready(const canonical::CaseRecord& whole, const canonical::CaseRecord& part,
                    const canonical::CanonicalMessage& message);

/// The part as a case of its own: without those who stay, under its own URN, and with the messages of these numbers. `names`: of a message that
/// speaks of both sides, the number under which the part has its share.
struct PartOf {
  std::string urn;
  std::vector<std::string> message_ids;
  std::map<std::string, std::string> names;
};
canonical::CaseRecord partOf(const canonical::CaseRecord& whole, const Division& division, const PartOf& of);
/// The case that is left, with the messages that are not among these.
canonical::CaseRecord restOf(const canonical::CaseRecord& whole, const Division& division,
                             const std::set<std::string>& moved, std::string_view urn);
/// Every number that an element of the case has.
std::set<std::string> idsIn(const canonical::Case& whole);

/// The case without these defendants and people: their offences, results, orders and hearings, what is about them alone, every reference to
/// them, and what was said of them. Numbers of elements stay as they are, and none is given again.
canonical::CaseRecord withoutThem(canonical::CaseRecord record, const std::set<std::string>& leaving);

/// Of whom a message speaks, as the case knows them.
struct Mentioned {
  std::set<std::string> ids;  ///< defendants and others of the case
  bool any_unknown = false;   ///< it speaks of somebody whom the case does not know, or of whom it is not sure
};
Mentioned mentionedIn(const canonical::CanonicalMessage& message, const canonical::CaseRecord& whole);

/// The defendants and then the others of a message by their ids in the case; empty for one whom it does not know, "office" for people who
/// act for an office and are of every side.
std::vector<std::string> placesIn(const canonical::CanonicalMessage& message, const canonical::CaseRecord& whole);

/// For each of the others of a message the defendants, by their place in it, whom something that it says of them ties to that person.
std::vector<std::set<size_t>> tiesIn(const canonical::CanonicalMessage& message);
/// The id that the message itself gives to the element at that place, defendants first.
std::string givenId(const canonical::CanonicalMessage& message, size_t place);

/// The message without what it says of these defendants and people of the case, and of those whom the case does not know and the message
/// calls so.
canonical::CanonicalMessage withoutThem(const canonical::CanonicalMessage& message, const canonical::CaseRecord& whole,
                                        const std::set<std::string>& leaving);

/// Whether a part of the case went to another, or it is such a part.
bool hasParts(const canonical::Case& whole);
/// How many offences all its defendants are charged with.
int offencesIn(const canonical::Case& whole);
/// People who act for an office, such as the officer in the case.
bool isOffice(const canonical::Party& party);

}  // namespace causeway::care
