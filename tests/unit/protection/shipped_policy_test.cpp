#include "host/model/field_path.hpp"
#include "tests/unit/protection/policy_support.hpp"

#include <google/protobuf/unknown_field_set.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace causeway::protection {
namespace {

using google::protobuf::FieldDescriptor;
using Names = std::set<std::string>;

// Every field of the schema, one element in each list.
void populate(google::protobuf::Message& message) {
  const auto& reflection = *message.GetReflection();
  const auto& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const auto* field = type.field(i);
    const bool list = field->is_repeated();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        populate(list ? *reflection.AddMessage(&message, field) : *reflection.MutableMessage(&message, field));
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        // Every text says what it is, and the marking is one that may be carried.
        if (field->name() == "basis" && &type == canonical::Text::descriptor())
          reflection.SetString(&message, field, "fact");
        else if (field->name() == "marking") reflection.SetString(&message, field, "official");
        else if (list) reflection.AddString(&message, field, "2026-06-30");
        else reflection.SetString(&message, field, "2026-06-30");
        break;
      case FieldDescriptor::CPPTYPE_BOOL: reflection.SetBool(&message, field, true); break;
      case FieldDescriptor::CPPTYPE_INT32: reflection.SetInt32(&message, field, 7); break;
      case FieldDescriptor::CPPTYPE_INT64: reflection.SetInt64(&message, field, 7); break;
      default: ADD_FAILURE() << "a kind of field that the case does not use: " << field->full_name();
    }
  }
}

canonical::CanonicalMessage fullFor(const Node& grant) {
  canonical::CanonicalMessage message;
  populate(message);
  message.set_type(grant.find("types")->items.at(0).scalar);
  message.set_test(false);
  auto& whole = *message.mutable_case_();
  whole.mutable_background_checks(0)->set_asked_by(grant.find("recipient")->scalar);
  whole.clear_restricted_to();
  whole.mutable_identifiers(0)->set_type("occurrence");
  *whole.add_identifiers() = whole.identifiers(0);
  whole.mutable_identifiers(1)->set_type("cms_case");
  auto& numbers = *whole.mutable_parties(0)->mutable_identifiers();
  for (const char* kind : {"cps_witness", "twif_unique"}) {
    auto& number = *numbers.Add();
    number = numbers.Get(0);
    number.set_type(kind);
  }
  numbers.Mutable(0)->set_type("records_person");
  auto& ground = *whole.mutable_plans(0)->mutable_override();
  for (auto* code : {ground.mutable_condition(), ground.mutable_reason(), ground.mutable_ground()})
    code->set_unmapped(false);
  auto& asked = *whole.mutable_information_requests(0);
  for (auto* code : {asked.mutable_holder(), asked.mutable_material(0), asked.mutable_notice_exception()})
    code->set_unmapped(false);
  auto party = whole.parties(0);
  whole.clear_parties();
  party.mutable_special_measures(0)->set_state("granted");
  const auto referral = party.referrals(0);
  party.clear_referrals();
  for (const char* service : {"idva", "isva", "victim_support", "witness_service", "hate_crime", "home_security"}) {
    auto& added = *party.add_referrals();
    added = referral;
    added.mutable_service()->set_code(service);
    added.mutable_service()->set_unmapped(false);
  }
  for (const char* role : {"victim", "witness", "child", "bereaved_relative", "officer_in_case"}) {
    auto& added = *whole.add_parties();
    added = party;
    added.mutable_roles(0)->mutable_role()->set_code(role);
    added.mutable_roles(0)->mutable_role()->set_unmapped(false);
    added.mutable_contact_points(0)->mutable_safe()->set_state("safe");
    added.mutable_contact_points(0)->set_dead(false);
    auto& consent = *added.mutable_consents(0);
    consent.mutable_type()->set_code("victim_support");
    consent.set_state("given");
    consent.clear_recipients();
    consent.clear_withdrawn_at();
    for (auto* code : {consent.mutable_type(), consent.mutable_scope(0)}) code->set_unmapped(false);
    for (const char* scope : {"contact_details", "case_summary", "risk_information", "health_or_disability"})
      (*consent.add_scope() = consent.scope(0)).set_code(scope);
  }
  return message;
}

void collectLeaves(const google::protobuf::Message& message, const std::string& prefix, Names& out) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const auto* field : fields) {
    const std::string path = prefix.empty() ? field->name() : prefix + "." + field->name();
    if (!field->message_type()) {
      out.insert(path);
      continue;
    }
    const auto& reflection = *message.GetReflection();
    if (!field->is_repeated()) collectLeaves(reflection.GetMessage(message, field), path, out);
    else
      for (int i = 0; i < reflection.FieldSize(message, field); ++i)
        collectLeaves(reflection.GetRepeatedMessage(message, field, i), path, out);
  }
}

