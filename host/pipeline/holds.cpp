#include "host/pipeline/holds.hpp"

#include "host/pipeline/intake.hpp"
#include "host/pipeline/personal_value.hpp"

#include <algorithm>

namespace causeway::pipeline {
namespace {

constexpr size_t kLongestName = 64, kLongestReason = 300;

bool isAccount(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_';
  });
}

// What the document could not be read for, in the part that is held.
const mapping::Finding* unreadable(const std::vector<mapping::Finding>& findings, int part) {
  const auto found = std::ranges::find_if(findings, [&](const mapping::Finding& finding) {
    return (finding.code == "bad_value" || finding.code == "missing_part") &&
           (finding.part < 0 || finding.part == part);
  });
  return found == findings.end() ? nullptr : &*found;
}

Failure stillWrong(const std::string& what) {
  return fail(ErrorKind::Refused,
              "nothing was released, because the document still cannot be read: " + what +
                  ". Mend the mapping or its code table and start the host again, or have the sender "
                  "send it corrected and close this one.");
}

}  // namespace

Holds::Holds(std::shared_ptr<const Rulebook> rulebook, mapping::Limits limits, Store& store, Vault& vault,
             Writer& writer, Admitter& admitter)
    : rulebook_(std::move(rulebook)),
      limits_(limits),
      store_(store),
      vault_(vault),
      writer_(writer),
      admitter_(admitter) {}

Result<Ruled> Holds::release(const Ruling& ruling) {
  CW_TRY(const auto hold, openHold(ruling.about));
  CW_TRY(const auto content, about(hold));
  CW_CHECK_OK(check(ruling, content ? &*content : nullptr));
  std::optional<ReadAgain> again;
  if (hold.delivery_id.empty() && hold.follow_up_id.empty()) {
    CW_TRY(again, readAgain(hold));
  }
  return decide([&](Transaction& tx) { return admitter_.release(tx, ruling, again ? &*again : nullptr); });
}

Result<Ruled> Holds::close(const Ruling& ruling) {
  CW_TRY(const auto hold, openHold(ruling.about));
  CW_TRY(const auto content, about(hold));
  CW_CHECK_OK(check(ruling, content ? &*content : nullptr));
  return decide([&](Transaction& tx) { return admitter_.close(tx, ruling); });
}

// A decision that is refused has written nothing, so it is no failure of the writer's; one that the store failed is.
Result<Ruled> Holds::decide(const Decision& decision) {
  Result<Ruled> out =
      fail(ErrorKind::Unavailable, "the store cannot take the decision now; nothing was done, try again");
  const bool stored = writer_.perform(Writer::Operation{[&](Transaction& tx) -> Result<void> {
                                                          auto ruled = decision(tx);
                                                          const bool of_store =
                                                              !ruled && (ruled.error().kind == ErrorKind::Broken ||
                                                                         ruled.error().kind == ErrorKind::Unavailable);
                                                          if (of_store)
                                                            return std::unexpected(std::move(ruled).error());
                                                          out = std::move(ruled);
                                                          return {};
                                                        },
                                                        [&](bool committed) {
                                                          if (committed && out) admitter_.afterCommit(out->admitted);
                                                        },
                                                        {},
                                                        [&] { admitter_.forgetCases(); }});
  if (!stored)
    return fail(ErrorKind::Unavailable, "the store cannot take the decision now; nothing was done, try again");
  return out;
}

Result<void> Holds::check(const Ruling& ruling, const canonical::CanonicalMessage* about) const {
  if (!isAccount(ruling.by))
    return fail(ErrorKind::Invalid,
                "who decides must be named by an account or collar number: letters, digits, '.', '-' and '_', at "
                "most " +
                    std::to_string(kLongestName) + " characters");
  if (ruling.because.empty() || ruling.because.size() > kLongestReason)
    return fail(ErrorKind::Invalid, "say why, in at most " + std::to_string(kLongestReason) + " characters");
  if (const auto found = personalValueIn(ruling.because, about))
    return fail(ErrorKind::Invalid, "the reason holds " + *found +
                                        "; it stands in the audit log for ever, so say it without naming anybody");
  return {};
}

Result<HoldRow> Holds::openHold(const std::string& hold_id) {
  CW_TRY(auto hold, store_.hold(hold_id));
  if (!hold) return fail(ErrorKind::NotFound, "no hold has this number; 'causeway held' lists those that wait");
  if (hold->released_at)
    return fail(ErrorKind::Conflict, "this hold was decided on before, at " + formatInstant(*hold->released_at) +
                                         " by " + hold->released_by + "; nothing was done");
  return *std::move(hold);
}

// What is held, for comparing the reason with it. Nothing when it cannot be read: that must not stop anybody from closing it.
Result<std::optional<canonical::CanonicalMessage>> Holds::about(const HoldRow& hold) {
  CW_TRY(const auto row, store_.message(hold.message_id));
  if (!row) return std::nullopt;
  canonical::CanonicalMessage out;
  for (const auto& scope : {ownScope(row->message_id), row->case_id}) {
    const auto bytes = vault_.open(scope, "canonical:" + row->message_id, row->canonical_sealed);
    if (bytes && out.ParseFromString(*bytes)) return out;
  }
  return std::nullopt;
}

Result<std::string> Holds::rawOf(const MessageRow& row) {
  CW_TRY(const auto parts, store_.messagesOfDocument(row.document_id));
  for (const auto& part : parts) {
    if (part.raw_sealed.empty()) continue;
    for (const auto& scope : {ownScope(part.message_id), part.case_id})
      if (auto raw = vault_.open(scope, "raw:" + row.document_id, part.raw_sealed)) return raw;
  }
  return fail(ErrorKind::NotFound, "the document is not kept any more");
}

// By today's mappings and code tables, which may be what was mended. Nothing when the document is no longer kept and the message, as it
// was read then, may do.
Result<std::optional<ReadAgain>> Holds::readAgain(const HoldRow& hold) {
  CW_TRY(const auto row, store_.message(hold.message_id));
  if (!row) return fail(ErrorKind::Conflict, "the message of this hold is not there");
  const auto* sender = rulebook_->partner(row->sender);
  const auto raw = rawOf(*row);
  if (!raw || !sender) {
    if (row->reason != "bad_value" && row->reason != "missing_part") return std::nullopt;
    return stillWrong(sender ? "it is not kept any more" : "its sender is no longer configured");
  }
  mapping::Reader reader(*rulebook_->library, limits_);
  const auto kept = mapping::splitContentType(*raw);
  Incoming incoming{.identity = {}, .body = std::string(kept.body), .source_id = {}};
  incoming.content_type = kept.content_type;
  auto prepared = prepare(*rulebook_, *sender, reader, incoming, row->received_at);
  if (prepared.outcome != "accepted") return stillWrong(prepared.why);
  const auto& messages = prepared.decoded.reading.messages;
  const auto same = std::ranges::find_if(messages, [&](const auto& message) { return message->part() == row->part; });
  if (same == messages.end()) return stillWrong("it no longer has the part that is held");
  if (const auto* finding = unreadable(prepared.decoded.reading.findings, static_cast<int>(same - messages.begin())))
    return stillWrong(finding->path + ": " + finding->text);
  ReadAgain out{**same, std::move(prepared.decoded.papers)};
  out.message.set_message_id(row->message_id);
  CW_TRY(const auto before, about(hold));
  if (before && before->has_source_message_id()) out.message.set_source_message_id(before->source_message_id());
  return out;
}

}  // namespace causeway::pipeline
