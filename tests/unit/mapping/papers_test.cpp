#include "host/mapping/paper.hpp"
#include "tests/unit/mapping/engine.hpp"

namespace causeway::mapping {
namespace {

constexpr const char* kNotice = R"(mapping: test.notice
reads: json
root: urn
message: document.notified
reply: test.answer
multipart:
  document: Notice
  papers:
    Order: [application/pdf, image/png]
fields:
  - each: urns
    split: true
    fields:
      - { from: number, to: case.urn }
  - { from: urn, to: case.urn }
  - { with: { part: "=Order" }, to: "case.documents[0].sha256", as: paper }
  - each: inside
    to: case.documents[]
    fields:
      - { with: { base64: content, type: type }, to: sha256, as: paper }
)";
constexpr const char* kAnswer =
    "mapping: test.answer\nwrites: json\nmessage: reply\nfields:\n  - { from: $reply.outcome, to: result }\n";
constexpr const char* kAlone =
    "mapping: test.alone\nreads: json\nroot: alone\nmessage: case.updated\nfields:\n  - { from: alone, to: case.urn "
    "}\n";

const std::string kPdf = "%PDF-1.7 an invented order";
constexpr const char* kType = "multipart/form-data; boundary=b";

std::string part(const std::string& name, const std::string& type, const std::string& content) {
  return "--b\r\nContent-Disposition: form-data; name=\"" + name +
         "\"; filename=\"Rosa_Quill.pdf\"\r\nContent-Type: " + type + "\r\n\r\n" + content + "\r\n";
}
std::string notice(const std::string& content = R"({"urn":"52SB0123426"})") {
  return part("Notice", "text/plain", content);
}
std::string order(const std::string& content = kPdf) { return part("Order", "application/pdf", content); }
const std::string kEnd = "--b--\r\n";

class Papers : public testing::Test {
 protected:
  Papers() { limits.part_bytes = 200; }

  Decoded read(const std::string& body, const std::string& type = kType) {
    Problems problems;
    std::vector<Node> nodes;
    for (const auto* file : {kNotice, kAnswer, kAlone})
      nodes.push_back(*config::parseYaml(file, "test.yaml", problems));
    Converters converters;
    if (fingerprints)
      converters.fingerprintBy(
          [](std::string_view bytes) { return std::to_string(bytes.size()) + std::string(bytes.substr(0, 5)); });
    library = Library::load(std::move(nodes), std::move(converters), problems);
    EXPECT_FALSE(problems.hasErrors()) << problems.text();
    return Reader(*library, limits)
        .read(body, {{}, {std::chrono::year(2026), std::chrono::June, std::chrono::day(2)}, {}, type});
  }
  /// Refused whole: nothing of it is left, and nothing that was sent is repeated.
  ErrorKind refusal(const std::string& body, const std::string& type = kType) {
    const auto decoded = read(body, type);
    EXPECT_TRUE(decoded.reading.messages.empty());
    EXPECT_TRUE(decoded.papers.empty());
    if (!decoded.refused) return ErrorKind::Broken;
    for (const char* sent : {"Quill", "52SB", "PDF-", "Secret"})
      EXPECT_EQ(decoded.refused->text().find(sent), std::string::npos) << decoded.refused->text();
    return decoded.refused->kind;
  }

