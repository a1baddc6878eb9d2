#pragma once

#include "host/base/result.hpp"
#include "host/pipeline/adapters.hpp"
#include "host/plugin/library.hpp"
#include "host/plugin/worker.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::plugin {

/// An adapter ready for use. Thread-safe: each call borrows an instance that nobody else uses at that time from a pool,
/// which grows to the number of calls that ever ran at once. Threads never wait for one another's calls. Instances of an
/// isolated adapter are processes.
class LoadedAdapter final : public pipeline::Adapter {
 public:
  /// Checks the settings (Invalid, with all problems in one text) and makes the first instance.
  static Result<std::unique_ptr<pipeline::Adapter>> start(std::shared_ptr<AdapterLibrary> library,
                                                          const pipeline::Fields& settings, AdapterLog log);

  const std::string& name() const override { return library_->description().name; }
  const std::string& version() const override { return library_->description().version; }
  const std::string& mappingFolder() const override { return library_->description().mapping_folder; }
  std::vector<std::string> converters() const override { return library_->description().converters; }
  /// NotFound when the adapter has no converter of that name.
  Result<pipeline::Fields> convert(std::string_view converter, const pipeline::Fields& inputs) override;
  bool identifies() const override { return can(CW_CAN_IDENTIFY); }
  /// Empty without the hook.
  Result<std::string> identify(const pipeline::Fields& fields) override;
  /// The fields given, with those of the adapter in their place or behind them; unchanged without the hook.
  Result<pipeline::Fields> wrap(const pipeline::Fields& fields) override;
  /// By the status alone without the hook; see verdictByStatus.
  Result<pipeline::ReplyVerdict> classifyReply(const pipeline::Fields& fields) override;

 private:
  LoadedAdapter(std::shared_ptr<AdapterLibrary> library, pipeline::Fields settings, AdapterLog log);
  Result<std::unique_ptr<Worker>> borrow();
  void giveBack(std::unique_ptr<Worker> instance);
  bool can(std::uint32_t capability) const { return (blueprint_.table.capabilities & capability) != 0; }
  Result<pipeline::Fields> call(Hook hook, std::string_view converter, const pipeline::Fields& fields);
  Failure broken(std::string_view hook, const std::vector<std::string>& breaches) const;

  std::shared_ptr<AdapterLibrary> library_;
  Blueprint blueprint_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Worker>> idle_;  ///< guarded by mutex_
};

}  // namespace causeway::plugin
