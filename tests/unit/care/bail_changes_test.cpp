#include "host/care/bail_changes.hpp"

#include <gtest/gtest.h>

namespace causeway::care {
namespace {

using People = std::vector<std::string>;

// Two victims, p-1 and p-2, and a witness, p-3; the defendant is accused of something against p-1 and p-2.
canonical::Case twoVictims() {
  canonical::Case out;
  for (const auto* id : {"p-1", "p-2", "p-3"}) {
    auto& party = *out.add_parties();
    party.set_id(id);
    party.add_roles()->mutable_role()->set_code(std::string(id) == "p-3" ? "witness" : "victim");
  }
  auto& offence = *out.add_defendants()->add_offences();
  offence.add_victim_ids("p-1");
  offence.add_victim_ids("p-2");
  return out;
}

canonical::Defendant bailed(const canonical::Case& whole, const std::string& status) {
  auto out = whole.defendants(0);
  out.mutable_bail()->mutable_status()->set_code(status);
  return out;
}

canonical::Defendant& with(canonical::Defendant& defendant, const std::string& kind, const People& protects = {}) {
  auto& condition = *defendant.mutable_bail()->add_conditions();
  condition.mutable_kind()->set_code(kind);
  for (const auto& id : protects) condition.add_protects(id);
  return defendant;
}

TEST(BailChanges, NobodyIsUnprotectedWhereNothingProtectedThem) {
  const auto whole = twoVictims();
  auto residence = bailed(whole, "conditional");
  with(residence, "residence");
  EXPECT_EQ(nowUnprotected(nullptr, residence, whole), People{});
  EXPECT_EQ(nowUnprotected(&residence, bailed(whole, "unconditional"), whole), People{});
}

TEST(BailChanges, WhatGoesOnProtectingSomebodyIsNoLoss) {
  const auto whole = twoVictims();
  auto first = bailed(whole, "conditional"), other = first;
  with(first, "no_contact", {"p-1"});
  with(other, "exclusion", {"p-1", "p-2"});
  EXPECT_EQ(nowUnprotected(&first, other, whole), People{});
  auto names_nobody = bailed(whole, "conditional");
  with(names_nobody, "not_approach");
  EXPECT_EQ(nowUnprotected(&first, names_nobody, whole), People{}) << "it may be about any victim";
}

TEST(BailChanges, WhoeverIsLeftOutOfAVariedBailIsUnprotected) {
  const auto whole = twoVictims();
  auto first = bailed(whole, "conditional"), varied = first;
  with(first, "no_contact", {"p-1", "p-3"});
  with(varied, "no_contact", {"p-2"});
  EXPECT_EQ(nowUnprotected(&first, varied, whole), (People{"p-1", "p-3"}));
}

TEST(BailChanges, WhereNothingProtectsAnyMoreEveryVictimOfTheDefendantIsTold) {
  auto whole = twoVictims();
  auto first = bailed(whole, "conditional"), residence = first;
  with(first, "no_contact", {"p-1"});
  with(residence, "residence");
  EXPECT_EQ(nowUnprotected(&first, residence, whole), (People{"p-1", "p-2"}));
  EXPECT_EQ(nowUnprotected(&first, bailed(whole, "unconditional"), whole), (People{"p-1", "p-2"}));
  EXPECT_EQ(nowUnprotected(&first, whole.defendants(0), whole), (People{"p-1", "p-2"})) << "the bail is gone";
  residence.mutable_offences(0)->mutable_victim_ids()->RemoveLast();
  EXPECT_EQ(nowUnprotected(&first, residence, whole), People{"p-1"}) << "the other is another defendant's victim";
}

TEST(BailChanges, AConditionThatNamedNobodyProtectedEachVictim) {
  const auto whole = twoVictims();
  auto first = bailed(whole, "conditional"), varied = first;
  with(first, "exclusion");
  with(varied, "no_contact", {"p-2"});
  EXPECT_EQ(nowUnprotected(&first, varied, whole), People{"p-1"});
}

TEST(BailChanges, BailIsOtherByStatusOrConditions) {
  const auto whole = twoVictims();
  auto first = bailed(whole, "conditional"), other = first;
  EXPECT_TRUE(isOtherBail(nullptr, first));
  EXPECT_FALSE(isOtherBail(&first, other));
  with(other, "residence");
  EXPECT_TRUE(isOtherBail(&first, other));
  const auto none = bailed(whole, "not_applicable");
  EXPECT_FALSE(tellsOfBail(nullptr, none));
  EXPECT_TRUE(tellsOfBail(&first, none));
}

}  // namespace
}  // namespace causeway::care