// What a grant of the files names, read without the loader: the leaves that may be in its projection.
void addNamed(const Node& item, Names& out) {
  if (item.isScalar()) {
    const auto path = model::FieldPath::parse(item.scalar, *canonical::CanonicalMessage::descriptor());
    ASSERT_TRUE(path.has_value()) << item.scalar;
    if (!path->type()) out.insert(path->names());
    else
      for (int i = 0; i < path->type()->field_count(); ++i) {
        const auto& part = path->type()->field(i)->name();
        if (path->shape() != model::Shape::Code || part != "text") out.insert(path->names() + "." + part);
      }
    return;
  }
  for (const auto& child : item.items) addNamed(child, out);
  if (const Node* one = item.find("field")) addNamed(*one, out);
  if (const Node* many = item.find("fields")) addNamed(*many, out);
}

struct Shipped {
  std::vector<Node> files = shippedFiles("protection");
  std::map<std::string, const Node*> sets;
  std::vector<const Node*> grants;
  Policy policy = load();

  Policy load() {
    Problems problems;
    auto out = Policy::load(files, problems);
    EXPECT_TRUE(problems.empty()) << problems.text();
    for (const auto& file : files) {
      if (const Node* named = file.find("sets"))
        for (const auto& entry : named->entries) sets[entry.key] = &entry.value;
      if (const Node* list = file.find("grants"))
        for (const auto& grant : list->items) grants.push_back(&grant);
    }
    return out;
  }

  Names named(const Node& grant) const {
    Names out = {"type", "test", "marking"};
    if (const Node* fields = grant.find("fields")) addNamed(*fields, out);
    if (const Node* used = grant.find("sets"))
      for (const auto& name : used->items) addNamed(*sets.at(name.scalar), out);
    return out;
  }
};

Recipient recipientOf(const Node& grant) {
  Recipient out{
      .id = grant.find("recipient")->scalar, .side = "victim_support", .audience = "partner", .regime = "uk_gdpr"};
  if (out.id == "records" || out.id == "cps" || out.id == "neighbour-records") {
    out.side = "prosecution";
    out.audience = out.id == "cps" ? "prosecutor" : "police";
    out.regime = "law_enforcement";
  }
  if (out.id == "victim-liaison" || out.id == "prisoner-escort") out.regime = "law_enforcement";
  out.agreement = {"A-1",
                   std::chrono::year(2026) / 1 / 1,
                   std::chrono::year(2026) / 12 / 31,
                   {grant.find("purpose")->scalar},
                   {grant.find("types")->items.at(0).scalar}};
  return out;
}

Names difference(const Names& from, const Names& without) {
  Names out;
  std::ranges::set_difference(from, without, std::inserter(out, out.end()));
  return out;
}

TEST(ShippedPolicy, EveryGrantPassesWhatItNamesAndNoOtherField) {
  const Shipped shipped;
  ASSERT_GE(shipped.grants.size(), 8U);
  for (const Node* grant : shipped.grants) {
    SCOPED_TRACE(grant->find("id")->scalar);
    const auto decision =
        shipped.policy.decide(fullFor(*grant), recipientOf(*grant), grant->find("purpose")->scalar, kNow);
    ASSERT_TRUE(decision.projection.has_value()) << (decision.hold ? decision.hold->text : "");
    Names passed;
    collectLeaves(*decision.projection, {}, passed);
    const auto named = shipped.named(*grant);
    EXPECT_EQ(difference(passed, named), Names{}) << "passed, but not named";
    EXPECT_EQ(difference(named, passed), Names{}) << "named, but not passed";
  }
}

TEST(ShippedPolicy, EveryFieldIsAccountedFor) {
  const Shipped shipped;
  for (const Node* grant : shipped.grants) {
    SCOPED_TRACE(grant->find("id")->scalar);
    const auto message = fullFor(*grant);
    const auto decision = shipped.policy.decide(message, recipientOf(*grant), grant->find("purpose")->scalar, kNow);
    Names told(decision.granted.begin(), decision.granted.end()), leaves;
    for (const auto& one : decision.withheld) told.insert(one.path);
    collectLeaves(message, {}, leaves);
    for (const auto& leaf : leaves)
      EXPECT_TRUE(told.contains(leaf) || told.contains(leaf.substr(0, leaf.rfind('.')))) << leaf;
    EXPECT_TRUE(std::ranges::is_sorted(decision.granted));
    EXPECT_TRUE(std::ranges::is_sorted(decision.withheld, {}, &Withheld::path));
  }
}

