#pragma once

#include "host/base/result.hpp"

namespace causeway::plugin {

/// What the child process of an adapter may still ask of the kernel.
enum class Lockdown {
  Loading,  ///< reading files and mapping code, for the dynamic loader
  Running,  ///< its socket, memory without new code, the clock; nothing else
};

/// Gives up everything else, for ever: no sockets, processes, files to write, signals to others; then, when running, no files at
/// all. Whatever asks for more is killed with SIGSYS. Call with Loading before any code of the adapter, with Running before its
/// first call. Broken when this kernel cannot do it; then nothing may be loaded.
Result<void> lockDown(Lockdown stage);

}  // namespace causeway::plugin
