#include "host/protection/schema_tree.hpp"
#include "tests/unit/protection/policy_support.hpp"

#include <google/protobuf/unknown_field_set.h>

#include <iterator>
#include <random>
#include <set>

// Over generated cases and grants: nothing leaves that is not granted, and what is neither granted nor read by a rule changes nothing.
namespace causeway::protection {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Names = std::set<std::string>;

constexpr int kRounds = 60;
constexpr unsigned kSeed = 20260602;

/// Chance with a fixed start, so that a failure can be seen again.
class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}
  bool one(int in) { return below(in) == 0; }
  int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }
  /// A text that stands nowhere else.
  std::string mark() { return "canary" + std::to_string(++marks_) + "x"; }

 private:
  std::mt19937 random_;
  int marks_ = 0;
};

void setLeaf(Message& message, const FieldDescriptor& field, Chance& chance) {
  const auto& reflection = *message.GetReflection();
  const bool list = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      if (list) reflection.AddString(&message, &field, chance.mark());
      else reflection.SetString(&message, &field, chance.mark());
      break;
    case FieldDescriptor::CPPTYPE_BOOL: reflection.SetBool(&message, &field, chance.one(2)); break;
    case FieldDescriptor::CPPTYPE_INT32: reflection.SetInt32(&message, &field, chance.below(1000)); break;
    case FieldDescriptor::CPPTYPE_INT64: reflection.SetInt64(&message, &field, chance.below(1000)); break;
    default: ADD_FAILURE() << "a kind of field that the case does not use: " << field.full_name();
  }
}

void generate(Message& message, Chance& chance) {
  const auto& type = *message.GetDescriptor();
  const auto& reflection = *message.GetReflection();
  for (int i = 0; i < type.field_count(); ++i) {
    const auto& field = *type.field(i);
    if (chance.one(2)) continue;
    if (!field.message_type()) setLeaf(message, field, chance);
    else if (!field.is_repeated()) generate(*reflection.MutableMessage(&message, &field), chance);
    else
      for (int n = chance.below(3); n > 0; --n) generate(*reflection.AddMessage(&message, &field), chance);
  }
}

canonical::CanonicalMessage generatedCase(Chance& chance) {
  canonical::CanonicalMessage message;
  generate(message, chance);
  message.set_type("hearing.resulted");
  message.set_test(false);
  message.set_marking("official");
  message.set_asserted_at("2026-06-01T09:00:00Z");
  auto& whole = *message.mutable_case_();
  whole.set_urn("01TT0000126");
  whole.clear_restricted_to();
  for (auto& party : *whole.mutable_parties()) {
    party.clear_roles();
    party.add_roles()->mutable_role()->set_code(chance.one(2) ? "victim" : "witness");
  }
  return message;
}

/// Names of some thirty fields chosen by chance, each a leaf of the tree.
std::vector<std::string> chosenFields(Chance& chance) {
  const auto& nodes = SchemaTree::instance().nodes();
  std::vector<std::string> out = {"case.urn"};
  while (out.size() < 30) {
    const auto& node = nodes[static_cast<size_t>(chance.below(static_cast<int>(nodes.size())))];
    if (node.field && node.leaf() && !node.field->message_type() && node.path != "case.urn") out.push_back(node.path);
  }
  return out;
}

Policy policyGranting(const std::vector<std::string>& fields) {
  std::string text;
  for (const auto& field : fields) text += "  - { field: " + field + ", because: test }\n";
  return granting(text);
}

void collect(const Message& message, const std::string& prefix, Names& paths, Names& texts) {
  std::vector<const FieldDescriptor*> fields;
  const auto& reflection = *message.GetReflection();
  reflection.ListFields(message, &fields);
  for (const auto* field : fields) {
    const std::string path = prefix.empty() ? field->name() : prefix + "." + field->name();
    const int size = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    if (!field->message_type()) {
      paths.insert(path);
      if (field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) continue;
      for (int i = 0; i < size; ++i)
        texts.insert(field->is_repeated() ? reflection.GetRepeatedString(message, field, i)
                                          : reflection.GetString(message, field));
      continue;
    }
    for (int i = 0; i < size; ++i)
      collect(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                   : reflection.GetMessage(message, field),
              path, paths, texts);
  }
}

bool covers(const Names& names, const std::string& path) {
  return std::ranges::any_of(names, [&](const std::string& name) {
    return path == name || (path.starts_with(name) && path[name.size()] == '.');
  });
}

/// Changes, clears or sets every field that is not `kept`, by chance, in the elements that are there.
void scramble(Message& message, const std::string& prefix, const Names& kept, Chance& chance) {
  const auto& type = *message.GetDescriptor();
  const auto& reflection = *message.GetReflection();
  for (int i = 0; i < type.field_count(); ++i) {
    const auto& field = *type.field(i);
    const std::string path = prefix.empty() ? field.name() : prefix + "." + field.name();
    if (field.message_type()) {
      if (!field.is_repeated() && reflection.HasField(message, &field))
        scramble(*reflection.MutableMessage(&message, &field), path, kept, chance);
      for (int n = 0; field.is_repeated() && n < reflection.FieldSize(message, &field); ++n)
        scramble(*reflection.MutableRepeatedMessage(&message, &field, n), path, kept, chance);
      continue;
    }
    if (covers(kept, path) || chance.one(2)) continue;
    reflection.ClearField(&message, &field);
    if (chance.one(2)) setLeaf(message, field, chance);
  }
}

