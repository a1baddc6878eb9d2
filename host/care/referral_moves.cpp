#include "host/care/referral_moves.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

constexpr ReferralMove kMoves[] = {{"sent", "received", true},        {"sent", "declined", true},
                                   {"sent", "withdrawn", false},      {"sent", "entered_in_error", false},
                                   {"received", "accepted", true},    {"received", "declined", true},
                                   {"received", "withdrawn", false},  {"received", "entered_in_error", false},
                                   {"accepted", "on_hold", true},     {"accepted", "contacted", true},
                                   {"accepted", "closed", true},      {"accepted", "withdrawn", false},
                                   {"on_hold", "accepted", true},     {"on_hold", "closed", true},
                                   {"on_hold", "withdrawn", false},   {"contacted", "contacted", true},
                                   {"contacted", "engaged", true},    {"contacted", "closed", true},
                                   {"contacted", "withdrawn", false}, {"engaged", "closed", true},
                                   {"engaged", "on_hold", true}};

bool may(std::string_view from, std::string_view to, bool by_partner) {
  return std::ranges::any_of(kMoves, [&](const ReferralMove& move) {
    return move.from == from && move.to == to && move.by_partner == by_partner;
  });
}

bool isOfPartner(std::string_view type) {
  return type == "referral.progressed" || type == "scheme.answered" || type == "liaison_officer.assigned";
}

// Whatever was asked for and not heard of since has been sent.
std::string_view asSent(std::string_view state) { return state.empty() || state == "requested" ? "sent" : state; }

const canonical::Referral* known(const canonical::Case& whole, std::string_view id) {
  for (const auto& party : whole.parties())
    for (const auto& referral : party.referrals())
      if (referral.id() == id) return &referral;
  return nullptr;
}

}  // namespace

std::span<const ReferralMove> referralMoves() { return kMoves; }

std::string refusedMove(std::string_view from, std::string_view to, bool by_partner) {
  from = asSent(from);
  if (may(from, to, by_partner)) return {};
  if (by_partner && from == "sent" && may("received", to, true)) return {};
  std::string allowed;
  for (const auto& move : kMoves)
    if (move.from == from && move.by_partner == by_partner)
      allowed += (allowed.empty() ? "" : ", ") + std::string(move.to);
  return "the referral is '" + std::string(from) + "' and cannot become '" + std::string(to) + "'; " +
         (allowed.empty() ? "nothing can follow: send a new referral" : "what can follow: " + allowed);
}

std::string refusedMoves(const canonical::Case& whole, const canonical::CanonicalMessage& message) {
  for (const auto& party : message.case_().parties())
    for (const auto& said : party.referrals()) {
      const auto* referral = known(whole, said.id());
      const bool begins = said.state() == "requested" || said.state() == "sent";
      if (said.state().empty() || (begins && !referral)) continue;
      // Told again as it stands by whoever asked for it: no step at all.
      const bool partner = isOfPartner(message.type());
      if (!partner && referral && (begins || asSent(referral->state()) == said.state())) continue;
      if (auto why = refusedMove(referral ? referral->state() : "", said.state(), partner); !why.empty()) return why;
    }
  return {};
}

}  // namespace causeway::care
