#include "tests/support/builders.hpp"

namespace causeway::support {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string renumbered(std::string text, const std::map<std::string, std::string>& ids) {
  if (const auto whole = ids.find(text); whole != ids.end()) return whole->second;
  const size_t open = text.find('['), close = text.find(']');
  if (open == std::string::npos || close == std::string::npos) return text;
  if (const auto key = ids.find(text.substr(open + 1, close - open - 1)); key != ids.end())
    text.replace(open + 1, close - open - 1, key->second);
  // A fact about a whole item names the ids it holds.
  for (const auto& [from, to] : ids)
    for (size_t at = text.find(": " + from); at != std::string::npos && at + 2 + from.size() == text.size();
         at = std::string::npos)
      text.replace(at + 2, from.size(), to);
  return text;
}

void sortBy(auto* list, const auto& key) {
  std::stable_sort(list->pointer_begin(), list->pointer_end(),
                   [&](const auto* a, const auto* b) { return key(*a) < key(*b); });
}

std::string keyOfOffence(const canonical::Offence& one) {
  return one.code().code() + one.starts_on() + std::to_string(one.sequence()) + one.cp_offence_id();
}
std::string keyOfDefendant(const canonical::Defendant& one) {
  return one.asn().value() + (one.person().names().empty() ? "" : one.person().names(0).family()) +
         one.person().born_on();
}
std::string keyOfParty(const canonical::Party& one) {
  std::string out = one.person().born_on();
  for (const auto& name : one.person().names()) out += name.family() + (name.given().empty() ? "" : name.given(0));
  for (const auto& number : one.identifiers()) out += number.value();
  return out;
}
/// With whose it is, in words that no order changes.
std::string keyOfHearing(const canonical::Hearing& one, const std::map<std::string, std::string>& defendants) {
  std::vector<std::string> whose;
  for (const auto& id : one.defendant_ids()) {
    const auto found = defendants.find(id);
    whose.push_back(found == defendants.end() ? "" : found->second);
  }
  std::sort(whose.begin(), whose.end());
  std::string out = one.starts_at().date() + one.starts_at().time() + one.court().code() + one.purpose().code() +
                    one.previous_starts_at().date() + one.previous_starts_at().time() +
                    (one.identifiers().empty() ? "" : one.identifiers(0).value());
  for (const auto& one_of_them : whose) out += one_of_them;
  return out;
}

std::map<std::string, std::string> keysOfDefendants(const canonical::Case& whole) {
  std::map<std::string, std::string> out;
  for (const auto& one : whole.defendants()) out[one.id()] = keyOfDefendant(one);
  return out;
}

/// The fixtures by content, and their ids for the facts about them; what is shown goes by other ids.
std::map<std::string, std::string> fixtureIds(CaseRecord& record) {
  const auto defendants = keysOfDefendants(record.case_());
  sortBy(record.mutable_fixtures(), [&](const auto& one) { return keyOfHearing(one, defendants); });
  std::map<std::string, std::string> out;
  for (const auto& one : record.fixtures()) out[one.id()] = "F-" + std::to_string(out.size() + 1);
  return out;
}

class Renumbering {
 public:
  explicit Renumbering(canonical::Case& whole) : whole_(whole) {}

  std::map<std::string, std::string> ids() {
    sortBy(whole_.mutable_parties(), keyOfParty);
    sortBy(whole_.mutable_defendants(), keyOfDefendant);
    const auto defendants = keysOfDefendants(whole_);
    sortBy(whole_.mutable_hearings(), [&](const auto& one) { return keyOfHearing(one, defendants); });
    for (const auto& one : whole_.hearings()) give(one.id(), "H");
    for (const auto& one : whole_.parties()) give(one.id(), "P");
    for (auto& defendant : *whole_.mutable_defendants()) {
      give(defendant.id(), "D");
      results(defendant.mutable_results());
      sortBy(defendant.mutable_offences(), keyOfOffence);
      for (auto& offence : *defendant.mutable_offences()) {
        give(offence.id(), "O");
        results(offence.mutable_results());
      }
      sortBy(defendant.mutable_orders(),
             [](const auto& one) { return one.code().code() + one.text().text() + one.ends_on(); });
      for (const auto& order : defendant.orders()) give(order.id(), "ORD");
    }
    return std::move(ids_);
  }

