#include "host/care/case_fold.hpp"
#include "host/care/case_numbers.hpp"
#include "host/care/placing.hpp"
#include "host/model/identifiers.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

void addOnce(std::vector<JoinKey>& keys, std::string kind, std::string value) {
  const bool known =
      std::ranges::any_of(keys, [&](const JoinKey& one) { return one.kind == kind && one.value == value; });
  if (!known) keys.push_back({std::move(kind), std::move(value)});
}

/// Who the defendant is to the sender, strongest number first.
std::string numberOfDefendant(const canonical::Defendant& defendant) {
  if (!defendant.asn().value().empty() && defendant.asn().grade() != "unusable") return defendant.asn().value();
  if (!defendant.cp_defendant_id().empty()) return defendant.cp_defendant_id();
  return !defendant.pnc_id().value().empty() ? defendant.pnc_id().value() : defendant.source_id();
}

std::string hearingKey(const canonical::Hearing& hearing) {
  const auto number = hearingNumber(hearing);
  return number.empty() ? houseOf(hearing) + " " + hearing.starts_at().date() : std::string(number);
}

std::string partyKey(const canonical::Party& party) {
  return party.identifiers().empty() ? std::string()
                                     : party.identifiers(0).source() + "/" + party.identifiers(0).value();
}

/// Sorted, so that the order within a document does not matter.
std::string joined(const auto& list, const auto& key) {
  std::vector<std::string> keys;
  for (const auto& one : list) keys.push_back(key(one));
  std::ranges::sort(keys);
  std::string out;
  for (const auto& one : keys) out += "|" + one;
  return out;
}

}  // namespace

std::vector<JoinKey> joinKeys(const canonical::CanonicalMessage& message) {
  std::vector<JoinKey> out;
  const auto& whole = message.case_();
  for (const auto& number : whole.identifiers()) {
    if (number.type() != "cp_case") continue;
    const auto id = model::normaliseCommonPlatformId(number.value());
    if (id.grade != model::Grade::Unusable) addOnce(out, "cp_case", id.value);
  }
  const auto urn = model::normaliseUrn(whole.urn());
  if (urn.grade != model::Grade::Unusable) addOnce(out, "urn", urn.value);
  for (const auto& number : whole.identifiers()) {
    const bool occurrence = number.type() == "occurrence" || number.type() == "crime_number";
    // A number of one force means nothing without the force.
    if (!occurrence || number.value().empty() || number.grade() == "unusable" || whole.force().code().empty()) continue;
    addOnce(out, "occurrence", whole.force().code() + "/" + number.value());
  }
  for (const auto& number : whole.identifiers())
    if (joinsByItself(number.type()) && !number.value().empty() && number.grade() != "unusable")
      addOnce(out, number.type(), number.value());
  return out;
}

std::vector<JoinKey> hearingKeys(const canonical::Case& whole) {
  std::vector<JoinKey> out;
  for (const auto& hearing : whole.hearings())
    if (const auto number = hearingNumber(hearing); !number.empty()) addOnce(out, "hearing", std::string(number));
  return out;
}

std::string subjectOf(const canonical::CanonicalMessage& message) {
  const auto keys = joinKeys(message);
  const auto& whole = message.case_();
  std::string out = message.type();
  // The URN where there is one: other numbers may be missing from some of a sender's messages.
  const auto urn = std::ranges::find(keys, "urn", &JoinKey::kind);
  if (urn != keys.end()) out += "|" + urn->value;
  else if (!keys.empty()) out += "|" + keys.front().value;
  if (message.type() == "case.registered" || message.type() == "case.updated") return out;
  out += joined(whole.defendants(), numberOfDefendant);
  out += "#" + joined(whole.hearings(), hearingKey);
  if (!message.type().starts_with("hearing.")) out += "#" + joined(whole.parties(), partyKey);
  return out;
}

}  // namespace causeway::care
