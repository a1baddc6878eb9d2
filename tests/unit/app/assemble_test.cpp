#include "host/app/assemble.hpp"

#include "tests/support/shipped_configuration.hpp"
#include "tests/support/temporary_folder.hpp"

namespace causeway::app {
namespace {

/// The shipped configuration, whose files a test may spoil.
class Assembled : public testing::Test {
 protected:
  std::string problems() {
    Problems problems;
    const auto installation = assemble(configuration_.string(), problems);
    EXPECT_EQ(installation.has_value(), !problems.hasErrors());
    return problems.text();
  }
  void changePartner(const std::string& id, std::string_view from, std::string_view to) {
    support::change(configuration_ / "partners" / (id + ".yaml"), from, to);
  }

 private:
  TemporaryFolder folder_;
  std::filesystem::path configuration_ = support::copyShippedConfiguration(folder_.file(""), CAUSEWAY_ADAPTERS);
};

bool has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

TEST_F(Assembled, WhatIsShippedHasNoMistake) { EXPECT_EQ(problems(), ""); }

TEST_F(Assembled, ATypeThatAPartnerMaySendNeedsAMappingThatMakesIt) {
  changePartner("idva-service", "may_send: [referral.progressed,", "may_send: [referral.progressed, needs.assessed,");
  const auto said = problems();
  EXPECT_TRUE(has(
      said,
      "idva-service.yaml:9:33: 'idva-service' may send 'needs.assessed', which none of its 'reads' mappings makes; it "
      "is made by "))
      << said;
  EXPECT_TRUE(has(said, "niche.needs")) << said;
}

TEST_F(Assembled, AMappingThatMakesNothingThatAPartnerMaySendIsAMistake) {
  changePartner("idva-service", "reads: [referral.event,", "reads: [referral.event, cps.warn,");
  const auto said = problems();
  EXPECT_TRUE(has(
      said,
      "idva-service.yaml:12:27: 'idva-service' reads by 'cps.warn', which makes witness.warn_requested, and may send "
      "none of it"))
      << said;
}

TEST_F(Assembled, AMappingOfSeveralTypesIsGoodForOneOfThem) {
  // By the reason for the export a case is registered or updated.
  changePartner("records", "may_send: [case.registered, case.updated,", "may_send: [case.registered,");
  EXPECT_EQ(problems(), "");
}

TEST_F(Assembled, ATypeThatATableGivesCounts) {
  changePartner("records", "niche.export, spi.new-case,", "niche.export,");
  EXPECT_EQ(problems(), "") << "the export alone makes case.registered and case.updated";
}

TEST_F(Assembled, AMappingThatIsNotThereIsNamedWhereItStands) {
  changePartner("idva-service", "reads: [referral.event,", "reads: [referral.evnt,");
  changePartner("idva-service", "writes: [referral.referral,", "writes: [referral.referal,");
  const auto said = problems();
  EXPECT_TRUE(has(said, "idva-service.yaml:12:11: no mapping 'referral.evnt' that reads, for 'idva-service'")) << said;
  EXPECT_TRUE(has(said, "idva-service.yaml:13:12: no mapping 'referral.referal' that writes, for 'idva-service'"))
      << said;
  EXPECT_FALSE(has(said, "may send")) << "what follows from it has its line: " << said;
}

}  // namespace
}  // namespace causeway::app
