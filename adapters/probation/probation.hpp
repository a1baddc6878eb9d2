#pragma once

#include "causeway/sdk.hpp"

#include <string_view>

namespace probation {

namespace sdk = causeway::sdk;

/// Probation and prisons: the events of HMPPS, probation's view of hearings, referral to the victim contact and notification schemes
/// (no public interface: our own profile), production of a witness from prison (PECS-shaped) and video links from prison.
class Probation {
 public:
  static constexpr std::string_view kName = "probation";
  static constexpr std::string_view kVersion = "1.0.0";
  static constexpr std::string_view kMappings = "mappings";
  static constexpr std::string_view kMessageTypes[] = {
      "scheme.referred",      "scheme.answered",        "liaison_officer.assigned", "custody.changed",
      "licence.changed",      "limited_access.changed", "case.identifiers_changed", "hearing.listed",
      "hearing.resulted",     "production.requested",   "production.cancelled",     "production.answered",
      "video_link.requested", "video_link.cancelled",   "video_link.answered"};
  static constexpr sdk::Setting kSettings[] = {
      {.name = "busy_retry_seconds",
       .description = "How long to wait when a service says that it is busy and not for how long.",
       .type = sdk::Setting::Type::Number,
       .fallback = "120"},
  };

  explicit Probation(const sdk::Settings& settings);

  /// probation.instant: `value` is a moment as HMPPS services write it. A moment without a zone is read on London's clocks, with the
  /// finding no_zone.
  void instant(const sdk::Inputs& in, sdk::Outputs& out);
  /// probation.date: `value` is a day or a moment; answers the day in London.
  void date(const sdk::Inputs& in, sdk::Outputs& out);
  /// probation.person: `type` (CRN, NOMS, nomsNumber...) and `value`; answers an identifier, graded warn when its form is odd.
  void person(const sdk::Inputs& in, sdk::Outputs& out);
  /// probation.court_time: `value` is a session start without a zone, `source` LIBRA or COMMON_PLATFORM. Local by the sender's word; in
  /// summer a Common Platform time may be an hour early, so its confidence is low and a person looks at it.
  void courtTime(const sdk::Inputs& in, sdk::Outputs& out);
  /// probation.utc_time: `date` and `time` of a court in London; answers the instant, for services that want one.
  void utcTime(const sdk::Inputs& in, sdk::Outputs& out);
  /// probation.note: `text` and `reference`; answers both in one note, so that whoever asks back can be understood.
  void note(const sdk::Inputs& in, sdk::Outputs& out);
  /// 2xx is a receipt. A repeat of a key that was used before (409) is not: a person looks.
  sdk::Verdict classifyReply(const sdk::Inputs& in);

  static constexpr sdk::Converter<Probation> kConverters[] = {
      {"probation.instant", &Probation::instant},  {"probation.date", &Probation::date},
      {"probation.person", &Probation::person},    {"probation.court_time", &Probation::courtTime},
      {"probation.utc_time", &Probation::utcTime}, {"probation.note", &Probation::note}};

 private:
  int busy_retry_seconds_;
};

}  // namespace probation
