#pragma once

#include <string>
#include <string_view>

namespace referral {

/// A reference that two people can say to each other: two letters without I and O, four figures, two letters of the service. Made of
/// the id, so that a referral has one reference however often it is written. Empty when the id is empty.
std::string shortReference(std::string_view id, std::string_view service);

}  // namespace referral
