#pragma once

#include "host/security/signing.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace causeway::security {

/// Checks the signatures of many heads on all processors. Ask in the order of the heads.
class HeadSignatures {
 public:
  struct Head {
    std::int64_t after = 0;  ///< the head before it has so many leaves
    std::int64_t size = 0;
    std::int64_t place = 0;  ///< so many heads come before it
    std::string text;        ///< what is signed
    std::string signature;
  };

  /// To be checked with this key.
  void add(Head head, std::shared_ptr<const PublicKey> key);
  /// The first head whose signature is not good, of all that were added; nothing when all are.
  const std::optional<Head>& settle();

 private:
  struct Task {
    Head head;
    std::shared_ptr<const PublicKey> key;
  };
  std::vector<Task> tasks_;
  std::optional<Head> bad_;
};

}  // namespace causeway::security
