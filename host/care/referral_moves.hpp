#pragma once

#include "host/model/case.pb.h"

#include <span>
#include <string>
#include <string_view>

namespace causeway::care {

/// One step that a referral may take, and who may take it. Published for partners in mappings/referral/profile/moves.json; a test holds
/// the two together.
struct ReferralMove {
  std::string_view from, to;
  bool by_partner = false;
};
std::span<const ReferralMove> referralMoves();

/// Why a referral may not go from one state to another, with the steps that it may take; empty when it may. Of a referral that went out
/// and of which nothing was heard the state is "sent". A service that answers has received it, so its first answer may be any step from
/// "received" too.
std::string refusedMove(std::string_view from, std::string_view to, bool by_partner);

/// The same for every referral that a message speaks of, against the case as it stands. Messages of services move as the partner,
/// everybody else as the referrer.
std::string refusedMoves(const canonical::Case& whole, const canonical::CanonicalMessage& message);

}  // namespace causeway::care
