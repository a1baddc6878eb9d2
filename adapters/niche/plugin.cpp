#include "niche.hpp"

CAUSEWAY_EXPORT_ADAPTER(niche::Niche);
