#include "host/plugin/loader.hpp"

#include "host/plugin/library.hpp"
#include "host/plugin/loaded_adapter.hpp"

namespace causeway::plugin {

Result<std::unique_ptr<pipeline::Adapter>> loadAdapter(const AdapterSource& source, const Trust& trust,
                                                       AdapterLog log) {
  CW_TRY(auto library,
         AdapterLibrary::open(source.file, trust,
                              {.minimum_version = source.minimum_version, .isolation = source.isolation}));
  return LoadedAdapter::start(std::move(library), source.settings, std::move(log));
}

}  // namespace causeway::plugin
