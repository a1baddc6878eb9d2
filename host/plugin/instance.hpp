#pragma once

#include "host/plugin/worker.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::plugin {

/// One instance of an adapter in this process.
class Instance final : public Worker {
 public:
  /// Calls the adapter's `create`. Invalid when it rejects the settings, Unavailable when it asks to be tried again, Broken.
  static Result<std::unique_ptr<Instance>> create(const Blueprint& blueprint);
  ~Instance() override;
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  /// The table must have the hook.
  Result<pipeline::Fields> call(Hook hook, std::string_view converter, const pipeline::Fields& fields) override;
  bool fit() const override { return fit_; }

 private:
  explicit Instance(const Blueprint& blueprint);
  static void onLog(void* ctx, std::int32_t level, cw_str line) noexcept;
  Result<void> start();
  cw_status run(Hook hook, cw_str converter, cw_field_sink out, cw_sink error);
  Failure failed(cw_status status, std::string text, std::string where);

  const Blueprint& blueprint_;
  cw_host host_{};
  void* self_ = nullptr;
  bool created_ = false;
  bool fit_ = true;
  std::uint32_t log_lines_ = 0;                ///< of the running call
  const pipeline::Fields* running_ = nullptr;  ///< fields of the running call
  std::vector<cw_field> fields_;               ///< reused by every call
};

}  // namespace causeway::plugin
