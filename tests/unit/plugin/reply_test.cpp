#include "causeway/reply.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace causeway::sdk {
namespace {

/// The fields of an answer, kept while they are read.
class Answer {
 public:
  Answer(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
    for (const auto& [name, value] : fields)
      items_.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
  }
  Inputs inputs() const { return Inputs({items_.data(), items_.size()}); }

 private:
  std::vector<cw_field> items_;
};

int waitFor(std::string_view text) {
  const Answer answer{{"status", "503"}, {"retry_after", text}};
  const auto inputs = answer.inputs();
  return Reply(inputs).wait(7);
}

TEST(Reply, WaitsAsItMayWhenItIsToldNoNumber) {
  for (const char* text : {"", "0", "-5", "soon", "120 seconds", "1.5", "Wed, 21 Oct 2026 07:28:00 GMT"})
    EXPECT_EQ(waitFor(text), 7) << text;
}

TEST(Reply, WaitsADayAtMost) {
  EXPECT_EQ(waitFor("120"), 120);
  EXPECT_EQ(waitFor("86401"), 86400);
  EXPECT_EQ(waitFor("99999999999999999999"), 86400);
}

TEST(Reply, TakesNoWordOfTheBodyForTheTransports) {
  const Answer answer{{"status", "202"}, {"status", "REJECTED"}, {"retry_after", "5"}};
  const auto inputs = answer.inputs();
  EXPECT_EQ(Reply(inputs).status(), "202");
  EXPECT_EQ(Reply(inputs).field({"status"}), "REJECTED");
  EXPECT_EQ(Reply(inputs).field({"retry_after"}), "");
}

TEST(Reply, FindsAFieldByItsLastNameWhereverItStands) {
  for (const char* name : {"result", "Result", "reply.Receipt.result", "Receipt/@Result", "Receipt/RESULT"}) {
    const Answer answer{{"status", "200"}, {name, "stored"}};
    const auto inputs = answer.inputs();
    EXPECT_EQ(Reply(inputs).field({"result"}), "stored") << name;
  }
  const Answer other{{"status", "200"}, {"resulted", "a"}, {"result.of", "b"}, {"", "c"}};
  const auto inputs = other.inputs();
  EXPECT_EQ(Reply(inputs).field({"result"}), "");
}

TEST(Reply, PrefersTheFirstOfTheNamesThatSaysSomething) {
  const Answer answer{{"status", "200"}, {"code", "B7"}, {"reference", ""}, {"requestId", "41"}};
  const auto inputs = answer.inputs();
  EXPECT_EQ(Reply(inputs).field({"reference", "requestid", "code"}), "41");
}

TEST(Reply, TakesAFieldAtTheTopOnlyFromThere) {
  const Answer deep{{"status", "200"}, {"reply.error.id", "9"}};
  const auto inputs = deep.inputs();
  EXPECT_EQ(Reply(inputs).topField("id"), "");
  const Answer top{{"status", "200"}, {"reply.id", "3"}, {"id", "4"}};
  const auto more = top.inputs();
  EXPECT_EQ(Reply(more).topField("id"), "3");
}

TEST(Reply, KnowsABusyRecipient) {
  for (const char* status : {"408", "425", "429", "502", "503", "504"}) {
    const Answer answer{{"status", status}};
    const auto inputs = answer.inputs();
    EXPECT_TRUE(Reply(inputs).isBusy()) << status;
  }
  const Answer answer{{"status", "500"}};
  const auto inputs = answer.inputs();
  EXPECT_FALSE(Reply(inputs).isBusy());
}

}  // namespace
}  // namespace causeway::sdk
