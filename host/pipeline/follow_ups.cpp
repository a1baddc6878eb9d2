#include "host/pipeline/follow_ups.hpp"

#include "host/base/text.hpp"
#include "host/pipeline/hold_notice.hpp"
#include "host/pipeline/paper_answer.hpp"
#include "host/pipeline/request.hpp"

#include <algorithm>

namespace causeway::pipeline {
namespace {

constexpr int kPage = 200;

std::string contextOf(const FollowUpRow& row) { return "follow-up:" + row.follow_up_id; }

double fraction(const Ids& ids) {
  return static_cast<double>(std::stoul(ids.random().substr(0, 6), nullptr, 16)) / static_cast<double>(0xFFFFFF);
}

// "https://HOST:443" and "https://host" are the same place.
std::string plainOrigin(std::string_view origin) {
  std::string out = lowerCase(origin);
  if (out.ends_with(":443")) out.resize(out.size() - 4);
  return out;
}

}  // namespace

FollowUps::FollowUps(FollowUpParts parts) : parts_(std::move(parts)) {}

FollowUps::~FollowUps() { stop(); }

// A partner may only send us to itself: an address elsewhere, given the chance, would get our credentials and our trust.
Result<FollowUps::Destination> FollowUps::destinationOf(const Partner& partner, const Question& question) {
  const auto named = [&](const PartnerHost& host) {
    return question.endpoint.empty() || host.name == question.endpoint;
  };
  Destination out;
  out.target = question.target;
  std::string origin;
  if (out.target.starts_with("https://")) {
    const auto path = out.target.find('/', std::string_view("https://").size());
    origin = plainOrigin(out.target.substr(0, path));
    out.target = path == std::string::npos ? "/" : out.target.substr(path);
  }
  if (!isRequestTarget(out.target)) return fail(ErrorKind::Refused, "follow_up_bad_path");
  const auto host = std::ranges::find_if(partner.hosts, [&](const PartnerHost& one) {
    return named(one) && (origin.empty() || plainOrigin(one.origin) == origin);
  });
  if (host == partner.hosts.end())
    return fail(ErrorKind::Refused, origin.empty() ? "follow_up_no_endpoint" : "follow_up_other_host");
  out.endpoint = host->endpoint;
  return out;
}

Result<void> FollowUps::ask(Transaction& tx, const Document& document, const Question& question) {
  FollowUpRow row;
  row.follow_up_id = parts_.ids.timeOrdered();
  row.partner = document.sender;
  row.document_id = document.document_id;
  row.scope = "message:" + row.follow_up_id;
  return insert(tx, std::move(row), question);
}

void FollowUps::askAbout(const DeliveryRow& delivery, const Question& question) {
  FollowUpRow row;
  row.follow_up_id = "f-" + delivery.delivery_id;
  row.partner = delivery.recipient;
  row.delivery_id = delivery.delivery_id;
  row.case_id = row.scope = delivery.case_id;
  put({std::move(row), question});
}

void FollowUps::put(const Told& told) {
  const auto keep = [this, told](bool stored) {
    if (stored) return;
    const std::lock_guard lock(mutex_);
    unrecorded_.push_back(told);
  };
  const bool queued = parts_.writer.submit(
      {[this, told](Transaction& tx) -> Result<void> {
         CW_TRY(const auto known, tx.findFollowUp(told.row.follow_up_id));
         return known ? Result<void>() : insert(tx, told.row, told.question);
       },
       keep,
       [this, told](Transaction& tx, const Error&) { return hold(tx, told.row, "follow_up_not_recorded"); },
       {}});
  if (!queued) keep(false);
}

Result<void> FollowUps::insert(Transaction& tx, FollowUpRow row, const Question& question) {
  const auto& partner = *parts_.rulebook->partner(row.partner);
  const auto now = parts_.clock.now();
  row.created_at = now;
  row.not_before =
      now + (question.after_seconds >= 0 ? std::chrono::seconds(question.after_seconds) : partner.follow.after);
  row.give_up_at =
      now + (question.give_up_seconds > 0 ? std::chrono::seconds(question.give_up_seconds) : partner.follow.give_up);
  row.correlation = question.correlation.empty() ? row.follow_up_id : question.correlation;
  const auto destination = destinationOf(partner, question);
  if (destination) {
    row.endpoint = destination->endpoint;
    // Behind the first line: a target has no line breaks.
    const auto asked = destination->target + (question.beside.empty() ? "" : "\n" + question.beside);
    auto sealed = parts_.vault.seal(row.scope, contextOf(row), asked);
    // The key of the case is gone: whatever the partner has to say of it is no longer ours to ask for.
    if (!sealed && sealed.error().kind != ErrorKind::Refused) return std::unexpected(std::move(sealed).error());
    if (!sealed) return hold(tx, row, "follow_up_erased");
    row.target_sealed = *std::move(sealed);
  } else {
    row.state = FollowUpState::Held;
    row.reason = destination.error().what;
  }
  CW_CHECK_OK(tx.insert(row));
  return destination ? Result<void>() : hold(tx, row, row.reason);
}

Result<void> FollowUps::hold(Transaction& tx, const FollowUpRow& row, const std::string& reason) {
  HoldRow out;
  out.hold_id = parts_.ids.timeOrdered();
  out.case_id = row.case_id;
  out.reason_code = reason;
  out.text = "the partner '" + row.partner + "' told us to ask it for more, and that could not be done (" + reason +
             "); question " + row.follow_up_id;
  out.rule = "follow-up";
  out.follow_up_id = row.follow_up_id;
  out.held_at = parts_.clock.now();
  CW_CHECK_OK(putHold(tx, out));
  return audit(tx, "hold", row, {{"reason", reason}, {"follow_up", row.follow_up_id}});
}

Result<void> FollowUps::audit(Transaction& tx, const char* event, const FollowUpRow& row, Details details) {
  return parts_.audit.append(tx, {.op = event,
                                  .at = parts_.clock.now(),
                                  .actor = row.partner,
                                  .message_id = row.document_id,
                                  .case_id = row.case_id,
                                  .delivery_id = row.delivery_id,
                                  .rule = "follow-up",
                                  .details = std::move(details)});
}

Result<void> FollowUps::close(Transaction& tx, FollowUpRow row, FollowUpState state, const std::string& reason) {
  row.state = state;
  row.reason = reason;
  CW_CHECK_OK(tx.updateFollowUp(row));
  if (state == FollowUpState::Held) return hold(tx, row, reason);
  if (state == FollowUpState::Waiting) return {};
  return audit(tx, "follow_up", row, {{"follow_up", row.follow_up_id}});
}

void FollowUps::start() {
  loop_.start([this] { turn(); });
}

void FollowUps::stop() { loop_.stop(); }

int FollowUps::turn() {
  int asked = 0;
  silent_.clear();
  std::vector<Told> again;
  {
    const std::lock_guard lock(mutex_);
    again.swap(unrecorded_);
  }
  for (const auto& told : again) put(told);
  std::int64_t after = 0;
  for (;;) {
    auto rows = parts_.store.pendingFollowUps(after, kPage);
    // The store cannot answer: the next turn asks again.
    if (!rows || rows->empty()) return asked;
    after = rows->back().sequence;
    for (auto& row : *rows) {
      if (row.not_before > parts_.clock.now() || silent_.contains(row.endpoint)) continue;
      if (loop_.isStopping()) return asked;
      askNow(std::move(row));
      ++asked;
    }
  }
}

void FollowUps::askNow(FollowUpRow row) {
  const auto* partner = parts_.rulebook->partner(row.partner);
  if (!partner) return record(row, FollowUpState::Held, "follow_up_no_partner");
  auto target = parts_.vault.open(row.scope, contextOf(row), row.target_sealed);
  // The case was erased: whatever the partner has to say of it is no longer ours to ask for.
  if (!target && target.error().kind == ErrorKind::Refused) return record(row, FollowUpState::Done, "case_erased");
  if (!target) return record(row, FollowUpState::Held, "follow_up_unreadable");
  ++row.attempts;
  Outgoing outgoing;
  outgoing.endpoint = row.endpoint;
  outgoing.method = "GET";
  const auto end_of_target = target->find('\n');
  outgoing.target = target->substr(0, end_of_target);
  const auto beside = end_of_target == std::string::npos ? std::string() : target->substr(end_of_target + 1);
  for (const auto& shape : partner->requests)
    if (shape.endpoint == row.endpoint && outgoing.headers.empty())
      for (const auto& [name, value] : shape.headers)
        if (auto text = value.fill({}); text) outgoing.headers.emplace_back(name, *std::move(text));
  auto answer = parts_.sender.send(outgoing);
  if (answer) return judge(row, *partner, beside, *std::move(answer));
  if (answer.error().kind != ErrorKind::Unavailable) return record(row, FollowUpState::Held, "follow_up_cannot_ask");
  silent_.insert(row.endpoint);
  later(std::move(row), "unavailable", 0);
}

void FollowUps::judge(const FollowUpRow& row, const Partner& partner, const std::string& beside, Answer answer) {
  const std::string status = "http_" + std::to_string(answer.status);
  // Not there yet, or not finished: a notice may be quicker than what it tells of.
  if (answer.status == 404 || answer.status == 202 || answer.status == 425)
    return later(row, status, retryAfterSeconds(answer));
  auto outcome = answer.status / 100 == 2 ? ReplyVerdict::Outcome::Delivered : ReplyVerdict::Outcome::Rejected;
  std::string reason = status;
  int wait = retryAfterSeconds(answer);
  if (auto* adapter = parts_.rulebook->adapterOf(partner)) {
    auto fields = replyFields(answer);
    fields.emplace_back("request", "follow_up");
    const auto verdict = adapter->classifyReply(fields);
    if (!verdict) return later(row, "adapter_failed", 0);
    outcome = verdict->outcome;
    if (!verdict->reason.empty()) reason = verdict->reason;
    if (verdict->retry_after_seconds > 0) wait = verdict->retry_after_seconds;
  }
  if (outcome == ReplyVerdict::Outcome::Retry) return later(row, reason, wait);
  if (outcome != ReplyVerdict::Outcome::Delivered) return record(row, FollowUpState::Held, "follow_up_" + reason);
  if (answer.body.empty()) return record(row, FollowUpState::Done, "");
  admit(row, partner, beside, std::move(answer));
}

// Whatever becomes of the document, even quarantine, the question is answered.
void FollowUps::admit(const FollowUpRow& row, const Partner& partner, const std::string& beside, Answer answer) {
  if (!beside.empty()) {
    auto whole = withPaper(*parts_.rulebook->library, partner.reads, beside, answer);
    if (!whole) return record(row, FollowUpState::Held, "follow_up_no_paper");
    answer = *std::move(whole);
  }
  Incoming incoming{{}, std::move(answer.body), row.correlation, row.partner, {}};
  incoming.content_type = answer.content_type;
  incoming.also = [this, row](Transaction& tx) { return close(tx, row, FollowUpState::Done, ""); };
  const auto acknowledgement = parts_.intake.receive(std::move(incoming));
  if (acknowledgement.outcome == "unavailable") later(row, "store_unavailable", 0);
}

void FollowUps::later(FollowUpRow row, const std::string& reason, int seconds) {
  const auto now = parts_.clock.now();
  if (now >= row.give_up_at) return record(row, FollowUpState::Held, "follow_up_gave_up");
  auto wait = retryDelay(parts_.retry, row.attempts, fraction(parts_.ids));
  if (seconds > 0) wait = std::max<std::chrono::milliseconds>(wait, std::chrono::seconds(seconds));
  row.not_before = std::min<Instant>(now + wait, row.give_up_at);
  record(row, FollowUpState::Waiting, reason);
}

// Not recorded: the row stands as it stood, and the question is asked again.
void FollowUps::record(const FollowUpRow& row, FollowUpState state, const std::string& reason) {
  parts_.writer.perform([&](Transaction& tx) { return close(tx, row, state, reason); });
}

}  // namespace causeway::pipeline