TEST(ShippedPolicy, WhatANewerVersionAddedGoesToNobody) {
  const Shipped shipped;
  for (const Node* grant : shipped.grants) {
    SCOPED_TRACE(grant->find("id")->scalar);
    auto message = fullFor(*grant);
    const auto add = [](google::protobuf::Message& to) {
      to.GetReflection()->MutableUnknownFields(&to)->AddLengthDelimited(9000, "newer-field");
    };
    add(message);
    add(*message.mutable_case_());
    add(*message.mutable_case_()->mutable_parties(0));
    add(*message.mutable_case_()->mutable_hearings(0)->mutable_starts_at());
    ASSERT_NE(message.SerializeAsString().find("newer-field"), std::string::npos);
    const auto decision = shipped.policy.decide(message, recipientOf(*grant), grant->find("purpose")->scalar, kNow);
    ASSERT_TRUE(decision.projection.has_value());
    EXPECT_EQ(decision.projection->SerializeAsString().find("newer-field"), std::string::npos);
  }
}

void add(google::protobuf::RepeatedPtrField<canonical::Identifier>& to, const std::string& type) {
  to.Add()->set_type(type);
  to.Mutable(to.size() - 1)->set_value("number of " + type);
}

Names typesOf(const google::protobuf::RepeatedPtrField<canonical::Identifier>& numbers) {
  Names out;
  for (const auto& number : numbers) out.insert(number.type());
  return out;
}

TEST(ShippedPolicy, ARecipientGetsBackTheNumbersThatItGaveAndNobodyElses) {
  const Shipped shipped;
  for (const Node* grant : shipped.grants) {
    SCOPED_TRACE(grant->find("id")->scalar);
    auto message = fullFor(*grant);
    auto& whole = *message.mutable_case_();
    for (const char* type : {"crime_number", "incident_log", "cms_case", "cp_case"})
      add(*whole.mutable_identifiers(), type);
    for (auto& party : *whole.mutable_parties())
      for (const char* type : {"cps_witness", "noms"}) add(*party.mutable_identifiers(), type);
    const auto recipient = recipientOf(*grant);
    const auto decision = shipped.policy.decide(message, recipient, grant->find("purpose")->scalar, kNow);
    ASSERT_TRUE(decision.projection.has_value());
    const auto& passed = decision.projection->case_();
    const auto of_case = typesOf(passed.identifiers());
    if (recipient.id == "records") {
      EXPECT_EQ(of_case, Names{"occurrence"});
      const bool people =
          std::ranges::any_of(passed.parties(), [](const auto& one) { return one.identifiers_size() > 0; });
      EXPECT_EQ(people, (Names{"task.raised", "log_entry.added", "record.change_proposed"}.contains(message.type())));
      for (const auto& party : passed.parties())
        for (const auto& type : typesOf(party.identifiers())) EXPECT_EQ(type, "records_person");
    } else if (recipient.id == "cps") {
      EXPECT_FALSE(of_case.contains("crime_number") || of_case.contains("incident_log") || of_case.contains("cp_case"));
    } else {
      // Whoever is asked to help, or to answer, speaks with the officer in the case, by the one number that both know. What is only told to
      // them has no number at all.
      const bool asked = message.type() == "referral.sent" || message.type() == "safeguarding_plan.recorded" ||
                         message.type() == "scheme.referred" || message.type() == "victim_information.requested" ||
                         message.type() == "background_check.asked";
      EXPECT_EQ(difference(of_case, asked ? Names{"occurrence"} : Names{}), Names{})
          << "a service was given a number of the police or the courts";
      for (const auto& party : passed.parties()) EXPECT_EQ(party.identifiers_size(), 0);
    }
  }
}

TEST(ShippedPolicy, NoPartnerGetsTheCourtsOwnWordsOrAnAddressSaveWhoeverGoesOrWritesThere) {
  const Shipped shipped;
  for (const Node* grant : shipped.grants) {
    if (grant->find("recipient")->scalar == "records") continue;
    SCOPED_TRACE(grant->find("id")->scalar);
    for (const auto& name : shipped.named(*grant)) {
      EXPECT_EQ(name.find("results.text"), std::string::npos);
      EXPECT_EQ(name.find("wording"), std::string::npos);
      // Who fits the locks, and the unit of the probation service that writes to the victim first.
      const auto& id = grant->find("id")->scalar;
      const bool goes_there = id == "referral-home-security" || id == "scheme-referral";
      EXPECT_TRUE(goes_there || name.find("addresses") == std::string::npos) << name;
    }
  }
}

}  // namespace
}  // namespace causeway::protection