 public:
  Limits limits;
  bool fingerprints = true;
  std::unique_ptr<Library> library;
};

TEST_F(Papers, RefusesABodyThatIsNotWhatTheMappingExpects) {
  EXPECT_EQ(refusal(notice() + kEnd), ErrorKind::Invalid) << "a part is missing";
  EXPECT_EQ(refusal(order() + kEnd), ErrorKind::Invalid) << "no document";
  EXPECT_EQ(refusal(notice() + notice() + order() + kEnd), ErrorKind::Invalid) << "two documents";
  EXPECT_EQ(refusal(notice() + order() + order() + kEnd), ErrorKind::Invalid) << "a part twice";
  EXPECT_EQ(refusal(notice() + order() + part("Secret", "application/pdf", kPdf) + kEnd), ErrorKind::Invalid)
      << "an unknown part";
  EXPECT_EQ(refusal(notice() + part("Order", "image/jpeg", "\xFF\xD8\xFF") + kEnd), ErrorKind::Invalid)
      << "another type";
  EXPECT_EQ(refusal(notice() + part("Order", "application/pdf", "MZ\x90") + kEnd), ErrorKind::Invalid)
      << "not what it says";
  EXPECT_EQ(refusal(notice() + order()), ErrorKind::Invalid) << "cut off";
  EXPECT_EQ(refusal(notice() + order() + kEnd, "multipart/form-data"), ErrorKind::Invalid) << "no boundary";
  EXPECT_EQ(refusal(notice() + order() + kEnd, "multipart/form-data; boundary=c"), ErrorKind::Invalid)
      << "another boundary";
}

TEST_F(Papers, RefusesADocumentThatComesAloneWithPartsBesideIt) {
  EXPECT_EQ(refusal(notice(R"({"alone":"52SB0123426"})") + order() + kEnd), ErrorKind::Invalid);
}

TEST_F(Papers, RefusesTooManyAndTooLarge) {
  limits.parts = 2;
  EXPECT_EQ(refusal(notice() + order() + part("More", "image/png", "") + kEnd), ErrorKind::TooLarge);
  EXPECT_EQ(refusal(notice() + order(kPdf + std::string(200, ' ')) + kEnd), ErrorKind::TooLarge);
  EXPECT_EQ(refusal(notice(R"({"urn":")" + std::string(300, 'x') + "\"}") + order() + kEnd), ErrorKind::TooLarge);
  limits.body_bytes = 150;
  EXPECT_EQ(refusal(notice() + order() + kEnd), ErrorKind::TooLarge);
}

TEST_F(Papers, CountsAPaperOnceForEveryCaseThatItGoesTo) {
  const auto paper = order(kPdf + std::string(150, ' '));
  const auto alone = notice() + paper + kEnd;
  limits.body_bytes = alone.size();
  EXPECT_FALSE(read(alone).refused);
  std::string urns;
  for (const char digit : {'1', '2', '3', '4'})
    urns += std::string(urns.empty() ? "" : ",") + R"({"number":"52SB000)" + digit + R"(126"})";
  const auto several = notice(R"({"urn":"","urns":[)" + urns + "]}") + paper + kEnd;
  EXPECT_EQ(read(several).refused->kind, ErrorKind::TooLarge);
  limits.body_bytes = 1'000;
  EXPECT_EQ(read(several).reading.messages.size(), 4U);
}

TEST_F(Papers, RefusesThemAllWhereNothingCanFingerprintThem) {
  fingerprints = false;
  EXPECT_EQ(refusal(notice() + order() + kEnd), ErrorKind::Unavailable);
  const auto decoded = read(R"({"urn":"52SB0123426","inside":[{"content":"JVBERi0="}]})", "");
  EXPECT_EQ(codesOf(decoded), std::vector<std::string>{"bad_value"});
}

TEST_F(Papers, AnswersInTheSendersOwnWayEvenWhenNothingCouldBeRead) {
  EXPECT_EQ(read("no parts at all").reading.reply, "test.answer");
  EXPECT_EQ(read(notice() + order() + order() + kEnd).reading.reply, "test.answer");
}

TEST_F(Papers, TakesTheDocumentAndWhatCameBesideIt) {
  for (const auto& body : {notice() + order() + kEnd, order() + notice() + kEnd}) {
    const auto decoded = read(body);
    ASSERT_FALSE(decoded.refused) << decoded.refused->text();
    ASSERT_EQ(decoded.papers.size(), 1U);
    EXPECT_EQ(decoded.papers[0].bytes, kPdf);
    const auto& document = decoded.reading.messages.at(0)->case_().documents(0);
    EXPECT_EQ(document.sha256(), decoded.papers[0].sha256);
    EXPECT_EQ(document.media_type(), "application/pdf");
    EXPECT_EQ(document.size(), static_cast<std::int64_t>(kPdf.size()));
    EXPECT_EQ(decoded.reading.messages[0]->SerializeAsString().find("Quill"), std::string::npos)
        << "the name of the file is read";
  }
}

