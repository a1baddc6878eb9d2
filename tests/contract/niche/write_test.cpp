#include "tests/contract/niche/niche_support.hpp"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

namespace causeway::niche_tests {
namespace {

using canonical::CanonicalMessage;

const mapping::NamedValues kNamed{{"delivery.id", "0d9f4a52-0000-4000-8000-000000000001"},
                                  {"delivery.recipient", "records"},
                                  {"delivery.sent_at", "2026-03-04T09:20:00Z"},
                                  {"message.id", "0197-0001"}};

class NicheWrites : public testing::Test {
 protected:
  CanonicalMessage message(const std::string& name) const {
    CanonicalMessage out;
    EXPECT_TRUE(
        google::protobuf::util::JsonStringToMessage(fileText("mappings/niche/examples/" + name + ".json"), &out).ok())
        << name;
    return out;
  }
  // Written as the file beside the example says, and without losing anything that the message holds.
  void expectWritten(const std::string& mapping, const std::string& example, const std::string& ending) const {
    const auto* plan = library_->writePlan(mapping);
    ASSERT_TRUE(plan) << mapping;
    const auto source = message(example);
    EXPECT_EQ(plan->message, source.type());
    const auto written = mapping::write(*plan, source, kNamed, kDay);
    ASSERT_TRUE(written) << written.error().text();
    for (const auto& lost : written->lost) ADD_FAILURE() << mapping << " loses " << lost;
    EXPECT_EQ(written->bytes, expected("mappings/niche/examples/" + example + ".expected" + ending, written->bytes));
  }
  std::unique_ptr<mapping::Library> library_ = loadLibrary({"niche", "common"}, "");
};

TEST_F(NicheWrites, RefusesATaskOfAKindThatTheRecordsSystemDoesNotHave) {
  auto task = message("task");
  task.mutable_case_()->mutable_tasks(0)->mutable_kind()->set_code("water_the_plants");
  for (const char* mapping : {"niche.task", "niche.dialect-b-task"}) {
    const auto written = mapping::write(*library_->writePlan(mapping), task, kNamed, kDay);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Invalid);
  }
}

TEST_F(NicheWrites, ShowsContactWithoutAWordAsUnsafe) {
  auto task = message("task");
  task.mutable_case_()->mutable_parties(0)->mutable_contact_points(0)->clear_safe();
  const auto written = mapping::write(*library_->writePlan("niche.task"), task, kNamed, kDay);
  ASSERT_TRUE(written);
  EXPECT_NE(written->bytes.find("safe=\"false\""), std::string::npos);
  EXPECT_EQ(written->bytes.find("safe=\"true\""), std::string::npos);
}

TEST_F(NicheWrites, WritesATask) {
  expectWritten("niche.task", "task", ".xml");
  expectWritten("niche.dialect-b-task", "task", ".b.json");
}

TEST_F(NicheWrites, WritesALogEntry) {
  expectWritten("niche.log-entry", "log-entry", ".xml");
  expectWritten("niche.dialect-b-log-entry", "log-entry", ".b.json");
}

TEST_F(NicheWrites, WritesANoticeToAnOfficer) {
  expectWritten("niche.officer-notification", "officer-notification", ".xml");
  expectWritten("niche.dialect-b-officer-notification", "officer-notification", ".b.json");
}

TEST_F(NicheWrites, WritesWhatChangedInTheCase) {
  expectWritten("niche.case-update", "case-update", ".xml");
  expectWritten("niche.dialect-b-case-update", "case-update", ".b.json");
}

}  // namespace
}  // namespace causeway::niche_tests
