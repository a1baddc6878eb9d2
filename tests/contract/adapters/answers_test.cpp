#include "host/mapping/leaves.hpp"
#include "tests/contract/adapters/plain_document.hpp"
#include "tests/contract/adapters/workshop.hpp"

#include <gtest/gtest.h>

namespace causeway::contract {
namespace {

using pipeline::Fields;
using Outcome = pipeline::ReplyVerdict::Outcome;

const char* const kOutcomes[] = {"accepted",        "duplicate",  "conflict",    "malformed",  "too_large",
                                 "wrong_namespace", "no_mapping", "not_allowed", "unavailable"};

std::string nameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::Delivered: return "delivered";
    case Outcome::Retry: return "retry";
    case Outcome::Rejected: return "rejected";
    case Outcome::Broken: break;
  }
  return "broken";
}

// As the outbox hands an answer over.
Fields fieldsOf(int status, const std::string& content_type, const std::string& body) {
  Fields out{{"status", std::to_string(status)}, {"content_type", content_type}};
  for (auto& leaf : mapping::leavesOf(body)) out.push_back(std::move(leaf));
  return out;
}

class System : public testing::TestWithParam<std::string> {
 protected:
  const Workshop& workshop_ = Workshop::instance();
  pipeline::Adapter* adapter_ = workshop_.adapterOf(GetParam());
  const std::vector<ReplyExample>& replies_ = workshop_.exchangeOf(GetParam()).replies;
};

TEST_P(System, TakesItsAnswersForWhatTheyMean) {
  for (const auto& reply : replies_) {
    SCOPED_TRACE(reply.name);
    ASSERT_TRUE(adapter_) << "answers, but no adapter to judge them";
    const auto verdict = adapter_->classifyReply(fieldsOf(reply.status, reply.content_type, reply.body));
    ASSERT_TRUE(verdict) << verdict.error().text();
    EXPECT_EQ(nameOf(verdict->outcome), reply.outcome);
    EXPECT_TRUE(reply.reason.empty() || verdict->reason == reply.reason) << verdict->reason;
    EXPECT_TRUE(reply.reference.empty() || verdict->reference == reply.reference) << verdict->reference;
    EXPECT_TRUE(reply.retry_after_seconds < 0 || verdict->retry_after_seconds == reply.retry_after_seconds)
        << verdict->retry_after_seconds;
  }
}

// Where something goes out and an adapter judges the answers, examples show what success, waiting and refusal look like.
TEST_P(System, ShowsAnAnswerOfEachKind) {
  const auto rows = app::systemRows(workshop_.library(), mappingFolders());
  const bool sends =
      std::ranges::any_of(rows, [](const auto& row) { return row.system == GetParam() && row.direction == "out"; });
  if (!adapter_ || !sends) return;
  for (const char* outcome : {"delivered", "retry", "rejected"})
    EXPECT_TRUE(std::ranges::any_of(replies_, [&](const auto& one) { return one.outcome == outcome; })) << outcome;
}

TEST_P(System, NeverTakesAnAnswerThatSaysNothingForASuccess) {
  if (!adapter_) return;
  for (const int status : {400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504})
    for (const auto& body : {std::string(), std::string("<html><body>Welcome</body></html>"), std::string("{}")}) {
      const auto verdict = adapter_->classifyReply(fieldsOf(status, "text/html", body));
      EXPECT_TRUE(!verdict || verdict->outcome != Outcome::Delivered) << status;
    }
  for (const auto& reply : replies_) {
    if (reply.body.size() < 8) continue;
    const auto cut = reply.body.substr(0, reply.body.size() - 5);
    const auto verdict = adapter_->classifyReply(fieldsOf(500, reply.content_type, cut));
    EXPECT_TRUE(!verdict || verdict->outcome != Outcome::Delivered) << reply.name << ", cut off";
  }
}

// A partner's words may name somebody: a reason for the ledger is a code.
TEST_P(System, KeepsWordsOutOfItsReasons) {
  if (!adapter_) return;
  for (const auto& reply : replies_) {
    const auto plain = PlainDocument::parse(reply.body);
    for (size_t i = 0; plain && i < plain->leaves().size(); ++i) {
      const auto changed = plain->with(i, "Zyxwv Quark said so");
      const auto verdict = adapter_->classifyReply(fieldsOf(reply.status, reply.content_type, changed));
      const auto words = verdict ? verdict->reason : verdict.error().text();
      EXPECT_EQ(words.find("Zyxwv"), std::string::npos) << reply.name;
    }
  }
}

TEST_P(System, AddsTheSameToAWrappingEveryTime) {
  if (!adapter_) return;
  const Fields fields{{"delivery.id", "0d9f4a52-0000-4000-8000-000000000001"}, {"message.type", "task.raised"}};
  const auto first = adapter_->wrap(fields), second = adapter_->wrap(fields);
  ASSERT_EQ(first.has_value(), second.has_value());
  if (!first) return;
  EXPECT_EQ(*first, *second);
  for (const auto& [name, value] : *first) EXPECT_EQ(value.find_first_of("\r\n"), std::string::npos) << name;
}

TEST_P(System, IsAnsweredWhateverBecomesOfItsDocument) {
  const auto& workshop = workshop_;
  for (const auto& example : incomingExamples()) {
    if (example.system != GetParam()) continue;
    const auto document = bytesOf(example.file);
    for (const char* outcome : kOutcomes) {
      const auto answer = workshop.receive(document, outcome), again = workshop.receive(document, outcome);
      EXPECT_EQ(answer.body, again.body) << example.name << " " << outcome;
      EXPECT_TRUE(PlainDocument::parse(answer.body)) << example.name << " " << outcome << ": not well-formed";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Mappings, System, testing::ValuesIn(Workshop::instance().systems()),
                         [](const auto& one) { return testName(app::Example{{}, one.param, "all", false, {}}); });

}  // namespace
}  // namespace causeway::contract
