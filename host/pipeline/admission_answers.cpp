#include "host/care/referral_moves.hpp"
#include "host/pipeline/admission.hpp"
#include "host/pipeline/case_links.hpp"

#include <algorithm>

// What somebody answers to something that we sent: which case it belongs to, and whether it can be true.
namespace causeway::pipeline {
namespace {

// The partner to whom the case says that this referral went, when that is somebody else.
bool isAnothersReferral(const Rulebook& rulebook, const canonical::Case& whole,
                        const canonical::CanonicalMessage& message) {
  const auto anothers = [&](const canonical::Referral& said, const canonical::Referral& known) {
    return known.id() == said.id() && known.organisation() != message.source_system() &&
           rulebook.partner(known.organisation()) != nullptr;
  };
  const auto* sender = rulebook.partner(message.source_system());
  if (!sender || sender->audience == "police") return false;
  for (const auto& party : message.case_().parties())
    for (const auto& said : party.referrals())
      for (const auto& other : whole.parties())
        if (std::ranges::any_of(other.referrals(), [&](const auto& known) { return anothers(said, known); }))
          return true;
  return false;
}

}  // namespace

// The delivery that a message answers, when it went to whoever answers it and is not mixed with tests.
Result<std::string> Admitter::answeredCase(Transaction& tx, const canonical::CanonicalMessage& message) {
  if (message.in_reply_to().empty()) return std::string();
  CW_TRY(const auto delivery, tx.findDelivery(message.in_reply_to()));
  if (!delivery || delivery->recipient != message.source_system()) return std::string();
  CW_TRY(const auto case_id, leadOf(tx, delivery->case_id));
  CW_TRY(const auto row, tx.loadCase(case_id));
  return row && row->test == message.test() ? case_id : std::string();
}

// Found out before the document counts as admitted: a service that is told "not now" may send the same event again later.
Result<std::string> Admitter::refusedStep(Transaction& tx, const Document& document) {
  if (document.messages.size() != 1) return std::string();
  const auto& message = *document.messages.front();
  const bool answers =
      std::ranges::any_of(message.case_().parties(), [](const auto& party) { return !party.referrals().empty(); });
  const auto keys = answers ? keysOf(message.case_(), message.test()) : std::vector<CaseKey>();
  if (keys.empty()) return std::string();
  CW_TRY(const auto cases, casesFor(tx, message, keys));
  if (cases.size() != 1) return std::string();
  CW_TRY(const auto sides, sidesOf(tx, message, cases.front()));
  auto known = loadCase(tx, sides.front().case_id);
  if (!known && known.error().kind == ErrorKind::Refused) return std::string();
  if (!known) return std::unexpected(std::move(known).error());
  const auto& whole = (*known)->record.case_();
  // Nothing tells one service that another has a referral of this number.
  if (isAnothersReferral(*rulebook_, whole, message)) return std::string("no referral of that number was sent to you");
  return care::refusedMoves(whole, message);
}

}  // namespace causeway::pipeline
