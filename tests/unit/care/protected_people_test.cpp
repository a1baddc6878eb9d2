#include "host/care/protected_people.hpp"

#include <gtest/gtest.h>

namespace causeway::care {
namespace {

canonical::Case caseWith(const std::string& wording) {
  canonical::Case whole;
  auto& party = *whole.add_parties();
  party.set_id("p-1");
  party.add_roles()->mutable_role()->set_code("victim");
  auto& name = *party.mutable_person()->add_names();
  name.add_given("Oriel");
  name.set_family("Vance-Hart");
  party.add_addresses()->add_lines("Flat 3");
  party.mutable_addresses(0)->add_lines("8 Tolverne Gardens");
  whole.add_defendants()->mutable_bail()->add_conditions()->mutable_text()->set_text(wording);
  return whole;
}

int protectedBy(const std::string& wording) {
  auto whole = caseWith(wording);
  nameProtected(whole);
  return whole.defendants(0).bail().conditions(0).protects_size();
}

TEST(ProtectedPeople, AreNotFoundByFamilyNameAlone) { EXPECT_EQ(protectedBy("To live with Mr Vance-Hart"), 0); }

TEST(ProtectedPeople, AreNotFoundInsideOtherWords) {
  EXPECT_EQ(protectedBy("Not to contact Orielle Vance-Hartley"), 0);
}

TEST(ProtectedPeople, AreFoundByNameWhateverItsCase) {
  EXPECT_EQ(protectedBy("Not to contact directly or indirectly ORIEL VANCE-HART, or her mother"), 1);
}

TEST(ProtectedPeople, AreFoundByTheStreetTheyLiveIn) { EXPECT_EQ(protectedBy("Not to enter Tolverne Gardens"), 1); }

TEST(ProtectedPeople, AreNotFoundByAFlatNumber) {
  EXPECT_EQ(protectedBy("To live and sleep at Flat 3, 1 Other Road"), 0);
}

TEST(ProtectedPeople, AreSaidOnce) {
  auto whole = caseWith("Not to contact Oriel Vance-Hart");
  nameProtected(whole);
  nameProtected(whole);
  EXPECT_EQ(whole.defendants(0).bail().conditions(0).protects_size(), 1);
}

TEST(ProtectedPeople, AreNeverTheSuspectsOwnSide) {
  auto whole = caseWith("To live with Oriel Vance-Hart");
  whole.mutable_parties(0)->mutable_roles(0)->mutable_role()->set_code("surety");
  nameProtected(whole);
  EXPECT_EQ(whole.defendants(0).bail().conditions(0).protects_size(), 0);
}

}  // namespace
}  // namespace causeway::care
