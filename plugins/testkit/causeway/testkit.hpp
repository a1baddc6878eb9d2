#pragma once

#include "causeway/collectors.hpp"
#include "causeway/sdk.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Tests an adapter without a host:
///
///   testkit::Host host(sdk::kTable<Courts>, {{"zone", "Europe/London"}});
///   const auto answer = host.convert("courts.local_time", {{"date", "2026-06-02"}, {"time", "10:00"}});
///   EXPECT_TRUE(answer.ok()) << answer.text();
///   EXPECT_EQ(answer["value"], "2026-06-02T09:00:00Z");
///
/// It holds the adapter to the same contract as the real host, and is stricter in one thing: an error or a log line that
/// holds a value of the input is a problem here, where the real host only blanks it.
namespace causeway::testkit {

using sdk::NamedTexts;

/// What one call answered.
struct Answer {
  cw_status status = CW_BROKEN;
  NamedTexts fields;                  ///< in the order they were put; empty unless the status is CW_OK
  std::string error;                  ///< what the adapter says is wrong
  std::vector<std::string> problems;  ///< breaches of the contract in this call; a good adapter has none

  /// The call succeeded and kept the contract.
  bool ok() const { return status == CW_OK && problems.empty(); }
  /// The first value under a name; empty when there is none.
  std::string_view operator[](std::string_view name) const;
  /// Status, error, problems and fields for the message of a failed expectation.
  std::string text() const;
};

/// Stands in for the host around one instance of an adapter.
class Host {
 public:
  /// Checks the table and the settings and makes an instance. `table` must outlive the Host.
  explicit Host(const cw_adapter& table, NamedTexts settings = {});
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// Why the adapter does not start: breaches of the table, problems of the settings, what `create` says. Empty: it started.
  const std::vector<std::string>& problems() const { return problems_; }
  bool started() const { return problems_.empty(); }

  // Calls. On an adapter that did not start, or without the hook, the answer is CW_BROKEN with a problem.
  Answer convert(std::string_view converter, const NamedTexts& inputs);
  Answer identify(const NamedTexts& fields);
  Answer wrap(const NamedTexts& fields);
  Answer classifyReply(const NamedTexts& fields);

  /// Every line that the adapter logged.
  const std::vector<std::string>& log() const { return log_; }

 private:
  static void onLog(void* ctx, int32_t level, cw_str line) noexcept;
  void start(const NamedTexts& settings);
  template <class Call>
  Answer run(bool has_hook, std::string_view hook, const NamedTexts& inputs, Call call);

  const cw_adapter& table_;
  cw_host host_{};
  void* self_ = nullptr;
  bool created_ = false;
  std::vector<std::string> problems_;
  std::vector<std::string> log_;
};

}  // namespace causeway::testkit
