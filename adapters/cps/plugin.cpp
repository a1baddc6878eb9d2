#include "cps.hpp"

CAUSEWAY_EXPORT_ADAPTER(cps::Cps);
