#pragma once

#include "host/base/result.hpp"
#include "host/pipeline/adapters.hpp"
#include "host/plugin/child_worker.hpp"
#include "host/plugin/trust.hpp"
#include "host/plugin/worker.hpp"

#include <memory>
#include <string>

namespace causeway::plugin {

/// What an installation says about one adapter.
struct AdapterSource {
  std::string file = {};             ///< the library; `<file>.manifest.json` and `<file>.manifest.sig` lie beside it
  pipeline::Fields settings = {};    ///< as configuration gives them; checked against what the adapter declares
  std::string minimum_version = {};  ///< refuse an older one, even when it is signed; empty: any
  Isolation isolation = {};          ///< run it in processes of its own; not wanted by default
};

/// Loads, checks and starts an adapter. The error's `where` is the file and its `what` the reason, to be shown to whoever
/// installs it; its kind is that of AdapterLibrary::open, or Invalid for settings. An adapter that was loaded stays in the
/// process until its end: to replace one, restart the host.
Result<std::unique_ptr<pipeline::Adapter>> loadAdapter(const AdapterSource& source, const Trust& trust,
                                                       AdapterLog log = {});

}  // namespace causeway::plugin
