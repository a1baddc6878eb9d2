#include "meeting.hpp"

CAUSEWAY_EXPORT_ADAPTER(meeting::Meeting);
