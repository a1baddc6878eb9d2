#include "host/pipeline/paper_answer.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

// A document that only tells of a paper: the paper is asked for, and comes in beside the document.
namespace causeway::pipeline {
namespace {

constexpr const char* kTells = R"(mapping: test.tells
version: "1"
reads: json
root: paperNumber
message: document.notified
source: invented for tests
multipart: { document: Notice, papers: { Document: [application/pdf] } }
fields:
  - { from: urn, to: case.urn, as: urn }
  - { from: paperNumber, to: "case.documents[0].id" }
  - { from: paperNumber, to: "case.documents[0].source_id" }
  - { with: { part: "=Document" }, to: "case.documents[0].sha256", as: paper }
require: [ case.urn, "case.documents[].id" ]
)";
constexpr const char* kPaper = "%PDF-1.7\nInvented words of an invented order.\n";

std::string tells(const std::string& number) { return R"({"paperNumber":")" + number + R"(","urn":"01ZD0303926"})"; }

class PaperQuestion : public Pipeline {
 protected:
  void SetUp() override {
    auto scene = Scene::usual();
    scene.mappings.push_back(kTells);
    auto& courts = scene.partner("courts");
    courts.may_send.push_back("document.notified");
    if (!courts.reads.empty()) courts.reads.push_back("test.tells");
    courts.hosts = {{"courts/documents", "documents", "https://documents.example"}};
    courts.follow = {std::chrono::seconds(60), std::chrono::hours(1), false,
                     *UrlTemplate::parse("/subscriptions/S-1/documents/{document.id}", UrlTemplate::Use::Path)};
    rig.restart(scene);
    registered();
  }

  void answer(int status, const std::string& type, const std::string& body) {
    rig.sender.answer([=](const Outgoing&) { return Answer{status, type, body, {}, {}}; });
  }
  void passMinutes(int minutes) {
    for (; minutes > 0; --minutes) {
      rig.clock.advance(std::chrono::minutes(1));
      rig.followUps().turn();
    }
  }
  std::vector<std::string> reasons() {
    std::vector<std::string> out;
    for (const auto& hold : rig.holds()) out.push_back(hold.reason_code);
    return out;
  }
  /// The paper itself, beside which the case keeps what was told of it before.
  canonical::Document paperOf(const Acknowledgement& document) {
    const auto record = rig.caseOf(caseIdOf(document));
    for (const auto& one : record.case_().documents())
      if (one.has_sha256()) return one;
    return {};
  }
};

TEST_F(PaperQuestion, IsHeldWhenTheNumberIsNone) {
  EXPECT_EQ(rig.receive("courts", tells("a b/c")).outcome, "accepted");
  EXPECT_EQ(reasons(), std::vector<std::string>{"follow_up_bad_path"});
}

TEST_F(PaperQuestion, IsHeldWhenTheAnswerIsNoPaper) {
  rig.receive("courts", tells("D-1"));
  answer(200, "text/html", "<html>Sign in</html>");
  passMinutes(2);
  EXPECT_EQ(reasons(), std::vector<std::string>{"follow_up_no_paper"});
}

TEST_F(PaperQuestion, IsAskedAgainUntilThePaperIsThere) {
  const auto told = rig.receive("courts", tells("D-1"));
  answer(404, "", "");
  passMinutes(3);
  EXPECT_TRUE(reasons().empty());
  EXPECT_FALSE(paperOf(told).has_sha256());
  answer(200, "application/pdf", kPaper);
  passMinutes(30);
  EXPECT_EQ(paperOf(told).sha256().size(), 64U);
}

TEST_F(PaperQuestion, BringsThePaperToTheCaseOnce) {
  const auto told = rig.receive("courts", tells("D-1"));
  answer(200, "application/octet-stream", kPaper);
  const auto before = rig.sender.sent().size();
  passMinutes(10);
  const auto sent = rig.sender.sent();
  ASSERT_EQ(sent.size(), before + 1) << "what came with its paper asks for nothing more";
  EXPECT_EQ(sent.back().target, "/subscriptions/S-1/documents/D-1");
  EXPECT_EQ(paperOf(told).id(), "D-1");
  EXPECT_EQ(paperOf(told).media_type(), "application/pdf");
  EXPECT_EQ(paperOf(told).size(), static_cast<std::int64_t>(std::string(kPaper).size()));
  EXPECT_TRUE(reasons().empty());
}

TEST_F(PaperQuestion, TakesNoBoundaryThatStandsInThePaper) {
  Answer paper{200, "application/pdf", std::string(kPaper) + "\r\n--causeway--\r\n", {}, {}};
  const auto whole = withPaper(*rig.rulebook().library, {}, tells("D-1"), paper);
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->content_type, "multipart/form-data; boundary=causeway-x");
}

}  // namespace
}  // namespace causeway::pipeline
