#include "referral.hpp"

CAUSEWAY_EXPORT_ADAPTER(referral::Referral);
