#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;

// A warning list of the prosecutor: Cora Lisle is wanted at the trial of that day, by the temporary ids of the message.
CanonicalMessage warned(const Said& said, std::string_view state, std::string_view start) {
  auto out = message(said.id, "witnesses.required", "cps.witness-list/1", said.at);
  addDefendant(out, kAda);
  auto& hearing = addHearing(out, start);
  hearing.set_id("new-1");
  hearing.set_state("fixed");
  *hearing.mutable_purpose() = code("trial");
  auto& party = addParty(out, person("Cora", "Lisle", "1999-01-05"), "witness");
  auto& attendance = *party.add_attendances();
  attendance.set_hearing_id("new-1");
  attendance.set_state(std::string(state));
  *attendance.mutable_requirement() = code("required");
  return out;
}

TEST(Waiting, DropsAReferenceThatLeadsNowhere) {
  auto lost = message("m-1", "case.updated", "niche.case/1", "2026-04-01T12:00:00Z");
  auto& document = *lost.mutable_case_()->add_documents();
  document.set_sha256("00ff");
  document.add_about("new-7");
  auto& measure = *addParty(lost, person("Cora", "Lisle", "1999-01-05"), "victim").add_special_measures();
  *measure.mutable_measure() = code("screen");
  measure.set_application_id("new-8");
  const auto folded = fold({registered(), lost});
  EXPECT_EQ(folded.record.case_().documents(0).about_size(), 0);
  EXPECT_FALSE(folded.record.case_().parties(0).special_measures(0).has_application_id());
  EXPECT_EQ(folded.record.SerializeAsString().find("new-"), std::string::npos);
}

TEST(Waiting, TurnsTemporaryIdsIntoOursWhereverTheyStand) {
  auto said = warned({"m-1", "2026-04-01T12:00:00Z"}, "warn_due", "2026-06-02T10:00");
  auto& whole = *said.mutable_case_();
  auto& document = *whole.add_documents();
  document.set_id("new-2");
  document.set_sha256("00ff");
  whole.mutable_parties(0)->set_id("new-3");
  document.add_about("new-3");
  whole.mutable_parties(0)->mutable_vps()->set_document_id("new-2");
  const auto folded = fold({registered(), said});
  const auto& party = folded.record.case_().parties(0);
  const auto& kept = folded.record.case_().documents(0);
  EXPECT_EQ(party.attendances(0).hearing_id(), hearingOn(folded, "2026-06-02")->id());
  EXPECT_EQ(kept.about(0), party.id());
  EXPECT_EQ(party.vps().document_id(), kept.id());
  EXPECT_TRUE(kept.id().starts_with("document-"));
  EXPECT_EQ(folded.record.SerializeAsString().find("new-"), std::string::npos);
}

TEST(Waiting, GivesTheSameIdWhoeverSendsTheSamePaper) {
  const auto withPaper = [](std::string_view id, std::string_view temporary) {
    auto out = message(id, "case.updated", "niche.case/1", "2026-04-01T12:00:00Z");
    auto& document = *out.mutable_case_()->add_documents();
    document.set_id(std::string(temporary));
    document.set_sha256("00ff");
    return out;
  };
  const auto folded = fold({registered(), withPaper("m-1", "new-4"), withPaper("m-2", "new-9")});
  EXPECT_EQ(folded.record.case_().documents_size(), 1);
}

TEST(Waiting, SaysWhoSaidWhatOfANewKindOfElement) {
  const auto folded = fold({registered(), warned({"m-1", "2026-04-01T12:00:00Z"}, "warn_due", "2026-06-02T10:00"),
                            warned({"m-2", "2026-04-02T12:00:00Z"}, "warned", "2026-06-02T10:00")});
  const auto& party = folded.record.case_().parties(0);
  ASSERT_EQ(party.attendances_size(), 1);
  EXPECT_EQ(party.attendances(0).state(), "warned");
  int known = 0;
  for (const auto& fact : provenance(folded.record))
    if (fact.element() == party.id() && fact.field().ends_with("].state") && fact.family() == "cps") {
      ++known;
      EXPECT_EQ(fact.state(), fact.value() == "warned" ? "current" : "superseded");
    }
  EXPECT_EQ(known, 2);
}

TEST(Waiting, MakesOneWarningOfTwoWhenTheTrialMoved) {
  const auto first = warned({"m-1", "2026-04-01T12:00:00Z"}, "warned", "2026-06-02T10:00");
  const auto second = warned({"m-2", "2026-04-20T12:00:00Z"}, "warn_due", "2026-06-09T10:00");
  for (const auto& order : {std::vector{registered(), first, second}, std::vector{registered(), second, first}}) {
    const auto folded = fold(order);
    ASSERT_EQ(folded.record.case_().hearings_size(), 1);
    const auto& party = folded.record.case_().parties(0);
    ASSERT_EQ(party.attendances_size(), 1);
    EXPECT_EQ(party.attendances(0).hearing_id(), folded.record.case_().hearings(0).id());
    EXPECT_EQ(party.attendances(0).state(), "warn_due");
  }
}

TEST(Waiting, BelievesTheCourtInWhatItGranted) {
  const auto says = [](const Said& said, std::string_view format, std::string_view state) {
    auto out = message(said.id, "special_measures.decided", format, said.at);
    auto& measure = *addParty(out, person("Cora", "Lisle", "1999-01-05"), "witness").add_special_measures();
    *measure.mutable_measure() = code("screen");
    measure.set_state(std::string(state));
    return out;
  };
  const auto folded = fold({registered(), says({"m-1", "2026-04-01T12:00:00Z"}, "courts.spi-result/1", "granted"),
                            says({"m-2", "2026-04-02T12:00:00Z"}, "cps.witness-list/1", "applied")});
  const auto& measures = folded.record.case_().parties(0).special_measures();
  ASSERT_EQ(measures.size(), 1);
  EXPECT_EQ(measures.Get(0).state(), "granted");
}

TEST(Waiting, TakesAvailabilityAsOneStatement) {
  const auto says = [](const Said& said, std::string_view from, bool none) {
    auto out = message(said.id, "availability.recorded", "niche.case/1", said.at);
    auto& dates = *addParty(out, person("Cora", "Lisle", "1999-01-05"), "victim").mutable_availability();
    if (!from.empty()) dates.add_avoid()->set_from(std::string(from));
    if (none) dates.set_none_to_avoid(true);
    dates.set_as_of(std::string(said.at));
    return out;
  };
  const auto folded = fold({registered(), says({"m-2", "2026-05-01T12:00:00Z"}, "", true),
                            says({"m-1", "2026-04-01T12:00:00Z"}, "2026-06-02", false)});
  const auto& dates = folded.record.case_().parties(0).availability();
  EXPECT_TRUE(dates.none_to_avoid());
  EXPECT_EQ(dates.avoid_size(), 0);
}

}  // namespace
}  // namespace causeway::care
