#include "host/plugin/instance.hpp"

#include "plugins/sdk/causeway/collectors.hpp"

#include <algorithm>

namespace causeway::plugin {
namespace {

constexpr std::string_view kThrew = "threw an exception, which the plugin contract forbids";
constexpr std::string_view kThrewOther = "threw something that is not an exception, which the plugin contract forbids";

const pipeline::Fields kNoFields;

}  // namespace

Instance::Instance(const Blueprint& blueprint) : blueprint_(blueprint) {
  host_ = {sizeof(cw_host), CW_ABI_MAJOR, CW_ABI_MINOR, 0, this, &Instance::onLog};
}

Instance::~Instance() {
  if (!created_) return;
  try {
    blueprint_.table.destroy(self_);
  } catch (...) {  // the contract forbids it; nothing is left to save
  }
}

Result<std::unique_ptr<Instance>> Instance::create(const Blueprint& blueprint) {
  std::unique_ptr<Instance> instance(new Instance(blueprint));
  CW_CHECK_OK(instance->start());
  return instance;
}

Result<void> Instance::start() {
  const std::string where = "adapter " + blueprint_.name + ": create";
  sdk::TextCollector error;
  cw_status status = CW_BROKEN;
  try {
    status = blueprint_.table.create(&host_, sdk::fieldsOf(blueprint_.settings, fields_), error.sink(), &self_);
  } catch (const std::exception&) {
    return failed(CW_BROKEN, std::string(kThrew), where);
  } catch (...) {
    return failed(CW_BROKEN, std::string(kThrewOther), where);
  }
  created_ = status == CW_OK;
  if (!created_) return failed(status, error.text(), where);
  return {};
}

void Instance::onLog(void* ctx, std::int32_t level, cw_str line) noexcept {
  auto& self = *static_cast<Instance*>(ctx);
  if (!self.blueprint_.log || ++self.log_lines_ > CW_MAX_LOG_LINES) return;
  try {
    const auto known_level = std::clamp<std::int32_t>(level, CW_LOG_DEBUG, CW_LOG_WARNING);
    const auto& fields = self.running_ ? *self.running_ : kNoFields;
    self.blueprint_.log(self.blueprint_.name, known_level,
                        blanked(sdk::printable(sdk::viewOf(line)), fields, self.blueprint_));
  } catch (...) {  // a log line is not worth a message
  }
}

Failure Instance::failed(cw_status status, std::string text, std::string where) {
  const bool known = status == CW_REJECTED || status == CW_RETRY || status == CW_BROKEN;
  if (!known) text = "answered with a status that the plugin contract does not know";
  else if (text.empty()) text = "failed without saying why";
  const auto kind = status == CW_REJECTED ? ErrorKind::Invalid
                    : status == CW_RETRY  ? ErrorKind::Unavailable
                                          : ErrorKind::Broken;
  if (kind == ErrorKind::Broken) fit_ = false;
  return fail(kind, blanked(std::move(text), running_ ? *running_ : kNoFields, blueprint_), std::move(where));
}

cw_status Instance::run(Hook hook, cw_str converter, cw_field_sink out, cw_sink error) {
  const auto& table = blueprint_.table;
  const cw_fields in = sdk::fieldsOf(*running_, fields_);
  switch (hook) {
    case Hook::Identify: return table.identify(self_, in, out, error);
    case Hook::Wrap: return table.wrap(self_, in, out, error);
    case Hook::ClassifyReply: return table.classify_reply(self_, in, out, error);
    case Hook::Convert: break;
  }
  return table.convert(self_, converter, in, out, error);
}

Result<pipeline::Fields> Instance::call(Hook hook, std::string_view converter, const pipeline::Fields& fields) {
  sdk::FieldCollector out;
  sdk::TextCollector error;
  log_lines_ = 0;
  running_ = &fields;
  struct Ended {
    const pipeline::Fields*& running;
    ~Ended() { running = nullptr; }
  } ended{running_};
  const auto where = [&] { return placeOf(blueprint_, hook, converter); };
  cw_status status = CW_BROKEN;
  try {
    status = run(hook, sdk::strOf(converter), out.sink(), error.sink());
  } catch (const std::exception&) {
    return failed(CW_BROKEN, std::string(kThrew), where());
  } catch (...) {
    return failed(CW_BROKEN, std::string(kThrewOther), where());
  }
  if (status != CW_OK) return failed(status, error.text(), where());
  if (!out.breach().empty()) return failed(CW_BROKEN, out.breach(), where());
  return out.take();
}

}  // namespace causeway::plugin
