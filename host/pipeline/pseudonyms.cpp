#include "host/pipeline/pseudonyms.hpp"

#include "host/base/text.hpp"

namespace causeway::pipeline {

protection::Pseudonyms pseudonymsBy(const Vault& vault) {
  return [&vault](std::string_view recipient, std::string_view value) {
    constexpr size_t digits = 32;
    return hex(vault.blindIndex("pseudonym for " + std::string(recipient), value)).substr(0, digits);
  };
}

}  // namespace causeway::pipeline
