#include "host/mapping/multipart.hpp"

#include <gtest/gtest.h>

namespace causeway::mapping {
namespace {

Result<std::vector<BodyPart>> read(const std::string& body, const MultipartLimits& limits = {}) {
  return readMultipart(body, "b", limits);
}

ErrorKind kindOf(const std::string& body, const MultipartLimits& limits = {}) {
  const auto parts = read(body, limits);
  return parts ? ErrorKind::Broken : parts.error().kind;
}

std::string part(const std::string& header, const std::string& content = "x") {
  return "--b\r\n" + header + "\r\n" + content + "\r\n";
}
const std::string kEnd = "--b--\r\n";

TEST(Multipart, RefusesABoundaryThatIsNone) {
  for (const std::string type :
       {"multipart/form-data", "multipart/form-data; boundary",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"", "multipart/form-data; boundary=\"a",
        "multipart/form-data; boundary=\"a\"b", "multipart/form-data; boundary=\"a\\\"b\"",
        "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=a b", "multipart/form-data; boundary=\"a<b\"", "multipart/digest; boundary=a"}) {
    const auto boundary = multipartBoundary(type);
    ASSERT_FALSE(boundary) << type;
    EXPECT_EQ(boundary.error().kind, ErrorKind::Invalid) << type;
  }
  EXPECT_FALSE(multipartBoundary("multipart/mixed; boundary=" + std::string(71, 'a')));
}

TEST(Multipart, LeavesOtherDocumentsAlone) {
  for (const std::string type :
       {"", "application/json", "text/xml; charset=utf-8", "multipartial/form-data; boundary=a"})
    EXPECT_EQ(multipartBoundary(type).error().kind, ErrorKind::NotFound) << type;
}

TEST(Multipart, ReadsTheBoundary) {
  EXPECT_EQ(multipartBoundary("multipart/form-data; boundary=----a1").value_or(""), "----a1");
  EXPECT_EQ(multipartBoundary("Multipart/Related; type=\"text/xml\"; Boundary=\"a b:c\"").value_or(""), "a b:c");
  EXPECT_EQ(multipartBoundary("multipart/mixed;boundary=a;").value_or(""), "a");
}

TEST(Multipart, RefusesFramingThatCanBeReadInTwoWays) {
  const std::vector<std::string> bodies{std::string(),
                                        std::string("x"),
                                        kEnd,
                                        "preamble\r\n" + part("") + kEnd,
                                        "\r\n" + part("") + kEnd,
                                        part(""),
                                        part("") + "--b",
                                        part("") + "--b-",
                                        part("") + "--b--x",
                                        part("") + kEnd + "x",
                                        part("") + kEnd + kEnd,
                                        "--b \r\n\r\nx\r\n" + kEnd,
                                        "--b\n\nx\n--b--\n",
                                        "--b\r\nx\r\n" + kEnd,
                                        part("") + "--bb\r\n\r\nx\r\n" + kEnd};
  for (const auto& body : bodies) EXPECT_EQ(kindOf(body), ErrorKind::Invalid) << body;
}

TEST(Multipart, RefusesHeadersThatCanBeReadInTwoWays) {
  for (const std::string header : {"Content-Type: a/b\n",
                                   "Content-Type\r\n",
                                   ": a\r\n",
                                   "Content-Type : a/b\r\n",
                                   " folded: a\r\n",
                                   "A: b\r\n c\r\n",
                                   "A: b\r\nA: c\r\n",
                                   "Content-Type: a/b\r\ncontent-type: a/c\r\n",
                                   "A: b\x01\r\n",
                                   "A: \xFF\r\n",
                                   "Content-Type: text\r\n",
                                   "Content-Type: a/b/c\r\n",
                                   "Content-Type: multipart/mixed; boundary=c\r\n",
                                   "Content-Type: message/rfc822\r\n",
                                   "Content-Transfer-Encoding: quoted-printable\r\n",
                                   "Content-Disposition: form-data; name=\"a\"; name=\"b\"\r\n",
                                   "Content-Disposition: form-data; name=a b\r\n",
                                   "Content-Disposition: form-data; filename=\"a\"; filename*=utf-8''b\r\n",
                                   "Content-Disposition: form-data; name=\"a\r\n",
                                   "Content-Disposition: form-data; name=\"a\\\"b\"\r\n",
                                   "Content-Disposition: ;\r\n"})
    EXPECT_EQ(kindOf(part(header) + kEnd), ErrorKind::Invalid) << header;
}

TEST(Multipart, KeepsItsLimits) {
  EXPECT_EQ(kindOf(part("") + part("") + part("") + kEnd, {.parts = 2}), ErrorKind::TooLarge);
  EXPECT_EQ(kindOf(part("A: " + std::string(100, 'a') + "\r\n") + kEnd, {.header_bytes = 64}), ErrorKind::TooLarge);
}

TEST(Multipart, NeverRepeatsWhatWasSent) {
  const auto wrong = read(part("Cora Lisle\r\n") + kEnd);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().text().find("Cora"), std::string::npos);
}

TEST(Multipart, ReadsADocumentAndItsPapers) {
  const std::string pdf("%PDF\r\n-- \0\xFF\r\n--a\r\n", 17);
  // The parts point into it.
  const std::string body =
      part("Content-Disposition: form-data; name=\"Notification\"\r\nContent-Type: text/plain; charset=UTF-8\r\n",
           "{\"a\":1}") +
      part(
          "Content-Disposition: form-data; name=\"Material\"; filename=\"Order; 1.pdf\"\r\nContent-Type: "
          "Application/PDF\r\n",
          pdf) +
      part("Content-ID: <x@y>\r\nContent-Transfer-Encoding: BASE64\r\n", "QUI=") + part("", "") + kEnd;
  const auto parts = read(body);
  ASSERT_TRUE(parts) << parts.error().text();
  ASSERT_EQ(parts->size(), 4U);
  EXPECT_EQ(parts->at(0).name, "Notification");
  EXPECT_EQ(parts->at(0).content_type, "text/plain");
  EXPECT_EQ(parts->at(0).content, "{\"a\":1}");
  EXPECT_EQ(parts->at(1).file_name, "Order; 1.pdf");
  EXPECT_EQ(parts->at(1).content_type, "application/pdf");
  EXPECT_EQ(parts->at(1).content, pdf);
  EXPECT_EQ(parts->at(2).content_id, "<x@y>");
  EXPECT_TRUE(parts->at(2).base64);
  EXPECT_EQ(parts->at(3).content, "");
  EXPECT_EQ(parts->at(3).content_type, "text/plain");
}

TEST(Multipart, DecodesBase64AndNothingElse) {
  for (const std::string bad : {"Q", "QQ", "QUI", "Q===", "====", "QQ=Q", "QUI=QUI=", "QU I", "QU-_", "\x80QUI"})
    EXPECT_FALSE(decodedBase64(bad)) << bad;
  EXPECT_EQ(decodedBase64("").value_or("x"), "");
  EXPECT_EQ(decodedBase64("QUJD\r\nREU=").value_or(""), "ABCDE");
  EXPECT_EQ(decodedBase64("QQ==").value_or(""), "A");
  EXPECT_EQ(decodedBase64("+/8A").value_or(""), std::string("\xFB\xFF\0", 3));
}

}  // namespace
}  // namespace causeway::mapping
