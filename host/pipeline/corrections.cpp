#include "host/pipeline/corrections.hpp"

#include "host/base/text.hpp"
#include "host/care/element_ids.hpp"

#include <algorithm>

namespace causeway::pipeline {
namespace {

using care::byId;

using Values = std::map<FieldOfElement, std::vector<std::string>>;

/// Who somebody is and where they live, as one case of one element: what a correction is about, and nothing else.
canonical::Case factsOf(const canonical::Party& party) {
  canonical::Case out;
  auto& one = *out.add_parties();
  one.set_id(party.id());
  if (party.has_person()) *one.mutable_person() = party.person();
  if (party.has_organisation()) *one.mutable_organisation() = party.organisation();
  *one.mutable_identifiers() = party.identifiers();
  *one.mutable_addresses() = party.addresses();
  if (auto& names = *one.mutable_person()->mutable_names(); names.size() > 1) names.DeleteSubrange(1, names.size() - 1);
  return out;
}

canonical::Case factsOf(const canonical::Defendant& defendant) {
  canonical::Case out;
  auto& one = *out.add_defendants();
  one.set_id(defendant.id());
  if (defendant.has_person()) *one.mutable_person() = defendant.person();
  if (defendant.has_organisation()) *one.mutable_organisation() = defendant.organisation();
  if (auto& names = *one.mutable_person()->mutable_names(); names.size() > 1) names.DeleteSubrange(1, names.size() - 1);
  return out;
}

Values valuesOf(const canonical::Case& facts) {
  Values out;
  visitValues(facts, nullptr, [&](const FieldOfElement& field, const model::ProtoField&, const std::string& value) {
    if (field.second != "id") out[field].push_back(value);
  });
  return out;
}

template <class List>
std::string bytesOf(const List& list) {
  std::string out;
  for (const auto& one : list) out += one.SerializeAsString() + '\n';
  return out;
}

// Nearly always: nothing is to be taken apart then.
bool same(const canonical::Party& a, const canonical::Party& b) {
  return a.person().SerializeAsString() == b.person().SerializeAsString() &&
         a.organisation().SerializeAsString() == b.organisation().SerializeAsString() &&
         bytesOf(a.identifiers()) == bytesOf(b.identifiers()) && bytesOf(a.addresses()) == bytesOf(b.addresses());
}

bool same(const canonical::Defendant& a, const canonical::Defendant& b) {
  return a.person().SerializeAsString() == b.person().SerializeAsString() &&
         a.organisation().SerializeAsString() == b.organisation().SerializeAsString();
}

// "Alaric Exampleton" after "Alaric Tobias Exampleton" says less of the same name, and nothing otherwise: a court that leaves out a middle
// name corrects nobody.
bool saysLess(const CorrectedField& field, const std::vector<std::string>& was) {
  return field.field.second.starts_with("person.names.") &&
         std::ranges::all_of(field.is, [&](const auto& value) { return std::ranges::find(was, value) != was.end(); });
}

template <class Element>
void compare(const Element& old, const Element& now, std::vector<CorrectedField>& out) {
  if (same(old, now)) return;
  const auto before = factsOf(old), after = factsOf(now);
  const auto was = valuesOf(before);
  const auto is = valuesOf(after);
  for (const auto& [field, values] : was) {
    const auto found = is.find(field);
    CorrectedField one{field, {}, found == is.end() ? std::vector<std::string>() : found->second};
    for (const auto& value : values)
      if (std::ranges::find(one.is, value) == one.is.end()) one.was.insert(value);
    if (!one.was.empty() && !saysLess(one, values)) out.push_back(std::move(one));
  }
}

bool isOpen(const canonical::Case& whole, std::string_view element, std::string_view field) {
  return std::ranges::any_of(whole.discrepancies(), [&](const auto& one) {
    return one.state() == "open" && one.entity_id() == element && one.field() == field;
  });
}

/// Sources that disagreed now agree: whoever was told what the other one said was told wrong.
void addSettled(const canonical::Case& before, const canonical::Case& after, const Values& is,
                std::vector<CorrectedField>& out) {
  for (const auto& dispute : before.discrepancies()) {
    const FieldOfElement field{dispute.entity_id(), dispute.field()};
    const auto found = is.find(field);
    if (dispute.state() != "open" || found == is.end() || isOpen(after, field.first, field.second)) continue;
    CorrectedField one{field, {}, found->second};
    for (const auto& reading : dispute.readings())
      if (std::ranges::find(one.is, reading.value()) == one.is.end()) one.was.insert(reading.value());
    std::erase_if(out, [&](const auto& other) { return other.field == field; });
    if (!one.was.empty()) out.push_back(std::move(one));
  }
}

// By what is on record: the last day of a consent is told on record when it is over, by a message of our own.
std::set<std::string> consentsOf(const canonical::Case& whole) {
  std::set<std::string> out;
  for (const auto& party : whole.parties())
    for (const auto& consent : party.consents()) {
      if (consent.state() == "given" && !consent.has_withdrawn_at())
        out.insert(party.id() + ":" + (consent.has_id() ? consent.id() : consent.type().code()));
    }
  return out;
}

canonical::CanonicalMessage notice(const canonical::Case& whole, const canonical::CanonicalMessage& cause) {
  canonical::CanonicalMessage out;
  out.set_message_id(cause.message_id());
  out.set_received_at(cause.received_at());
  out.set_test(cause.test());
  if (cause.has_marking()) out.set_marking(cause.marking());
  if (cause.has_controller()) out.set_controller(cause.controller());
  out.mutable_case_()->set_case_id(whole.case_id());
  if (whole.has_urn()) out.mutable_case_()->set_urn(whole.urn());
  *out.mutable_case_()->mutable_restricted_to() = whole.restricted_to();
  return out;
}

/// Only what a notice needs of a person: the part in the case, and the referral by which this recipient knows them.
void addPerson(const canonical::Case& whole, const std::string& id, const std::string& recipient, canonical::Case& to) {
  const auto* known = byId(whole.parties(), id);
  if (known == nullptr || byId(to.parties(), id) != nullptr) return;
  auto& party = *to.add_parties();
  party.set_id(id);
  *party.mutable_roles() = known->roles();
  for (const auto& referral : known->referrals())
    if (referral.organisation().empty() || referral.organisation() == recipient) *party.add_referrals() = referral;
}

}  // namespace

std::vector<CorrectedField> correctedFields(const canonical::Case& before, const canonical::Case& after) {
  std::vector<CorrectedField> out;
  for (const auto& old : before.parties())
    if (const auto* now = byId(after.parties(), old.id())) compare(old, *now, out);
  for (const auto& old : before.defendants())
    if (const auto* now = byId(after.defendants(), old.id())) compare(old, *now, out);
  if (before.discrepancies().empty() && after.discrepancies().empty()) return out;
  std::erase_if(out, [&](const auto& one) { return isOpen(after, one.field.first, one.field.second); });
  for (const auto& party : after.parties()) addSettled(before, after, valuesOf(factsOf(party)), out);
  for (const auto& defendant : after.defendants()) addSettled(before, after, valuesOf(factsOf(defendant)), out);
  return out;
}

std::set<std::string> endedConsents(const canonical::Case& before, const canonical::Case& after) {
  std::set<std::string> out;
  const auto still = consentsOf(after);
  for (const auto& one : consentsOf(before))
    if (!still.contains(one)) out.insert(one);
  return out;
}

std::string Register::here(const std::string& there) const {
  if (!elements) return there;
  const auto found = elements->find(there);
  return found == elements->end() ? std::string() : found->second;
}

Corrections::Corrections(const Vault& vault, std::vector<Register> registers)
    : vault_(vault), registers_(std::move(registers)) {
  for (const auto& one : registers_)
    for (const auto& line : one.lines) lines_.push_back({&line, &one});
  std::ranges::stable_sort(lines_, {}, [](const Line& line) { return line.row->at; });
}

Corrections::Has Corrections::has(const CorrectedField& field, const Word& word) const {
  const auto told = [&](const std::string& value) {
    return word.prints.contains(fingerprintOf(vault_, word.case_id, word.field, value));
  };
  if (std::ranges::any_of(field.was, told)) return Has::Wrong;
  // It may have been told of it in another form, such as a band of ages, or of a value of long ago.
  return !field.is.empty() && std::ranges::any_of(field.is, told) ? Has::Right : Has::Unclear;
}

std::vector<Notice> Corrections::noticesOf(const std::vector<CorrectedField>& fields, const Open& open) const {
  std::map<std::string, std::map<FieldOfElement, Word>> last;
  std::map<std::string, Notice> out;
  for (const auto& [line, of] : lines_) {
    auto& known = last[line->recipient];
    const auto text = open(*line);
    const auto told = text ? readToldFields(*text) : Result<ToldFields>(fail(ErrorKind::Broken, "unreadable"));
    if (!told) {
      out[line->recipient] = {line->recipient, line->purpose, {}, true};
      continue;
    }
    for (const auto& [there, prints] : *told)
      for (const auto& field : fields) {
        const auto here = of->here(there.first);
        // Of the same kind of element, and nobody can say of which: it may be this one.
        const bool may_be = here.empty() && !there.first.empty() && there.first.front() == field.field.first.front();
        if (there.second != field.field.second || (here != field.field.first && !may_be)) continue;
        auto& notice =
            out.try_emplace(line->recipient, Notice{line->recipient, line->purpose, {}, false}).first->second;
        notice.purpose = line->purpose;
        if (may_be) notice.unclear = notice.unclear || has(field, {of->case_id, there, prints}) == Has::Wrong;
        else known[field.field] = {of->case_id, there, prints};
      }
  }
  std::vector<Notice> wanted;
  for (auto& [recipient, notice] : out) {
    for (const auto& field : fields) {
      const auto found = last[recipient].find(field.field);
      if (found == last[recipient].end()) continue;
      const auto state = has(field, found->second);
      if (state == Has::Right) continue;
      notice.unclear = notice.unclear || state == Has::Unclear;
      notice.fields.push_back(&field);
    }
    if (!notice.fields.empty() || notice.unclear) wanted.push_back(std::move(notice));
  }
  return wanted;
}

std::map<std::string, std::string> Corrections::toldUnder(const std::set<std::string>& consents) const {
  std::map<std::string, std::string> out;
  for (const auto& [line, of] : lines_)
    for (const auto& consent : line->consents) {
      const auto colon = std::min(consent.find(':'), consent.size());
      if (consents.contains(of->here(consent.substr(0, colon)) + consent.substr(colon)))
        out[line->recipient] = line->purpose;
    }
  return out;
}

std::map<std::string, std::string> Corrections::toldUnderUnknown() const {
  std::map<std::string, std::string> out;
  for (const auto& [line, of] : lines_)
    for (const auto& consent : line->consents)
      if (of->here(consent.substr(0, consent.find(':'))).empty()) out[line->recipient] = line->purpose;
  return out;
}

bool Corrections::tells(const canonical::Case& told, const std::vector<std::string>& ids,
                        const CorrectedField& field) const {
  const auto& case_id = registers_.front().case_id;
  const auto fields = toldFields(vault_, case_id, told, ids);
  const auto found = fields.find(field.field);
  return found != fields.end() && has(field, {case_id, field.field, found->second}) == Has::Right;
}

canonical::CanonicalMessage correctionMessage(const canonical::Case& whole, const Notice& about,
                                              const canonical::CanonicalMessage& cause) {
  auto out = notice(whole, cause);
  out.set_type("correction.issued");
  auto& to = *out.mutable_case_();
  int number = 0;
  for (const auto* field : about.fields) {
    addPerson(whole, field->field.first, about.recipient, to);
    auto& one = *to.add_discrepancies();
    one.set_id("correction-" + std::to_string(++number));
    one.set_entity_id(field->field.first);
    one.set_field((field->field.first.starts_with("d-") ? "defendants." : "parties.") + field->field.second);
    one.set_state("corrected");
    if (!field->is.empty()) one.set_decided_value(field->is.front());
  }
  return out;
}

canonical::CanonicalMessage withdrawalMessage(const canonical::Case& whole, const std::string& recipient,
                                              const std::set<std::string>& consents,
                                              const canonical::CanonicalMessage& cause) {
  auto out = notice(whole, cause);
  out.set_type("referral.withdrawn");
  for (const auto& one : consents) addPerson(whole, one.substr(0, one.find(':')), recipient, *out.mutable_case_());
  return out;
}

canonical::CanonicalMessage rightsMessage(const canonical::Case& whole, const std::string& recipient,
                                          const std::set<std::string>& people,
                                          const canonical::CanonicalMessage& cause) {
  auto out = notice(whole, cause);
  out.set_type(cause.type());
  for (const auto& one : people) addPerson(whole, one, recipient, *out.mutable_case_());
  return out;
}

}  // namespace causeway::pipeline
