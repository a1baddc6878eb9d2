#include "host/pipeline/rule_trial.hpp"

#include "host/base/text.hpp"
#include "host/pipeline/rights_notices.hpp"
#include "host/pipeline/rule_trial_tally.hpp"

#include <atomic>
#include <mutex>
#include <thread>

namespace causeway::pipeline {
namespace {

using Deliveries = std::vector<TriedDelivery>;

/// One worker's way through the cases.
class Replay {
 public:
  Replay(const TrialParts& parts, TrialTally& tally)
      : parts_(parts), tally_(tally), shared_(both(parts.before.routes->contents(), parts.after.routes->contents())) {}

  Result<void> one(const std::string& case_id) {
    CW_TRY(const auto rows, parts_.store.messagesOfCase(case_id));
    std::map<std::string, const MessageRow*> by_id;
    int wanted = 0;
    for (const auto& row : rows) {
      by_id.emplace(row.message_id, &row);
      // Whom a restriction or an erasure reaches is no matter of rules.
      if (row.received_at < parts_.since || isRightsNotice(row.type)) continue;
      if (hadEffect(row)) ++wanted;
      else tally_.skip(isLoaded(row) ? "message_loaded" : "message_" + std::string(nameOf(row.state)), 1);
    }
    if (wanted == 0) return {};
    CW_TRY(const auto order, orderOf(case_id));
    std::vector<Once> messages;
    for (const auto& id : order) {
      const auto row = by_id.find(id);
      auto message = row == by_id.end() ? std::nullopt : open(case_id, *row->second);
      if (!message) {
        tally_.skip("case_with_unreadable_message", wanted);
        return {};
      }
      messages.push_back({*std::move(message), row->second->received_at >= parts_.since && hadEffect(*row->second)});
    }
    if (order.empty()) {
      tally_.skip("case_unreadable", wanted);
      return {};
    }
    return run(case_id, messages);
  }

 private:
  /// A message of then, and whether somebody could be told of it.
  struct Once {
    canonical::CanonicalMessage message;
    bool told;
  };
  using Contents = std::set<std::string, std::less<>>;

  static Contents both(const Contents& a, const Contents& b) {
    Contents out;
    for (const auto& one : a)
      if (b.contains(one)) out.insert(one);
    return out;
  }

  // Whatever had no effect on the case then has none now.
  static bool hadEffect(const MessageRow& row) {
    if (isLoaded(row)) return false;
    return row.state == MessageState::InFlight || row.state == MessageState::Done ||
           (row.state == MessageState::Held && row.reason == "deliveries_held");
  }

  // The snapshot says in which order its messages were folded, whichever came first.
  Result<std::vector<std::string>> orderOf(const std::string& case_id) {
    CW_TRY(const auto row, parts_.store.findCase(case_id));
    const auto bytes = row ? parts_.vault.open(case_id, "snapshot", row->snapshot_sealed)
                           : Result<std::string>(fail(ErrorKind::NotFound, "no such case"));
    canonical::CaseRecord record;
    if (!bytes || !record.ParseFromString(*bytes)) return std::vector<std::string>{};
    return std::vector<std::string>(record.message_ids().begin(), record.message_ids().end());
  }

  std::optional<canonical::CanonicalMessage> open(const std::string& case_id, const MessageRow& row) {
    const auto context = "canonical:" + row.message_id;
    auto bytes = parts_.vault.open(case_id, context, row.canonical_sealed);
    // What waited for its case is sealed under a key of its own still.
    if (!bytes) bytes = parts_.vault.open("message:" + row.message_id, context, row.canonical_sealed);
    canonical::CanonicalMessage out;
    if (!bytes || !out.ParseFromString(*bytes)) return std::nullopt;
    return out;
  }

  Result<void> run(const std::string& case_id, const std::vector<Once>& messages) {
    canonical::CaseRecord record;
    record.mutable_case_()->set_case_id(case_id);
    for (const auto& [message, told] : messages) {
      CW_TRY(const auto received, parseInstant(message.received_at()));
      auto folded = fold(parts_.before, record, message);
      if (!folded) {
        tally_.skip("message_not_placed", 1);
        continue;
      }
      if (told) {
        tally_.add(received);
        for (const auto& event : folded->events) compare({record, *folded, event, message, received});
      }
      record = std::move(folded->record);
      record.mutable_case_()->set_case_id(case_id);
    }
    tally_.addCase();
    return {};
  }

  struct Moment {
    const canonical::CaseRecord& before;
    const care::Folded& folded;
    const care::Event& event;
    const canonical::CanonicalMessage& message;
    Instant received;
  };