TEST_F(Papers, TakesBase64AndContentIds) {
  const std::string coded =
      "--b\r\nContent-ID: <Order>\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\nJVBERi0x\r\nLjc=\r\n";
  const auto decoded = read("--b\r\nContent-ID: <Notice>\r\n\r\n{\"urn\":\"52SB0123426\"}\r\n" + coded + kEnd,
                            "multipart/related; boundary=b");
  ASSERT_FALSE(decoded.refused) << decoded.refused->text();
  EXPECT_EQ(decoded.papers.at(0).bytes, "%PDF-1.7");
}

TEST_F(Papers, TellsTheSameNoticeWithAnotherPaperApart) {
  EXPECT_EQ(read(notice() + order() + kEnd).content, read(order() + notice() + kEnd).content);
  EXPECT_NE(read(notice() + order() + kEnd).content,
            read(notice() + order("%PDF-1.7 longer than the other one was") + kEnd).content);
}

TEST_F(Papers, ReportsWhatInsideADocumentIsNoPaper) {
  for (const std::string& item :
       {std::string(R"({"content":"?"})"), std::string(R"({"content":"AAAA"})"),
        std::string(R"({"content":"JVBERi0=","type":"image/png"})"),
        std::string(R"({"content":"JVBERi0=","type":"x/y"})"), R"({"content":")" + std::string(400, 'A') + "\"}"}) {
    const auto decoded = read(R"({"urn":"52SB0123426","inside":[)" + item + "]}", "application/json");
    EXPECT_EQ(codesOf(decoded), std::vector<std::string>{"bad_value"}) << item;
    EXPECT_TRUE(decoded.papers.empty());
  }
}

TEST_F(Papers, KeepsTheSamePaperOnceWhateverTellsOfIt) {
  const auto decoded = read(
      R"({"urn":"52SB0123426","inside":[{"content":"JVBERi0="},{"content":"JVBERi0=","type":"Application/PDF; v=1"}]})",
      "");
  ASSERT_FALSE(decoded.refused);
  EXPECT_EQ(decoded.reading.messages.at(0)->case_().documents_size(), 2);
  EXPECT_EQ(decoded.papers.size(), 1U);
}

TEST(PaperTypes, KnowTheirFirstBytes) {
  for (const auto& type : mediaTypes()) EXPECT_TRUE(isMediaType(type));
  EXPECT_FALSE(isMediaType("text/html"));
  EXPECT_FALSE(looksLike("text/plain", std::string("a\0b", 3)));
  EXPECT_FALSE(looksLike("text/plain", "\xFF"));
  EXPECT_TRUE(looksLike("text/plain", "a statement"));
  EXPECT_TRUE(looksLike("image/tiff", std::string("MM\0*", 4)));
  EXPECT_FALSE(looksLike("image/png", "%PDF-1.7"));
  EXPECT_EQ(mediaTypeOf("%PDF-1.7"), "application/pdf");
  EXPECT_EQ(mediaTypeOf("a statement"), "");
}

TEST(KeptBodies, GiveTheirContentTypeBack) {
  const auto kept = withContentType(kType, "--b\r\n\r\nx");
  EXPECT_EQ(splitContentType(kept).content_type, kType);
  EXPECT_EQ(splitContentType(kept).body, "--b\r\n\r\nx");
  EXPECT_EQ(withContentType("application/json", "{}"), "{}");
  EXPECT_EQ(splitContentType("{}").body, "{}");
  EXPECT_EQ(splitContentType("Content-Type: x").body, "Content-Type: x");
  EXPECT_EQ(splitContentType(withContentType("multipart/mixed", "x")).content_type, "multipart/mixed")
      << "one without a boundary is kept as it came";
}

}  // namespace
}  // namespace causeway::mapping
