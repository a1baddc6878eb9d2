#include "host/protection/contact_hours.hpp"

#include <gtest/gtest.h>

namespace causeway::protection {
namespace {

using When = ContactMoment::When;

canonical::SafeContact safe(std::initializer_list<std::array<const char*, 3>> times) {
  canonical::SafeContact out;
  out.set_state("safe");
  for (const auto& [days, from, to] : times) {
    auto& time = *out.add_times();
    time.set_days(days);
    time.set_from(from);
    time.set_to(to);
  }
  return out;
}

std::string moment(const canonical::SafeContact& contact, const char* now) {
  const auto out = contactMoment(contact, *parseInstant(now));
  return out.when == When::Now ? "now" : out.when == When::Unknown ? "unknown" : formatInstant(out.later);
}

const auto kOffice = safe({{"MO TU WE TH FR", "09:00", "17:00"}});

TEST(ContactHours, ThatAreNotOnRecordOrCannotBeReadAreNotKnown) {
  const char* const now = "2026-06-02T09:00:00Z";
  EXPECT_EQ(moment({}, now), "unknown");
  EXPECT_EQ(moment(safe({{"", "09:00", "17:00"}}), now), "unknown");
  EXPECT_EQ(moment(safe({{"weekdays", "09:00", "17:00"}}), now), "unknown");
  EXPECT_EQ(moment(safe({{"TU", "9", "17"}}), now), "unknown");
  EXPECT_EQ(moment(safe({{"TU", "", ""}}), now), "unknown");
  EXPECT_EQ(moment(safe({{"TU", "17:00", "09:00"}}), now), "unknown");
  EXPECT_EQ(moment(safe({{"TU", "09:00", "25:00"}}), now), "unknown");
  EXPECT_EQ(moment(safe({{"TU", "09:00", "17:00"}, {"XX", "09:00", "17:00"}}), now), "unknown");
}

TEST(ContactHours, AreThoseOfLondon) {
  EXPECT_EQ(moment(kOffice, "2026-06-02T07:59:59Z"), "2026-06-02T08:00:00Z") << "summer: nine o'clock is 8 UTC";
  EXPECT_EQ(moment(kOffice, "2026-06-02T08:00:00Z"), "now");
  EXPECT_EQ(moment(kOffice, "2026-06-02T15:59:59Z"), "now");
  EXPECT_EQ(moment(kOffice, "2026-06-02T16:00:00Z"), "2026-06-03T08:00:00Z") << "the end is not included";
  EXPECT_EQ(moment(kOffice, "2026-12-01T08:30:00Z"), "2026-12-01T09:00:00Z") << "winter";
}

TEST(ContactHours, PassOverTheWeekend) {
  EXPECT_EQ(moment(kOffice, "2026-06-05T16:30:00Z"), "2026-06-08T08:00:00Z");
  EXPECT_EQ(moment(kOffice, "2026-06-06T10:00:00Z"), "2026-06-08T08:00:00Z");
  EXPECT_EQ(moment(kOffice, "2026-03-27T18:00:00Z"), "2026-03-30T08:00:00Z") << "over the change to summer time";
  EXPECT_EQ(moment(kOffice, "2026-10-23T17:00:00Z"), "2026-10-26T09:00:00Z") << "and back";
}

TEST(ContactHours, TakeTheFirstOfSeveralTimes) {
  const auto two = safe({{"SA", "09:30", "12:00"}, {"MO", "20:00", "24:00"}});
  EXPECT_EQ(moment(two, "2026-06-05T16:30:00Z"), "2026-06-06T08:30:00Z");
  EXPECT_EQ(moment(two, "2026-06-08T22:30:00Z"), "now");
  EXPECT_EQ(moment(two, "2026-06-08T23:00:00Z"), "2026-06-13T08:30:00Z");
}

TEST(ContactHours, InTheHourThatDoesNotHappenBeginWhenTheClocksGoOn) {
  EXPECT_EQ(moment(safe({{"SU", "01:30", "03:00"}}), "2026-03-28T12:00:00Z"), "2026-03-29T01:00:00Z");
}

canonical::Case withPoint(const char* value, const canonical::SafeContact& contact) {
  canonical::Case out;
  auto& point = *out.add_parties()->add_contact_points();
  point.set_value(value);
  *point.mutable_safe() = contact;
  return out;
}

TEST(ContactHours, OfAMessageAreThoseOfTheWayThatItUses) {
  const auto now = *parseInstant("2026-06-02T17:00:00Z");
  const auto known = withPoint("07700900123", kOffice);
  canonical::Case told;
  EXPECT_EQ(contactMoment(told, known, now).when, When::Now) << "a letter has no hours";
  told.add_parties()->add_contact_points()->set_value("07700900123");
  EXPECT_EQ(contactMoment(told, known, now).when, When::Later);
  EXPECT_EQ(formatInstant(contactMoment(told, known, now).later), "2026-06-03T08:00:00Z");
  told.mutable_parties(0)->mutable_contact_points(0)->set_value("07700900999");
  EXPECT_EQ(contactMoment(told, known, now).when, When::Unknown) << "a number that is no longer on record";
}

TEST(ContactHours, OfSeveralWaysMustAllBeSafe) {
  const auto now = *parseInstant("2026-06-02T17:00:00Z");
  auto known = withPoint("07700900123", kOffice);
  known.MergeFrom(withPoint("07700900777", safe({{"WE TH", "16:00", "20:00"}})));
  EXPECT_EQ(formatInstant(contactMoment(known, known, now).later), "2026-06-03T15:00:00Z");
  known.MergeFrom(withPoint("07700900778", safe({{"SU", "16:00", "20:00"}})));
  EXPECT_EQ(contactMoment(known, known, now).when, When::Unknown);
}

}  // namespace
}  // namespace causeway::protection