  void compare(const Moment& at) {
    std::optional<canonical::CanonicalMessage> focused, earlier;
    const auto of = [&](const Rulebook& rulebook, bool shared_too) {
      if (!focused) focused = care::focus(at.folded.record.case_(), at.event, at.message);
      routing::Asked asked;
      if (!shared_too) asked.without = &shared_;
      if (parts_.as_of) asked.valid_on = toLondon(*parts_.as_of).date;
      if (rulebook.routes->looksBack(at.event.type)) {
        if (!earlier) earlier = care::focus(at.before.case_(), at.event, at.message);
        asked.before = &*earlier;
      }
      return rulebook.routes->route(*focused, at.received, asked);
    };
    const auto before = of(parts_.before, false), after = of(parts_.after, false);
    if (before.drafts.empty() && after.drafts.empty()) return;
    const auto was = decided(parts_.before, before, at), is = decided(parts_.after, after, at);
    // A rule that both sets share may tell whom a changed one tells no more.
    const auto stillTold = [&](const TriedDelivery& lost) {
      const auto all = of(parts_.after, true);
      return std::ranges::any_of(all.drafts, [&](const routing::Draft& draft) {
        return draft.live && draft.recipient == lost.recipient && draft.type == lost.type &&
               std::ranges::equal(draft.message.about(), lost.about);
      });
    };
    tally_.compare(was, is, stillTold);
  }

  Deliveries decided(const Rulebook& rulebook, const routing::Routed& routed, const Moment& at) {
    Deliveries out;
    for (const auto& draft : routed.drafts) {
      TriedDelivery one;
      one.message_id = at.message.message_id();
      one.recipient = draft.recipient;
      one.type = draft.type;
      one.purpose = draft.purpose;
      one.rule = draft.rule;
      one.about = {draft.message.about().begin(), draft.message.about().end()};
      one.live = draft.live;
      one.statutory = draft.statutory;
      one.priority = draft.priority;
      one.due_at = draft.due_at;
      auto decision =
          decide(rulebook, draft.message, draft.recipient, draft.purpose, at.received, &at.folded.record.case_());
      DeliveryRow row;
      row.recipient = draft.recipient;
      row.type = draft.type;
      if (!decision.hold) decision.hold = lacking(rulebook, row, draft.live);
      if (!decision.hold && !draft.hold.empty()) decision.hold = protection::Hold{"rule_hold", draft.rule, draft.hold};
      if (!routed.unanswered.empty()) one.hold = "not_placed";
      else if (decision.hold) one.hold = decision.hold->code;
      else one.fields = decision.granted;
      one.text = wordsOf(draft.message);
      out.push_back(std::move(one));
    }
    return out;
  }

  // What a task, an entry or a notice says.
  static std::string wordsOf(const canonical::CanonicalMessage& message) {
    std::string out;
    for (const auto& task : message.case_().tasks()) out += task.kind().code() + task.instructions().text();
    for (const auto& entry : message.case_().log_entries()) out += entry.kind().code() + entry.text().text();
    for (const auto& notice : message.case_().officer_notifications())
      out += notice.kind().code() + notice.unit().code() + notice.text().text();
    return out;
  }

  const TrialParts& parts_;
  TrialTally& tally_;
  Contents shared_;
};

}  // namespace

Result<RuleTrial> tryRuleChange(const TrialParts& given) {
  // What is only tried must not make the policy rest for what really leaves.
  Rulebook before = given.before, after = given.after;
  before.watch.reset();
  after.watch.reset();
  const TrialParts parts{before,        after,          given.store, given.vault, given.since,
                         given.threads, given.progress, given.each,  given.as_of};
  // Cases about which something came since then; the far future asks for all of them.
  CW_TRY(const auto cases, parts.store.casesQuietSince(parts.since + std::chrono::hours(24) * 365'000));
  std::vector<std::string> wanted;
  for (const auto& [id, newest] : cases)
    if (newest >= parts.since) wanted.push_back(id);
  TrialTally tally(parts.each);
  std::atomic<size_t> next = 0;
  std::mutex mutex;
  size_t done = 0;
  std::optional<Error> failed;
  const auto work = [&] {
    Replay replay(parts, tally);
    for (size_t i = next++; i < wanted.size(); i = next++) {
      auto result = replay.one(wanted[i]);
      const std::scoped_lock lock(mutex);
      if (!result && !failed) failed = std::move(result).error();
      if (!failed && parts.progress && !parts.progress(++done, wanted.size()))
        failed = Error{ErrorKind::Unavailable, "the trial was given up before its end", {}};
      if (failed) return;
    }
  };
  {
    std::vector<std::jthread> others;
    for (int i = 1; i < parts.threads; ++i) others.emplace_back(work);
    work();
  }
  if (failed) return std::unexpected(*std::move(failed));
  const auto day = toLondon(parts.as_of.value_or(parts.since)).date;
  return tally.finish(before.routes->lostIn(*after.routes, day));
}

}  // namespace causeway::pipeline
