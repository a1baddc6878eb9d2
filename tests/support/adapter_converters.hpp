#pragma once

#include "host/mapping/converters.hpp"
#include "host/pipeline/adapters.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace causeway::support {

/// Adds the converters of a loaded adapter to those of the mapping engine, as an installation does.
inline void addConverters(const std::shared_ptr<pipeline::Adapter>& adapter, mapping::Converters& converters) {
  for (const auto& name : adapter->converters()) {
    auto call = [adapter, name](mapping::Inputs inputs, mapping::Outputs& outputs) -> Result<void> {
      pipeline::Fields fields;
      for (const auto& item : inputs) fields.emplace_back(item.name, item.value);
      CW_TRY(const auto converted, adapter->convert(name, fields));
      for (const auto& [key, value] : converted) outputs.set(key, value);
      return {};
    };
    const auto added = converters.add(name, std::move(call));
    if (!added) ADD_FAILURE() << added.error().text();
  }
}

}  // namespace causeway::support
