#pragma once

#include "host/base/node.hpp"

#include <optional>

namespace causeway::protection {

/// What is done when a text that a grant lets pass names or locates somebody of whom the recipient may not be told.
enum class FreeText {
  Hold,            ///< a person looks at the message
  Redact,          ///< what is certain or likely is taken out; where something is only possible, a person looks
  RedactPossible,  ///< whatever may be somebody is taken out
  Pass,            ///< not searched: the recipient knows these people anyway
};

/// Reads `hold`, `redact`, `redact_possible`, or `{ do: pass, because: "..." }`, which alone needs a reason. Nothing for a mistake, which
/// is reported.
std::optional<FreeText> loadFreeText(const Node& node, Problems& problems);

}  // namespace causeway::protection
