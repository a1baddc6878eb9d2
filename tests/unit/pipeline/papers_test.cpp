#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

constexpr const char* kNotice = R"(mapping: test.notice
version: "1"
reads: json
root: notice
message: document.notified
source: invented for tests
identify: { id: notice/id }
multipart:
  document: Notification
  papers:
    Material: [application/pdf]
fields:
  - { from: notice/at, to: asserted_at, as: instant }
  - each: notice/cases
    split: true
    fields:
      - { from: ., to: case.urn, as: urn }
      - { value: "52", to: case.force }
  - { from: notice/id, to: "case.documents[0].id" }
  - { from: notice/title, to: "case.documents[0].title" }
  - { with: { part: "=Material" }, to: "case.documents[0].sha256", as: paper }
require: [ "case.documents[].title" ]
)";

const std::string kUrn = "01ZD0303926", kOther = "01ZD0303927";
const std::string kPaper = "%PDF-1.7 invented words of an invented order";
constexpr const char* kType = "multipart/form-data; boundary=b";

struct Notice {
  std::string id = "N1", cases = "\"" + kUrn + "\"", title = "Order", at = "2026-03-02T09:00:00Z", paper = kPaper,
              more{};
};
std::string body(const Notice& notice) {
  return "--b\r\nContent-Disposition: form-data; name=\"Notification\"\r\n\r\n{\"notice\":{\"id\":\"" + notice.id +
         "\",\"at\":\"" + notice.at + "\",\"cases\":[" + notice.cases + "]" +
         (notice.title.empty() ? "" : ",\"title\":\"" + notice.title + "\"") +
         "}}\r\n--b\r\nContent-Disposition: form-data; name=\"Material\"; filename=\"Rosa Quill.pdf\"\r\nContent-Type: "
         "application/pdf\r\n\r\n" +
         notice.paper + "\r\n" + notice.more + "--b--\r\n";
}

class SealedPapers : public Pipeline {
 protected:
  SealedPapers() { rig.restart(scene()); }

  static Scene scene() {
    auto out = Scene::usual();
    out.mappings.emplace_back(kNotice);
    out.partner("courts").may_send.emplace_back("document.notified");
    return out;
  }
  Acknowledgement send(const Notice& notice) { return rig.receive("courts", body(notice), kType); }
  std::vector<PaperRow> papersOf(const std::string& case_id) {
    auto rows = rig.store().papersOfCase(case_id);
    EXPECT_TRUE(rows);
    return rows ? *rows : std::vector<PaperRow>();
  }
  /// The bytes, or nothing when no key opens them.
  std::string opened(const PaperRow& row) {
    const auto whole = rig.store().paper(row.paper_id);
    return rig.vault().open(row.scope, "paper:" + row.paper_id, whole.value()->sealed).value_or("");
  }
  std::string opened(const std::string& case_id) {
    std::string out;
    for (const auto& row : papersOf(case_id)) out += opened(row);
    return out;
  }
  Result<int> erase(const std::string& case_id) {
    return rig.rulings().erase({case_id, "dpo.12", "retention has ended", "uid:1000"});
  }
};

TEST_F(SealedPapers, RefusesABodyThatIsNotExpectedAndKeepsNothingOfItInUse) {
  const auto whole = registered();
  Notice unknown;
  unknown.more = "--b\r\nContent-Disposition: form-data; name=\"Rosa\"\r\n\r\nx\r\n";
  Notice disguised;
  disguised.paper = "MZ not a PDF";
  for (const auto& notice : {unknown, disguised}) {
    const auto answer = send(notice);
    EXPECT_EQ(answer.outcome, "malformed");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body.find("Rosa"), std::string::npos);
    EXPECT_EQ(rig.stateOf(answer), "quarantined");
  }
  Notice large;
  large.paper += std::string(mapping::Limits{}.part_bytes, ' ');
  EXPECT_EQ(send(large).status, 413);
  EXPECT_TRUE(papersOf(caseIdOf(whole)).empty());
  EXPECT_EQ(rig.caseOf(caseIdOf(whole)).case_().documents_size(), 0);
  EXPECT_EQ(send({}).outcome, "accepted") << "the same number may come again, mended";
}

TEST_F(SealedPapers, AreKeptUnderTheKeyOfTheirCase) {
  const auto whole = registered();
  const auto notice = send({});
  ASSERT_EQ(notice.outcome, "accepted") << notice.body;
  const auto rows = papersOf(caseIdOf(whole));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].scope, caseIdOf(whole));
  EXPECT_EQ(rows[0].media_type, "application/pdf");
  EXPECT_EQ(rows[0].size, static_cast<std::int64_t>(kPaper.size()));
  EXPECT_EQ(opened(rows[0]), kPaper);
  EXPECT_EQ(rig.caseOf(caseIdOf(whole)).case_().documents(0).size(), static_cast<std::int64_t>(kPaper.size()));
  EXPECT_NE(rig.audited("admission").back().find(R"("papers":"1")"), std::string::npos);
  rig.close();
  for (const auto* text : {"invented words", "Rosa Quill", "%PDF"}) EXPECT_FALSE(rig.onDisk(text)) << text;
  rig.restart();
  EXPECT_EQ(opened(caseIdOf(whole)), kPaper);
}

