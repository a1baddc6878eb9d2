#include "harbour.hpp"

CAUSEWAY_EXPORT_ADAPTER(harbour::Harbour);
