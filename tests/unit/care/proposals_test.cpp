#include "host/care/case_fold.hpp"
#include "tests/support/builders.hpp"

#include <gtest/gtest.h>

namespace causeway::care {
namespace {

using namespace support;

void addNumber(canonical::Party& party, std::string_view value) {
  auto& point = *party.add_contact_points();
  *point.mutable_channel() = code("phone");
  point.set_value(std::string(value));
}

CanonicalMessage registered() {
  auto out = message("m-1", "case.registered", "niche.case/1", "2026-03-01T09:00:00Z");
  auto& known = addParty(out, person("Cora", "Lisle", "1999-01-05"), "victim");
  *known.add_identifiers() = number("records_person", "P1", "RMS-A");
  addNumber(known, "+447700900123");
  addParty(out, person("Dan", "Quill", "1980-01-05"), "witness");
  return out;
}

CanonicalMessage update(std::string_view format) {
  auto out = message("m-2", "party.updated", format, "2026-05-01T09:00:00Z");
  auto& said = addParty(out, person("Cora", "Lisle", "1999-01-05"), "victim");
  *said.mutable_change()->mutable_kind() = code("contact_details");
  addNumber(said, "+447700900456");
  return out;
}

TEST(Proposals, AreMadeOfWhatTheRecordsThemselvesSayNever) {
  const auto known = apply({}, registered());
  const auto after = apply(known->record, update("niche.case/1"));
  ASSERT_TRUE(after);
  for (const auto& event : after->events) EXPECT_NE(event.type, "record.change_proposed");
}

TEST(Proposals, HoldWhatIsSaidOfThisPersonAndNotWhatIsOnRecord) {
  const auto known = apply({}, registered());
  const auto said = update("cps.update/1");
  const auto after = apply(known->record, said);
  ASSERT_TRUE(after);
  const auto event = std::ranges::find(after->events, "record.change_proposed", &Event::type);
  ASSERT_NE(event, after->events.end());
  const auto told = focus(after->record.case_(), *event, said).case_();
  ASSERT_EQ(told.parties_size(), 1) << "nobody else";
  const auto& party = told.parties(0);
  EXPECT_EQ(party.id(), "p-1");
  EXPECT_EQ(party.identifiers(0).value(), "P1");
  EXPECT_EQ(party.change().kind().code(), "contact_details");
  ASSERT_EQ(party.contact_points_size(), 1);
  EXPECT_EQ(party.contact_points(0).value(), "+447700900456");
  EXPECT_EQ(after->record.case_().parties(0).contact_points_size(), 2);
}

}  // namespace
}  // namespace causeway::care
