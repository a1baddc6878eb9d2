#include "host/base/url_template.hpp"

#include <gtest/gtest.h>

namespace causeway {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

Result<std::string> filled(std::string_view text, const Values& values, UrlTemplate::Use use = UrlTemplate::Use::Path) {
  CW_TRY(const auto parsed, UrlTemplate::parse(text, use));
  return parsed.fill(values);
}

TEST(UrlTemplate, RefusesWhatIsNoPath) {
  for (const std::string text : {"",
                                 "v1",
                                 "https://a.example/",
                                 "//a",
                                 "/a//b",
                                 "/../a",
                                 "/a/..",
                                 "/a/./b",
                                 "/a b",
                                 "/a#b",
                                 "/%2e%2e/a",
                                 "/a%2Fb",
                                 "/a%5cb",
                                 "/a%4",
                                 "/a%zz",
                                 "/{",
                                 "/}",
                                 "/{}",
                                 "/{a{b}}",
                                 "/\xC3\xA4",
                                 "/a\r\nX: y",
                                 "{delivery.id}"})
    EXPECT_FALSE(UrlTemplate::parse(text, UrlTemplate::Use::Path)) << text;
}

TEST(UrlTemplate, RefusesValuesThatAreNoIdentifiers) {
  const std::vector<std::string> values = {".", "..", "Ada Marsh", "a\nb", "\xC3\xA4", "", std::string(129, 'a')};
  for (const auto& value : values) EXPECT_FALSE(filled("/a/{id}", {{"id", value}})) << value;
  EXPECT_FALSE(filled("/a/{id}", {}));
}

TEST(UrlTemplate, NeverTellsTheValueInItsError) {
  const auto wrong = filled("/a/{person.id}", {{"person.id", "Cora Lisle"}});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().what, "person.id is not an identifier");
}

TEST(UrlTemplate, EncodesWhatWouldChangeThePath) {
  EXPECT_EQ(filled("/a/{id}/b?c={id}", {{"id", "12/34?x=1&y#%"}}).value_or("failed"),
            "/a/12%2F34%3Fx%3D1%26y%23%25/b?c=12%2F34%3Fx%3D1%26y%23%25");
}

TEST(UrlTemplate, LeavesAHeaderAsItIs) {
  EXPECT_EQ(filled("key {id}", {{"id", "a/b"}}, UrlTemplate::Use::Header).value_or("failed"), "key a/b");
}

TEST(UrlTemplate, KnowsItsPlaces) {
  const auto parsed = UrlTemplate::parse("/{a}/x/{b}", UrlTemplate::Use::Path);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->names(), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(parsed->names("b"));
  EXPECT_FALSE(parsed->names("x"));
}

TEST(UrlTemplate, TakesAQueryAndATrailingSlash) {
  EXPECT_TRUE(isRequestTarget("/v2/notifications?reference=1&status=a"));
  EXPECT_TRUE(isRequestTarget("/a/"));
  EXPECT_TRUE(isRequestTarget("/"));
  EXPECT_FALSE(isRequestTarget("/" + std::string(2000, 'a')));
}

}  // namespace
}  // namespace causeway
