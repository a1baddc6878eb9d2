#pragma once

#include "host/pipeline/vault.hpp"
#include "host/protection/transform.hpp"

namespace causeway::pipeline {

/// Pseudonyms by the keys of the installation (`keys` of the main file): the same value is the same pseudonym for one recipient, for ever,
/// and tells nothing to another, or to anybody without the keys. 32 hexadecimal digits. The vault must outlive it.
protection::Pseudonyms pseudonymsBy(const Vault& vault);

}  // namespace causeway::pipeline
