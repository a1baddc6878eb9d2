#pragma once

#include "host/model/case.pb.h"

#include <optional>
#include <string>
#include <string_view>

namespace causeway::pipeline {

/// Whether a text that somebody wrote for the audit log says what may not stand there: a long number, an e-mail address, or a value
/// of the message that it is about which tells who somebody is or where. The answer says what was found, never the value; nothing when
/// the text may stand. It finds what it knows, so it supports the rule for people and does not replace it.
std::optional<std::string> personalValueIn(std::string_view text, const canonical::CanonicalMessage* about);

}  // namespace causeway::pipeline
