#pragma once

#include "host/base/clock.hpp"
#include "host/protection/policy.hpp"

namespace causeway::protection {

/// The type of message that asks somebody else for what they hold about a victim.
inline constexpr std::string_view kInformationRequest = "victim_information.requested";

/// Rule A29: what must be on record for each request of such a message before it may be sent; no policy can set it aside. Nothing for
/// every other type.
///   request_incomplete: about whom, of whom, who asks with authority, the kind of information, why it is believed to be held, the line of
///     enquiry, why it is necessary and proportionate, what is asked for, why, and how it will be dealt with
///   presumption_stands: counselling information, and not both why it is likely to be of substantial probative value and why the
///     presumption that it is not needed does not hold
///   no_notice: nobody (the victim, a parent, somebody for an adult who lacks capacity) was told of it by now, and no exception is given
/// A code that no list knows counts as not said.
std::optional<Hold> holdForInformationRequest(const canonical::CanonicalMessage& message, Instant now);

}  // namespace causeway::protection
