#include "host/protection/rule_pages.hpp"
#include "tests/unit/protection/rule_table.hpp"

#include <fstream>
#include <iterator>
#include <map>

// Rules that no decision alone can show: each with the test in which it lets something happen and the one in which it stops something.
namespace causeway::protection {
namespace {

/// A file under tests/ and words of it: the name of a test, or the sentence of an expectation.
struct Shown {
  const char* file;
  const char* words;
};

struct Elsewhere {
  const char* rule;
  Shown passes, stops;
};

constexpr const char* kOfficer = "scenarios/data_rights_test.py";

constexpr Elsewhere kElsewhere[] = {
    {"A10",
     {"unit/pipeline/corrections_test.cpp", "FollowsTheThreeWhoHadTheWrongDateOfBirthAndNobodyElse"},
     {"unit/pipeline/corrections_test.cpp", "IsHeldForAPersonWhereTheRecipientCannotBeSentOne"}},
    {"A12",
     {"unit/pipeline/person_erasure_test.cpp", "TakesThePersonOutOfACaseThatGoesOn"},
     {"unit/pipeline/person_erasure_test.cpp", "RestrictsWhatIsNeededAsEvidenceInstead"}},
    {"A13",
     {"unit/pipeline/logged_operations_test.cpp", "HaveOneEventEach"},
     {"unit/pipeline/register_test.cpp", "SendsNothingThatItCannotRecord"}},
    {"A14",
     {"unit/app/log_purposes_test.cpp", "AreAnsweredEachOfThem"},
     {"unit/app/log_purposes_test.cpp", "AnyOtherIsDeniedAndOnRecord"}},
    {"A15",
     {"unit/pipeline/logged_operations_test.cpp", "NameNobody"},
     {"unit/pipeline/erasure_test.cpp", "RefusesAnUnknownCaseAndAReasonWithANumber"}},
    {"A16", {kOfficer, "the record of processing is whole"}, {kOfficer, "and a record without a time limit too"}},
    {"A17",
     {"unit/pipeline/retention_test.cpp", "ThrowsDocumentsAndPayloadsAwayAfterThirtyDaysAndKeepsTheBooks"},
     {"unit/pipeline/retention_test.cpp", "RefusesToKeepWithoutWhoAndWhy"}},
    {"A18", {kOfficer, "and then the notice"}, {kOfficer, "a late notice must say why"}},
    {"A26",
     {"unit/care/fold_test.cpp", "EXPECT_TRUE(party.enhanced().entitled())"},
     {"unit/care/fold_test.cpp", "NeverLowersEnhancedRightsNorUnsafeContact"}},
    {"A30",
     {"unit/pipeline/follow_ups_test.cpp", "AsksWhereTheNoticeSaysAndAdmitsWhatComes"},
     {"unit/pipeline/follow_ups_test.cpp", "HoldsAStatusAddressAtAnotherHost"}},
    {"A31",
     {"unit/routing/shipped_routes_test.cpp", "ProtectiveBailRaisesTheRiskTaskBeforeTheVictimTasks"},
     {"unit/routing/shipped_routes_test.cpp", "BailStatusPIsAnUrgentQuestionAndHoldsTheRest"}},
    {"A32",
     {"unit/care/fold_test.cpp", "BelievesTheCourtInWhatTheCourtDecides"},
     {"unit/care/fold_test.cpp", "AsksAPersonAboutAnUnknownPlea"}},
    {"POLICY",
     {"unit/pipeline/policy_failure_test.cpp", "ThatEndsLetsEverythingGoOnInOrder"},
     {"unit/pipeline/policy_failure_test.cpp", "OfWhateverKindLetsNothingLeave"}},
};

bool isThere(const Shown& shown) {
  std::ifstream in(std::string(CAUSEWAY_SOURCE_DIR) + "/tests/" + shown.file);
  return std::string(std::istreambuf_iterator<char>(in), {}).find(shown.words) != std::string::npos;
}

TEST(RulesElsewhere, AreShownByTestsThatAreThere) {
  for (const auto& one : kElsewhere) {
    EXPECT_TRUE(isThere(one.passes)) << one.rule << ": " << one.passes.words;
    EXPECT_TRUE(isThere(one.stops)) << one.rule << ": " << one.stops.words;
  }
}

TEST(RulesElsewhere, AndTheTableTogetherLeaveNoRuleOut) {
  std::map<std::string_view, int> shown;
  for (const auto& one : kElsewhere) shown[one.rule] |= 3;
  for (const auto& one : ruleTable()) shown[one.rule] |= one.passes() ? 1 : 2;
  for (const auto& page : rulePages()) {
    EXPECT_EQ(shown[page.id], 3) << page.id << " needs a case that passes and one that is stopped";
  }
}

}  // namespace
}  // namespace causeway::protection
