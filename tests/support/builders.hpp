#pragma once

#include "host/model/case.pb.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Messages about invented people, as mappings would make them, and a form of a case in which two can be compared.
namespace causeway::support {

using canonical::CanonicalMessage;
using canonical::CaseRecord;

inline canonical::Code code(std::string_view value) {
  canonical::Code out;
  out.set_code(std::string(value));
  return out;
}

inline canonical::Text text(std::string_view value) {
  canonical::Text out;
  out.set_text(std::string(value));
  return out;
}

/// "2026-06-02T10:00" is exact, "2026-06-02" a date only.
inline canonical::LocalTime localTime(std::string_view value) {
  canonical::LocalTime out;
  out.set_date(std::string(value.substr(0, 10)));
  if (value.size() > 10) out.set_time(std::string(value.substr(11)));
  out.set_precision(value.size() > 10 ? "exact" : "date_only");
  out.set_basis(value.size() > 10 ? "stated_local" : "date_only");
  return out;
}

inline canonical::Identifier number(std::string_view type, std::string_view value, std::string_view source = {}) {
  canonical::Identifier out;
  out.set_type(std::string(type));
  out.set_value(std::string(value));
  out.set_raw(std::string(value));
  out.set_grade("ok");
  if (!source.empty()) out.set_source(std::string(source));
  return out;
}

inline canonical::Person person(std::string_view given, std::string_view family, std::string_view born_on = {}) {
  canonical::Person out;
  auto& name = *out.add_names();
  *name.mutable_type() = code("real");
  name.add_given(std::string(given));
  name.set_family(std::string(family));
  if (!born_on.empty()) out.set_born_on(std::string(born_on));
  return out;
}

/// An envelope. `format` starts with the family of the sender: courts., niche., cps.
inline CanonicalMessage message(std::string_view id, std::string_view type, std::string_view format,
                                std::string_view asserted_at) {
  CanonicalMessage out;
  out.set_message_id(std::string(id));
  out.set_type(std::string(type));
  out.set_format(std::string(format));
  out.set_source_system("urn:invented:" + std::string(format.substr(0, format.find('.'))));
  out.set_asserted_at(std::string(asserted_at));
  out.set_received_at(std::string(asserted_at));
  out.mutable_case_()->set_urn("01ZD0303926");
  return out;
}

struct Accused {
  std::string_view given, family, born_on, asn;
};
inline constexpr Accused kAda{"Ada", "Marsh", "1990-02-03", "1101ZD0100000448754K"};
inline constexpr Accused kBen{"Ben", "Quill", "1985-07-09", "1101ZD0100000448755L"};

inline canonical::Defendant& addDefendant(CanonicalMessage& to, const Accused& who) {
  auto& out = *to.mutable_case_()->add_defendants();
  out.set_id("new-" + std::to_string(100 + to.case_().defendants_size()));
  *out.mutable_person() = person(who.given, who.family, who.born_on);
  if (!who.asn.empty()) *out.mutable_asn() = number("asn", who.asn);
  return out;
}

inline canonical::Offence& addOffence(canonical::Defendant& to, std::string_view offence, std::string_view starts_on,
                                      int sequence) {
  auto& out = *to.add_offences();
  out.set_id(to.id() + std::to_string(sequence));
  *out.mutable_code() = code(offence);
  out.set_starts_on(std::string(starts_on));
  out.set_sequence(sequence);
  return out;
}

inline canonical::Result& addResult(canonical::Offence& to, std::string_view result, std::string_view wording,
                                    std::string_view ordered_on) {
  auto& out = *to.add_results();
  *out.mutable_code() = code(result);
  *out.mutable_text() = text(wording);
  out.set_ordered_on(std::string(ordered_on));
  return out;
}

inline canonical::NextHearing& setNext(canonical::Result& of, std::string_view starts_at,
                                       std::string_view purpose = "trial") {
  auto& out = *of.mutable_next_hearing();
  *out.mutable_court() = code("C01LV00");
  *out.mutable_starts_at() = localTime(starts_at);
  if (!purpose.empty()) *out.mutable_purpose() = code(purpose);
  return out;
}

inline canonical::Hearing& addHearing(CanonicalMessage& to, std::string_view starts_at,
                                      std::string_view court = "B01EF01") {
  auto& out = *to.mutable_case_()->add_hearings();
  out.set_id("new-" + std::to_string(200 + to.case_().hearings_size()));
  *out.mutable_court() = code(court);
  *out.mutable_starts_at() = localTime(starts_at);
  return out;
}

inline canonical::Party& addParty(CanonicalMessage& to, canonical::Person who, std::string_view role) {
  auto& out = *to.mutable_case_()->add_parties();
  out.set_id("new-" + std::to_string(300 + to.case_().parties_size()));
  *out.mutable_person() = std::move(who);
  *out.add_roles()->mutable_role() = code(role);
  return out;
}

/// Replaces every id of the record's elements in every text of the message, and in the keys of fields of facts.
void renumber(google::protobuf::Message& in, const std::map<std::string, std::string>& ids);

/// Every fact of the record with who said it when.
std::vector<canonical::Fact> provenance(const CaseRecord& record);

/// The record in a form that does not depend on the order in which its elements first came: ids by the keys of the elements,
/// lists of elements and references sorted, facts sorted, without the order of messages.
CaseRecord canonicalForm(const CaseRecord& record);

}  // namespace causeway::support
