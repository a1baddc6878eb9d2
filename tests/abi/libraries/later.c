/* What an adapter of a later minor version looks like to this host: the same members, and more behind them. */
#define causeway_adapter known_adapter
#include "causeway_plugin.h"
#undef causeway_adapter

typedef struct later_adapter {
  cw_adapter known;
  cw_hook poll;
  cw_hook drain;
} later_adapter;

static cw_status create(const cw_host* host, cw_fields settings, cw_sink error, void** self) {
  (void)host, (void)settings, (void)error, (void)self;
  return CW_OK;
}

static void destroy(void* self) { (void)self; }

static cw_status unknown_hook(void* self, cw_fields fields, cw_field_sink out, cw_sink error) {
  (void)self, (void)fields, (void)out, (void)error;
  return CW_BROKEN;
}

CW_EXPORT extern const later_adapter causeway_adapter;
const later_adapter causeway_adapter = {
    .known = {.size = sizeof(later_adapter),
              .abi_major = CW_ABI_MAJOR,
              .abi_minor = CW_ABI_MINOR + 7,
              .name = CW_STR("later"),
              .version = CW_STR("3.1"),
              .create = create,
              .destroy = destroy},
    .poll = unknown_hook,
    .drain = unknown_hook,
};
