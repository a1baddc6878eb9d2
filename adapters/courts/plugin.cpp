#include "courts.hpp"

CAUSEWAY_EXPORT_ADAPTER(courts::Courts);
