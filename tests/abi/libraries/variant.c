/* One plain adapter; what the build defines makes it a wrong one. */
#include "causeway_plugin.h"

#ifndef SIZE
#define SIZE sizeof(cw_adapter)
#endif
#ifndef MAJOR
#define MAJOR CW_ABI_MAJOR
#endif
#ifndef MINOR
#define MINOR CW_ABI_MINOR
#endif
#ifndef NAME
#define NAME "variant"
#endif
#ifndef VERSION
#define VERSION "1.2.0"
#endif
#ifndef CAPABILITIES
#define CAPABILITIES CW_CAN_CONVERT
#endif
#ifndef CONVERTER
#define CONVERTER NAME ".echo"
#endif
#ifndef MAPPINGS
#define MAPPINGS ""
#endif
#ifndef STATUS
#define STATUS CW_OK
#endif
#ifndef ANSWER
#define ANSWER VERSION
#endif

#ifdef NO_CREATE
#define CREATE NULL
#else
#define CREATE create
static cw_status create(const cw_host* host, cw_fields settings, cw_sink error, void** self) {
  static const cw_str why = CW_STR("the service has no account for this force");
  (void)host, (void)settings, (void)self;
  if (STATUS != CW_OK) error.put(error.ctx, why);
  return STATUS;
}
#endif

static void destroy(void* self) { (void)self; }

static cw_status convert(void* self, cw_str converter, cw_fields inputs, cw_field_sink out, cw_sink error) {
  static const cw_str name = CW_STR("value");
  static const cw_str value = CW_STR(ANSWER);
  (void)self, (void)converter, (void)inputs, (void)error;
  out.put(out.ctx, name, value);
  return CW_OK;
}

static const cw_str converters[] = {CW_STR(CONVERTER)};

const cw_adapter causeway_adapter = {
    .size = SIZE,
    .abi_major = MAJOR,
    .abi_minor = MINOR,
    .capabilities = CAPABILITIES,
    .name = CW_STR(NAME),
    .version = CW_STR(VERSION),
    .mappings = CW_STR(MAPPINGS),
    .converters = converters,
    .converter_count = 1,
    .create = CREATE,
    .destroy = destroy,
    .convert = convert,
};