 private:
  void give(const std::string& id, std::string_view kind) {
    ids_[id] = std::string(kind) + "-" + std::to_string(++count_);
  }
  void results(google::protobuf::RepeatedPtrField<canonical::Result>* list) {
    sortBy(list, [&](const auto& one) {
      return one.code().code() + one.text().text() + one.ordered_on() + ids_[one.hearing_id()];
    });
    for (const auto& one : *list) give(one.id(), "R");
  }

  canonical::Case& whole_;
  std::map<std::string, std::string> ids_;
  int count_ = 0;
};

void sortReferences(canonical::Case& whole) {
  const auto sorted = [](auto* list) { std::sort(list->begin(), list->end()); };
  for (auto& hearing : *whole.mutable_hearings()) sorted(hearing.mutable_defendant_ids());
  for (auto& party : *whole.mutable_parties()) {
    sorted(party.mutable_offence_ids());
    sortBy(party.mutable_relationships(), [](const auto& one) { return one.to_id(); });
  }
  for (auto& defendant : *whole.mutable_defendants()) {
    sorted(defendant.mutable_parent_ids());
    sortBy(defendant.mutable_attendances(), [](const auto& one) { return one.hearing_id(); });
    for (auto& offence : *defendant.mutable_offences()) sorted(offence.mutable_victim_ids());
  }
}

}  // namespace

void renumber(Message& in, const std::map<std::string, std::string>& ids) {
  std::vector<const FieldDescriptor*> fields;
  const auto& reflection = *in.GetReflection();
  reflection.ListFields(in, &fields);
  for (const auto* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(in, field) : 0;
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      if (!field->is_repeated()) renumber(*reflection.MutableMessage(&in, field), ids);
      for (int i = 0; i < count; ++i) renumber(*reflection.MutableRepeatedMessage(&in, field, i), ids);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      if (!field->is_repeated()) reflection.SetString(&in, field, renumbered(reflection.GetString(in, field), ids));
      for (int i = 0; i < count; ++i)
        reflection.SetRepeatedString(&in, field, i, renumbered(reflection.GetRepeatedString(in, field, i), ids));
    }
  }
}

std::vector<canonical::Fact> provenance(const CaseRecord& record) {
  std::vector<canonical::Fact> out(record.facts().begin(), record.facts().end());
  // What people were told goes by the order of arrival.
  std::erase_if(out, [](const auto& fact) {
    return fact.field() == "told_start" || fact.field() == "told" || fact.field() == "unwarned";
  });
  for (auto& fact : out) {
    const auto& said = record.said(fact.said());
    fact.clear_said();
    fact.set_source(said.source());
    fact.set_family(said.family());
    fact.set_message_id(said.message_id());
    if (said.has_asserted_at()) fact.set_asserted_at(said.asserted_at());
    if (said.has_received_at()) fact.set_received_at(said.received_at());
    if (!fact.has_state()) fact.set_state("current");
  }
  return out;
}

CaseRecord canonicalForm(const CaseRecord& record) {
  CaseRecord out = record;
  out.clear_facts();
  out.clear_said();
  const auto fixtures = fixtureIds(out);
  for (auto& fixture : *out.mutable_fixtures()) renumber(fixture, fixtures);
  for (auto& defendant : *out.mutable_withdrawn()->mutable_defendants()) renumber(defendant, fixtures);
  for (auto& fact : provenance(record)) {
    renumber(fact, fixtures);
    *out.add_facts() = std::move(fact);
  }
  renumber(out, Renumbering(*out.mutable_case_()).ids());
  for (auto& fixture : *out.mutable_fixtures())
    std::sort(fixture.mutable_defendant_ids()->begin(), fixture.mutable_defendant_ids()->end());
  sortReferences(*out.mutable_case_());
  sortBy(out.mutable_facts(), [](const auto& one) {
    return one.element() + " " + one.field() + " " + one.source() + " " + one.value() + " " + one.message_id();
  });
  sortBy(out.mutable_withdrawn()->mutable_parties(), [](const auto& one) { return one.id(); });
  sortReferences(*out.mutable_withdrawn());
  for (auto* whole : {out.mutable_case_(), out.mutable_withdrawn()})
    for (auto& party : *whole->mutable_parties())
      sortBy(party.mutable_attendances(), [](const auto& one) { return one.hearing_id(); });
  std::sort(out.mutable_message_ids()->begin(), out.mutable_message_ids()->end());
  out.clear_next_element();
  return out;
}

}  // namespace causeway::support
