#include "causeway_plugin.h"
static cw_status create(const cw_host* host, cw_fields settings, cw_sink error, void** self) {
  (void)host, (void)settings, (void)error, (void)self;
  return CW_OK;
}
static void destroy(void* self) { (void)self; }
const cw_adapter causeway_adapter = {.size = sizeof(cw_adapter),
                                     .abi_major = CW_ABI_MAJOR,
                                     .abi_minor = CW_ABI_MINOR,
                                     .name = CW_STR("tiny"),
                                     .version = CW_STR("1.0.0"),
                                     .create = create,
                                     .destroy = destroy};