TEST_F(SealedPapers, AreKeptForEachCaseUnderItsOwnKey) {
  const auto first = registered(), second = registered({.id = "C2", .urn = kOther});
  Notice both;
  both.cases = "\"" + kUrn + "\",\"" + kOther + "\"";
  ASSERT_EQ(send(both).outcome, "accepted");
  EXPECT_EQ(opened(caseIdOf(first)), kPaper);
  EXPECT_EQ(opened(caseIdOf(second)), kPaper);
  ASSERT_TRUE(erase(caseIdOf(first)));
  EXPECT_EQ(opened(caseIdOf(first)), "");
  EXPECT_EQ(opened(caseIdOf(second)), kPaper);
}

TEST_F(SealedPapers, AreKeptOnceForEachKey) {
  const auto whole = registered();
  send({});
  EXPECT_EQ(send({}).outcome, "duplicate");
  Notice corrected;
  corrected.title = "Another title";
  corrected.id = "N2";
  EXPECT_EQ(send(corrected).outcome, "accepted");
  EXPECT_EQ(papersOf(caseIdOf(whole)).size(), 1U) << "the same bytes are kept once";
  Notice changed;
  changed.paper += " with other words";
  EXPECT_EQ(send(changed).outcome, "conflict") << "the number was used for another paper";
}

TEST_F(SealedPapers, AreErasedWithTheirCaseHoweverTheyCame) {
  const auto waited = send({});
  ASSERT_EQ(rig.stateOf(waited), "waiting");
  const auto whole = registered();
  const auto case_id = caseIdOf(whole);
  ASSERT_EQ(opened(case_id), kPaper) << "what waited joined with its paper";
  Notice untitled;
  untitled.id = "N2";
  untitled.title.clear();
  const auto held = send(untitled);
  ASSERT_EQ(rig.stateOf(held), "held");
  Notice newer;
  newer.id = "N3";
  newer.paper += " of another day";
  ASSERT_EQ(send(newer).outcome, "accepted");
  const auto before = papersOf(case_id);
  ASSERT_EQ(before.size(), 2U);
  ASSERT_TRUE(erase(case_id));
  for (const auto& row : before) EXPECT_EQ(opened(row), "");
  rig.close();
  for (const auto* text : {"invented words", "of another day"}) EXPECT_FALSE(rig.onDisk(text)) << text;
  rig.restart();
  EXPECT_EQ(opened(case_id), "");
}

TEST_F(SealedPapers, OfARepeatAreErasedWithTheCaseTheyRepeat) {
  auto other = scene();
  other.partner("courts").reads = {"test.notice", "test.result"};
  rig.restart(other);
  const auto whole = registered();
  ASSERT_EQ(rig.receive("courts", resultFile({})).outcome, "accepted");
  const auto repeated = rig.receive("courts", resultFile({.id = "R2"}));
  ASSERT_EQ(rig.stateOf(repeated), "repeated");
  const auto row = rig.messagesOf(repeated.document_id).at(0);
  const auto raw = [&] {
    return rig.vault().open(ownScope(row.message_id), "raw:" + row.document_id, row.raw_sealed).has_value();
  };
  EXPECT_TRUE(raw());
  ASSERT_TRUE(erase(caseIdOf(whole)));
  EXPECT_FALSE(raw());
}

TEST_F(SealedPapers, OfAHeldMessageComeWithItWhenItIsReleased) {
  const auto whole = registered();
  Notice untitled;
  untitled.title.clear();
  const auto held = send(untitled);
  ASSERT_EQ(rig.stateOf(held), "held");
  auto mended = scene();
  mended.mappings.back().erase(mended.mappings.back().find("require:"));
  rig.restart(mended);
  const auto ruled =
      rig.rulings().release({rig.holds().at(0).hold_id, "wco.4471", "the mapping was mended", "uid:1000"});
  ASSERT_TRUE(ruled) << ruled.error().text();
  EXPECT_EQ(ruled->outcome, "released");
  EXPECT_EQ(opened(caseIdOf(whole)), kPaper);
  EXPECT_EQ(rig.caseOf(caseIdOf(whole)).case_().documents(0).size(), static_cast<std::int64_t>(kPaper.size()));
}

TEST_F(SealedPapers, AreLostWithTheTransactionThatTheyCameIn) {
  const auto whole = registered();
  rig.disk().setFaultHook([](auto operation, auto) {
    return operation == store::GuardedVfs::Operation::Write ? store::GuardedVfs::Fault::NoSpace
                                                            : store::GuardedVfs::Fault::None;
  });
  EXPECT_EQ(send({}).status, 503);
  rig.disk().setFaultHook({});
  EXPECT_TRUE(papersOf(caseIdOf(whole)).empty());
  EXPECT_EQ(send({}).outcome, "accepted");
  EXPECT_EQ(papersOf(caseIdOf(whole)).size(), 1U);
}

TEST_F(SealedPapers, AreTurnedAwayWithEverythingElseWhenThereIsNoRoom) {
  const auto whole = registered();
  bool room = false;
  rig.intake().shedUnless([&room] { return room; });
  EXPECT_EQ(send({}).status, 503);
  EXPECT_TRUE(papersOf(caseIdOf(whole)).empty());
  room = true;
  EXPECT_EQ(send({}).outcome, "accepted");
}

}  // namespace
}  // namespace causeway::pipeline
