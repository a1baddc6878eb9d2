#include "probation.hpp"

CAUSEWAY_EXPORT_ADAPTER(probation::Probation);
