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

}  // namespace
}  // namespace causeway::niche_tests
