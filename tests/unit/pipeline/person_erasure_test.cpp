#include "host/base/text.hpp"
#include "host/pipeline/restrictions.hpp"
#include "host/pipeline/told_fields.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

#include <filesystem>

namespace causeway::pipeline {
namespace {

namespace fs = std::filesystem;

class PersonErasure : public Pipeline {
 protected:
  Result<ErasedPerson> erase(const std::string& case_id, const std::string& person = "p-1") {
    return rig.rulings().erasePerson({case_id, "dpo.12", "asked for and nothing speaks against it", "uid:1000"},
                                     person);
  }
  Result<void> restrict(const std::string& case_id, const std::string& code, const std::string& person = {}) {
    return rig.rulings().restrict({case_id, "dpo.12", "the trial is open", "uid:1000"},
                                  {person, code, formatDate(toLondon(rig.clock.now()).date)});
  }
  /// Copies the files of the store and of the keys, as a backup would while the host is down.
  void copyAll(const std::string& from, const std::string& to) {
    for (const char* name : {"store.db", "keys.db"}) {
      fs::copy_file(rig.file(from + name), rig.file(to + name), fs::copy_options::overwrite_existing);
    }
  }
};

TEST_F(PersonErasure, RefusesAnUnknownCaseAndAnUnknownPerson) {
  EXPECT_EQ(erase("no such case").error().kind, ErrorKind::NotFound);
  const auto whole = registered();
  EXPECT_EQ(erase(caseIdOf(whole), "p-9").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(rig.caseOf(caseIdOf(whole)).case_().parties_size(), 1);
}

TEST_F(PersonErasure, RestrictsWhatIsNeededAsEvidenceInstead) {
  const auto whole = registered();
  const auto case_id = caseIdOf(whole);
  EXPECT_EQ(restrict(case_id, "gossip").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(restrict(case_id, "lifted:evidence").error().kind, ErrorKind::NotFound);
  ASSERT_TRUE(restrict(case_id, "evidence"));
  EXPECT_EQ(erase(case_id).error().kind, ErrorKind::Refused);
  const auto all = rig.rulings().erase({case_id, "dpo.12", "retention has ended", "uid:1000"});
  EXPECT_EQ(all.error().kind, ErrorKind::Refused);
  EXPECT_EQ(rig.caseOf(case_id).case_().parties_size(), 1);
  const auto now = restrictionsNow(*rig.store().decisionsAbout("restriction", case_id));
  ASSERT_EQ(now.size(), 3U);
  EXPECT_EQ(now[1].code, "erasure");
  EXPECT_EQ(rig.audited("restriction").size(), 3U) << "what was asked for is on record too";
  EXPECT_TRUE(rig.audited("erasure").empty());
  ASSERT_TRUE(restrict(case_id, "lifted:evidence"));
  EXPECT_TRUE(erase(case_id));
}

TEST_F(PersonErasure, HoldsWhatWouldLeaveWhileProcessingIsRestricted) {
  const auto whole = registered();
  ASSERT_TRUE(restrict(caseIdOf(whole), "accuracy", "p-1"));
  const auto result = rig.receive("courts", resultFile({}));
  rig.deliver();
  EXPECT_EQ(deliveryTo("records", result).state, DeliveryState::Delivered) << "the police go on with the case";
  const auto held = deliveryTo("adviser", result);
  EXPECT_EQ(held.state, DeliveryState::Delivered) << "it carries nothing of the person";
  ASSERT_TRUE(restrict(caseIdOf(whole), "accuracy"));
  const auto again = rig.receive("courts", resultFile({.id = "R2", .code = "1015", .at = "2026-04-02T12:00:00Z"}));
  rig.deliver();
  EXPECT_EQ(deliveryTo("adviser", again).reason, "restriction");
  EXPECT_EQ(rig.holds().back().reason_code, "restriction");
}

TEST_F(PersonErasure, TakesThePersonOutOfACaseThatGoesOn) {
  const auto whole = registered();
  const auto result = rig.receive("courts", resultFile({}));
  rig.deliver();
  const auto case_id = caseIdOf(whole);
  const auto erased = erase(case_id);
  ASSERT_TRUE(erased) << erased.error().text();
  const auto record = rig.caseOf(case_id);
  EXPECT_EQ(record.case_().parties_size(), 0);
  EXPECT_EQ(record.case_().defendants_size(), 2) << "the case itself goes on";
  for (const char* canary : {"Lisle", "Cora", "1999-01-05", "07700900123"})
    EXPECT_EQ(record.SerializeAsString().find(canary), std::string::npos) << canary;
  const auto first = rig.messagesOf(whole.document_id).at(0);
  EXPECT_TRUE(first.canonical_sealed.empty() && first.raw_sealed.empty());
  const auto other = rig.messagesOf(result.document_id).at(0);
  EXPECT_TRUE(rig.vault().open(case_id, "canonical:" + other.message_id, other.canonical_sealed));
  const auto lines = *rig.store().disclosuresOf(case_id);
  ASSERT_FALSE(lines.empty());
  for (const auto& line : lines) {
    const auto text = rig.vault().open(case_id, registerContext(line), line.sealed);
    ASSERT_TRUE(text);
    EXPECT_EQ(text->find("p-1"), std::string::npos);
  }
  const auto next = rig.receive("courts", resultFile({.id = "R2", .code = "1015", .at = "2026-04-02T12:00:00Z"}));
  EXPECT_EQ(next.outcome, "accepted");
  EXPECT_NE(rig.stateOf(next), "held") << "what comes for the case is taken as before";
}

TEST_F(PersonErasure, DeclinesWhatIsStillToBeSentAboutThePerson) {
  const auto whole = registered();
  rig.sender.answer(FakeSender::withStatus(503));
  const auto result = rig.receive("courts", resultFile({}));
  rig.deliver();
  const auto erased = erase(caseIdOf(whole));
  ASSERT_TRUE(erased);
  EXPECT_EQ(erased->declined, 2);
  rig.sender.answer(FakeSender::withStatus(200));
  const auto before = rig.sender.sent().size();
  rig.passTime(std::chrono::minutes(30));
  EXPECT_EQ(rig.sender.sent().size(), before);
  EXPECT_EQ(deliveryTo("records", result).reason, "person_erased");
}

TEST_F(PersonErasure, HoldsWhoeverNamesThePersonAgain) {
  const auto whole = registered();
  ASSERT_TRUE(erase(caseIdOf(whole)));
  const auto again =
      rig.receive("records", caseFile({.id = "C2", .kind = "case.updated", .at = "2026-03-05T09:00:00Z"}));
  EXPECT_EQ(rig.stateOf(again), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "person_erased");
  const auto somebody = rig.receive(
      "records", caseFile({.id = "C3", .kind = "case.updated", .at = "2026-03-06T09:00:00Z", .family = "Penrose"}));
  EXPECT_NE(rig.stateOf(somebody), "held") << "another person is welcome";
}

TEST_F(PersonErasure, LeavesABackupOfBeforeUnreadableForThisCase) {
  const auto whole = registered();
  const auto case_id = caseIdOf(whole);
  rig.close();
  fs::create_directory(rig.file("backup"));
  copyAll("", "backup/");
  rig.restart();
  ASSERT_TRUE(erase(case_id));
  const auto kept = rig.caseOf(case_id);
  EXPECT_EQ(kept.case_().urn(), "01ZD0303926");
  rig.close();
  // Only the store of yesterday comes back; the keys are as they are now.
  fs::copy_file(rig.file("backup/store.db"), rig.file("store.db"), fs::copy_options::overwrite_existing);
  rig.restart();
  const auto row = *rig.store().findCase(case_id);
  ASSERT_TRUE(row);
  EXPECT_FALSE(rig.vault().open(case_id, "snapshot", row->snapshot_sealed));
}

TEST_F(PersonErasure, FinishesAtTheNextStartWhatAStopInterrupted) {
  const auto whole = registered();
  const auto case_id = caseIdOf(whole);
  const auto old = rig.store().findCase(case_id).value()->snapshot_sealed;
  // The store commits and from then on the keys cannot be written: as when the process ends in between.
  bool committed = false;
  rig.disk().setFaultHook([&](auto operation, auto) {
    committed = committed || operation == store::GuardedVfs::Operation::Sync;
    return store::GuardedVfs::Fault::None;
  });
  rig.keyDisk().setFaultHook([&](auto operation, auto) {
    const bool write = operation == store::GuardedVfs::Operation::Write;
    return committed && write ? store::GuardedVfs::Fault::NoSpace : store::GuardedVfs::Fault::None;
  });
  EXPECT_FALSE(erase(case_id));
  ASSERT_TRUE(committed);
  EXPECT_EQ(rig.audited("erasure").size(), 1U);
  EXPECT_TRUE(rig.vault().open(case_id, "snapshot", old)) << "the key of before is there still";
  rig.disk().setFaultHook({});
  rig.keyDisk().setFaultHook({});
  rig.restart();
  EXPECT_EQ(rig.caseOf(case_id).case_().parties_size(), 0);
  EXPECT_FALSE(rig.vault().open(case_id, "snapshot", old));
}

}  // namespace
}  // namespace causeway::pipeline