Recipient someRecipient(Chance& chance) {
  const char* const sides[] = {"prosecution", "defence", "court", "neutral", "offender_management"};
  const char* const audiences[] = {"police", "prosecutor", "partner", "victim", "public"};
  return partner(sides[chance.below(5)], audiences[chance.below(5)]);
}

TEST(PolicyProperty, NoFieldOutsideTheGrantsEverLeaves) {
  Chance chance(kSeed);
  int let_go = 0;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const auto fields = chosenFields(chance);
    Names allowed(fields.begin(), fields.end());
    allowed.insert({"type", "test", "marking"});
    const auto message = generatedCase(chance);
    const auto decision = policyGranting(fields).decide(message, someRecipient(chance), "care", kNow);
    ASSERT_NE(decision.hold.has_value(), decision.projection.has_value());
    if (!decision.projection) continue;
    ++let_go;
    Names paths, texts, all_paths, all_texts, lost;
    collect(*decision.projection, {}, paths, texts);
    collect(message, {}, all_paths, all_texts);
    for (const auto& path : paths) EXPECT_TRUE(allowed.contains(path)) << path;
    std::ranges::set_difference(texts, all_texts, std::inserter(lost, lost.end()));
    EXPECT_TRUE(lost.empty()) << "a text that was not in the message";
    const auto bytes = decision.projection->SerializeAsString();
    for (const auto& text : all_texts) {
      if (!text.starts_with("canary")) continue;
      EXPECT_EQ(bytes.find(text) != std::string::npos, texts.contains(text));
    }
  }
  EXPECT_GT(let_go, kRounds / 2);
}

TEST(PolicyProperty, WhatIsNeitherGrantedNorAnInputChangesNothing) {
  Chance chance(kSeed + 1);
  int let_go = 0, different = 0;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const auto fields = chosenFields(chance);
    const auto policy = policyGranting(fields);
    const auto message = generatedCase(chance);
    const auto recipient = someRecipient(chance);
    Names kept(fields.begin(), fields.end());
    for (const auto& input : policy.inputs("partner", "hearing.resulted", "care")) kept.insert(input);
    auto other = message;
    scramble(other, {}, kept, chance);
    different += other.SerializeAsString() != message.SerializeAsString() ? 1 : 0;
    const auto one = policy.decide(message, recipient, "care", kNow),
               two = policy.decide(other, recipient, "care", kNow);
    ASSERT_EQ(one.projection.has_value(), two.projection.has_value());
    if (one.hold) {
      EXPECT_EQ(one.hold->code, two.hold->code);
    } else {
      EXPECT_EQ(one.projection->SerializeAsString(), two.projection->SerializeAsString());
    }
    let_go += one.projection ? 1 : 0;
  }
  EXPECT_GT(let_go, kRounds / 2);
  EXPECT_EQ(different, kRounds);
}

void addUnknown(Message& message) {
  const auto& reflection = *message.GetReflection();
  reflection.MutableUnknownFields(&message)->AddLengthDelimited(9000, "of a newer version");
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const auto* field : fields) {
    if (!field->message_type()) continue;
    if (!field->is_repeated()) addUnknown(*reflection.MutableMessage(&message, field));
    else
      for (int i = 0; i < reflection.FieldSize(message, field); ++i)
        addUnknown(*reflection.MutableRepeatedMessage(&message, field, i));
  }
}

TEST(PolicyProperty, AFieldOfANewerModelChangesNoOutput) {
  Chance chance(kSeed + 2);
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const auto policy = policyGranting(chosenFields(chance));
    const auto message = generatedCase(chance);
    auto newer = message;
    addUnknown(newer);
    const auto recipient = someRecipient(chance);
    const auto one = policy.decide(message, recipient, "care", kNow),
               two = policy.decide(newer, recipient, "care", kNow);
    ASSERT_EQ(one.projection.has_value(), two.projection.has_value());
    if (one.projection) {
      EXPECT_EQ(one.projection->SerializeAsString(), two.projection->SerializeAsString());
    }
  }
}

TEST(PolicyProperty, TheInputsAreDeclared) {
  const auto policy =
      granting("  - case.urn\n  - 'case.parties[role=victim].person.names.family'\n",
               "  consent: { of: 'case.parties[role=victim]', types: [victim_support], named: [idva] }\n"
               "  recorded: { of: case.plans, has: [override.decided_by] }\n  quality: { max_age: 1d }\n");
  const auto inputs = policy.inputs("partner", "hearing.resulted", "care");
  EXPECT_TRUE(std::ranges::is_sorted(inputs));
  for (const char* path :
       {"asserted_at", "case.finalised_on", "case.parties.addresses.safe_for_post", "case.parties.consents",
        "case.parties.contact_points.safe", "case.parties.roles", "case.plans.override.decided_by",
        "case.restricted_reason", "case.restricted_to", "marking", "test", "type"})
    EXPECT_TRUE(std::ranges::find(inputs, path) != inputs.end()) << path;
  EXPECT_TRUE(policy.inputs("stranger", "hearing.resulted", "care").empty());
}

}  // namespace
}  // namespace causeway::protection
