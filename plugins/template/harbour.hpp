#pragma once

#include "causeway/sdk.hpp"

#include <string>
#include <string_view>

namespace harbour {

namespace sdk = causeway::sdk;

/// Harbour House, an invented support service: writes dates as 02/06/2026, tells by a letter whether a document is news of a
/// referral or the answer to a notice, and answers a referral that it already holds with 409.
class Harbour {
 public:
  static constexpr std::string_view kName = "harbour";
  static constexpr std::string_view kVersion = "1.0.0";
  static constexpr std::string_view kMappings = "mappings";
  static constexpr std::string_view kMessageTypes[] = {"referral.progressed", "notice.confirmed"};
  static constexpr sdk::Setting kSettings[] = {
      {.name = "busy_retry_seconds",
       .description = "How long to wait when the service says that it is busy.",
       .type = sdk::Setting::Type::Number,
       .fallback = "300"},
  };

  explicit Harbour(const sdk::Settings& settings);

  /// harbour.date: "02/06/2026" in `value` becomes "2026-06-02".
  void date(const sdk::Inputs& in, sdk::Outputs& out);
  std::string identify(const sdk::Inputs& in);
  sdk::Verdict classifyReply(const sdk::Inputs& in);

  static constexpr sdk::Converter<Harbour> kConverters[] = {{"harbour.date", &Harbour::date}};

 private:
  int busy_retry_seconds_;
};

}  // namespace harbour
