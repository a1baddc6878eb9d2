#include "host/plugin/instance.hpp"

#include "plugins/sdk/causeway/collectors.hpp"

#include <algorithm>

namespace causeway::plugin {
namespace {

// Values shorter than this are codes and flags that occur in honest sentences.
constexpr size_t kShortestBlanked = 4;

void blank(std::string& text, std::string_view value) {
  if (value.size() < kShortestBlanked) return;
  for (size_t at = text.find(value); at != std::string::npos; at = text.find(value, at))
    text.replace(at, value.size(), "***");
}

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
  sdk::TextCollector error;
  cw_status status = CW_BROKEN;
  std::string thrown;
  try {
    status = blueprint_.table.create(&host_, sdk::fieldsOf(blueprint_.settings, fields_), error.sink(), &self_);
  } catch (const std::exception&) {
    thrown = "threw an exception, which the plugin contract forbids";
  } catch (...) {
    thrown = "threw something that is not an exception, which the plugin contract forbids";
  }
  created_ = status == CW_OK;
  if (!created_) return failed(status, "create", thrown.empty() ? error.text() : thrown);
  return {};
}

std::string Instance::blanked(std::string text) const {
  if (running_) {
    for (const auto& [name, value] : *running_) blank(text, value);
  }
  for (const auto& [name, value] : blueprint_.settings) {
    if (std::ranges::find(blueprint_.sensitive, name) != blueprint_.sensitive.end()) blank(text, value);
  }
  return text;
}

void Instance::onLog(void* ctx, std::int32_t level, cw_str line) noexcept {
  auto& self = *static_cast<Instance*>(ctx);
  if (!self.blueprint_.log || ++self.log_lines_ > CW_MAX_LOG_LINES) return;
  try {
    const auto known_level = std::clamp<std::int32_t>(level, CW_LOG_DEBUG, CW_LOG_WARNING);
    self.blueprint_.log(self.blueprint_.name, known_level, self.blanked(sdk::printable(sdk::viewOf(line))));
  } catch (...) {  // a log line is not worth a message
  }
}

Failure Instance::failed(cw_status status, std::string_view what, std::string text) {
  const bool known = status == CW_REJECTED || status == CW_RETRY || status == CW_BROKEN;
  if (!known) text = "answered with a status that the plugin contract does not know";
  else if (text.empty()) text = "failed without saying why";
  const auto kind = status == CW_REJECTED ? ErrorKind::Invalid
                    : status == CW_RETRY  ? ErrorKind::Unavailable
                                          : ErrorKind::Broken;
  if (kind == ErrorKind::Broken) fit_ = false;
  return fail(kind, blanked(std::move(text)), "adapter " + blueprint_.name + ": " + std::string(what));
}

template <class Call>
Result<pipeline::Fields> Instance::run(std::string_view what, const pipeline::Fields& fields, Call call) {
  sdk::FieldCollector out;
  sdk::TextCollector error;
  log_lines_ = 0;
  running_ = &fields;
  struct Ended {
    const pipeline::Fields*& running;
    ~Ended() { running = nullptr; }
  } ended{running_};
  cw_status status = CW_BROKEN;
  try {
    status = call(sdk::fieldsOf(fields, fields_), out.sink(), error.sink());
  } catch (const std::exception&) {
    return failed(CW_BROKEN, what, "threw an exception, which the plugin contract forbids");
  } catch (...) {
    return failed(CW_BROKEN, what, "threw something that is not an exception, which the plugin contract forbids");
  }
  if (status != CW_OK) return failed(status, what, error.text());
  if (!out.breach().empty()) return failed(CW_BROKEN, what, out.breach());
  return out.take();
}

Result<pipeline::Fields> Instance::call(cw_hook hook, std::string_view what, const pipeline::Fields& fields) {
  return run(what, fields, [&](cw_fields in, cw_field_sink out, cw_sink error) { return hook(self_, in, out, error); });
}

Result<pipeline::Fields> Instance::convert(std::string_view converter, const pipeline::Fields& inputs) {
  return run(converter, inputs, [&](cw_fields in, cw_field_sink out, cw_sink error) {
    return blueprint_.table.convert(self_, sdk::strOf(converter), in, out, error);
  });
}

}  // namespace causeway::plugin
