#pragma once

#include "host/base/node.hpp"
#include "host/config/partner.hpp"
#include "host/mapping/library.hpp"

namespace causeway::app {

/// Holds what a partner may send and receive to its mappings: each mapping must be there, each type that it may send must be made by one
/// that reads, and each one that reads must make a type that it may send. A type that nothing reads would be refused on the day that it
/// comes, and so would everything that a mapping makes of which nothing is allowed.
void checkFormats(const config::Partner& partner, const mapping::Library& library, Problems& problems);

}  // namespace causeway::app
