#pragma once

#include "host/base/log.hpp"
#include "host/pipeline/writer.hpp"

namespace causeway::app {

/// What the writer tells the world, once for each change: a line of the log.
void tellState(Log& log, pipeline::Writer::State state, const Error& why);

}  // namespace causeway::app
