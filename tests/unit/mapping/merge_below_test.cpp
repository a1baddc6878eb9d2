#include "host/mapping/merge_below.hpp"

#include "host/mapping/message_arena.hpp"

#include <gtest/gtest.h>

namespace causeway::mapping {
namespace {

// What a document says of all its cases.
void fillBase(canonical::CanonicalMessage& message) {
  message.set_format("test");
  message.set_marking("official");
  message.set_test(true);
  message.add_about("base");
  auto& hearing = *message.mutable_case_()->add_hearings();
  hearing.mutable_court()->set_code("B01EF01");
  hearing.set_fixture_no(3);
  message.mutable_case_()->add_parties()->set_id("p0");
  message.mutable_case_()->add_parties()->set_id("p1");
  message.mutable_case_()->set_urn("of the base");
}

// What it says of one of them.
void fillPart(canonical::CanonicalMessage& message) {
  message.set_format("its own");
  message.add_about("part");
  message.add_about("and again");
  message.mutable_case_()->set_urn("01ZD0300226");
  message.mutable_case_()->add_parties()->set_id("p2");
  message.mutable_case_()->add_defendants()->set_id("d1");
}

// Base first, part over it: what both ways round must come to.
std::string expected() {
  canonical::CanonicalMessage whole, part;
  fillBase(whole);
  fillPart(part);
  whole.MergeFrom(part);
  return whole.SerializeAsString();
}

TEST(MappingMergeBelow, LeavesTheValuesOfThePartAndPutsItsElementsLast) {
  canonical::CanonicalMessage base, part;
  fillBase(base);
  fillPart(part);
  mergeBelow(base, part, {});
  EXPECT_EQ(part.SerializeAsString(), expected());
  EXPECT_EQ(part.case_().parties(0).id(), "p0");
}

TEST(MappingMergeBelow, KeepsTheBaseForTheNextPart) {
  canonical::CanonicalMessage base, same, part;
  fillBase(base);
  fillBase(same);
  fillPart(part);
  mergeBelow(base, part, {});
  EXPECT_EQ(base.SerializeAsString(), same.SerializeAsString());
}

TEST(MappingMergeBelow, TakesTheBaseOverForTheLastPart) {
  const MessageArena arena;
  auto* base = arena.message();
  auto* part = arena.message();
  fillBase(*base);
  fillPart(*part);
  takeBelow(*base, *part, {});
  EXPECT_EQ(part->SerializeAsString(), expected());
}

TEST(MappingMergeBelow, JoinsWhatIsNamedByNumber) {
  canonical::CanonicalMessage base, part;
  fillBase(base);
  base.mutable_case_()->add_hearings()->set_courtroom("of the base");
  auto& own = *part.mutable_case_()->add_hearings();
  own.set_fixture_no(7);
  const NumberedLists hearings = {canonical::Case::descriptor()->FindFieldByName("hearings")};
  auto again = base, whole = part;
  mergeBelow(base, part, hearings);
  takeBelow(again, whole, hearings);
  EXPECT_EQ(part.SerializeAsString(), whole.SerializeAsString());
  ASSERT_EQ(part.case_().hearings_size(), 2);
  EXPECT_EQ(part.case_().hearings(0).court().code(), "B01EF01");
  EXPECT_EQ(part.case_().hearings(0).fixture_no(), 7);
  EXPECT_EQ(part.case_().hearings(1).courtroom(), "of the base");
  EXPECT_EQ(part.case_().parties_size(), 2);
}

TEST(MappingMergeBelow, SaysNothingWhereTheBaseSaysNothing) {
  canonical::CanonicalMessage part, same;
  fillPart(part);
  fillPart(same);
  mergeBelow(canonical::CanonicalMessage(), part, {});
  EXPECT_EQ(part.SerializeAsString(), same.SerializeAsString());
}

TEST(MappingMessageArena, LivesAsLongAsAnyOfItsMessages) {
  MessagePtr last;
  {
    const MessageArena arena;
    const MessagePtr first = arena.share(arena.message());
    last = arena.share(arena.message());
    last->set_format(std::string(100, 'x'));
  }
  EXPECT_EQ(last->format(), std::string(100, 'x'));
}

}  // namespace
}  // namespace causeway::mapping
