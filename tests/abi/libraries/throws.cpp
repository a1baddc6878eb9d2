// C++ without the SDK, so that nothing stops its exceptions from leaving.
#include "causeway_plugin.h"

#include <stdexcept>
#include <string>

namespace {

// "hook" as the only setting's value lets create pass.
const cw_setting kSettings[] = {{.name = CW_STR("where"),
                                 .description = CW_STR("Where to throw."),
                                 .default_value = CW_STR("hook"),
                                 .choices = CW_STR("create|create_number|hook"),
                                 .type = CW_SETTING_CHOICE,
                                 .required = 0,
                                 .sensitive = 0,
                                 .reserved = 0}};
int live_instances = 0;

cw_status create(const cw_host*, cw_fields settings, cw_sink, void** self) {
  const std::string where(settings.items[0].value.data, settings.items[0].value.size);
  if (where == "create") throw std::runtime_error("thrown by create");
  if (where == "create_number") throw 42;
  ++live_instances;
  *self = &live_instances;
  return CW_OK;
}

void destroy(void*) { --live_instances; }

cw_status identify(void*, cw_fields fields, cw_field_sink, cw_sink) {
  const std::string root(fields.items[0].value.data, fields.items[0].value.size);
  if (root.empty()) return CW_OK;
  throw std::out_of_range("no such type: " + root);
}

cw_status wrap(void*, cw_fields, cw_field_sink out, cw_sink) {
  const std::string count = std::to_string(live_instances);
  out.put(out.ctx, CW_STR("live_instances"), {count.data(), count.size()});
  return CW_OK;
}

cw_status classifyReply(void*, cw_fields, cw_field_sink, cw_sink) { throw 42; }

}  // namespace

constinit const cw_adapter causeway_adapter = {.size = sizeof(cw_adapter),
                                               .abi_major = CW_ABI_MAJOR,
                                               .abi_minor = CW_ABI_MINOR,
                                               .capabilities = CW_CAN_IDENTIFY | CW_CAN_WRAP | CW_CAN_CLASSIFY_REPLY,
                                               .name = CW_STR("throws"),
                                               .version = CW_STR("1.0.0"),
                                               .mappings = CW_STR(""),
                                               .settings = kSettings,
                                               .setting_count = 1,
                                               .message_types = nullptr,
                                               .message_type_count = 0,
                                               .converters = nullptr,
                                               .converter_count = 0,
                                               .create = create,
                                               .destroy = destroy,
                                               .identify = identify,
                                               .wrap = wrap,
                                               .classify_reply = classifyReply,
                                               .convert = nullptr};
