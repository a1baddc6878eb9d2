#include "host/pipeline/intake.hpp"

#include "host/base/text.hpp"

#include <algorithm>

namespace causeway::pipeline {
namespace {

// The words of our outcomes for people and for senders without an envelope of their own; the HTTP status goes with them.
struct Outcome {
  std::string_view name;
  int status;
  std::string_view text;
};
constexpr Outcome kOutcomes[] = {
    {"accepted", 200, "received and stored"},
    {"duplicate", 200, "received before; the first answer is repeated"},
    {"conflict", 409, "this message number was used before for other content"},
    {"invalid_transition", 409, "this step cannot follow; nothing was changed"},
    {"malformed", 400, "the document cannot be read"},
    {"too_large", 413, "the document is larger or deeper than allowed"},
    {"wrong_namespace", 400, "the kind of document is known, but not this name space or version"},
    {"no_mapping", 400, "this kind of document is not known"},
    {"not_allowed", 403, "this sender may not send this kind of message"},
    {"unavailable", 503, "cannot store now; send again later"},
};

const Outcome& outcomeNamed(std::string_view name) {
  const auto* found = std::ranges::find(kOutcomes, name, &Outcome::name);
  return found == std::end(kOutcomes) ? kOutcomes[4] : *found;
}

std::string_view outcomeOf(const Error& error) {
  if (error.kind == ErrorKind::TooLarge) return "too_large";
  if (error.kind == ErrorKind::NotFound) return "no_mapping";
  if (error.kind == ErrorKind::Conflict) return "wrong_namespace";
  if (error.kind == ErrorKind::Unavailable) return "unavailable";
  return "malformed";
}

bool maySend(const Partner& sender, std::string_view type) {
  return std::ranges::find(sender.may_send, type) != sender.may_send.end();
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out + "\"";
}

std::string firstOf(const std::map<std::string, std::string, std::less<>>& values,
                    std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (const auto found = values.find(name); found != values.end()) return found->second;
  return {};
}

// What the sender's adapter says of a document that its root does not tell. One that crashed or hung says nothing of the document, so
// the sender is asked to come again.
mapping::ReadOptions::Identify identifierOf(const Rulebook& rulebook, const Partner& sender) {
  auto* adapter = rulebook.adapterOf(sender);
  if (!adapter || !adapter->identifies()) return {};
  return [adapter, &sender](mapping::NamedTexts known) -> Result<std::string> {
    Fields fields{{"sender", sender.id}};
    for (const auto& item : known) fields.emplace_back(item.name, item.value);
    auto type = adapter->identify(fields);
    if (!type && type.error().kind == ErrorKind::Broken) type.error().kind = ErrorKind::Unavailable;
    return type;
  };
}

// Where the paper is had of which a message tells without bringing it. All messages of a document tell of the same one.
std::string paperOf(const Partner& sender, const canonical::CanonicalMessage& message) {
  if (sender.follow.papers.empty() || message.case_().documents().empty()) return {};
  const auto& paper = message.case_().documents(0);
  if (paper.has_sha256()) return {};
  // A number that is none is asked for nowhere: the question is held with its reason.
  return sender.follow.papers.fill({{"document.id", paper.source_id()}}).value_or("no path");
}

Question questionOf(const Prepared& prepared, const Incoming& incoming) {
  Question out;
  out.target = prepared.next;
  if (prepared.next_is_paper) out.beside = incoming.body;
  return out;
}

}  // namespace

Prepared prepare(const Rulebook& rulebook, const Partner& sender, mapping::Reader& reader, const Incoming& incoming,
                 Instant received) {
  Prepared out;
  out.decoded = reader.read(
      incoming.body, {sender.reads, toLondon(received).date, identifierOf(rulebook, sender), incoming.content_type});
  out.source_id = firstOf(out.decoded.envelope, {"id", "correlation"});
  if (out.source_id.empty()) out.source_id = incoming.source_id;
  if (out.decoded.refused) {
    out.outcome = outcomeOf(*out.decoded.refused);
    out.why = out.decoded.refused->text();
    return out;
  }
  out.outcome = "accepted";
  int part = 0;
  for (const auto& message : out.decoded.reading.messages) {
    if (!maySend(sender, message->type())) {
      out.outcome = "not_allowed";
      out.why = "the sender may not send '" + message->type() + "'";
    }
    message->set_source_system(sender.id);
    message->set_source_message_id(out.source_id);
    if (const auto correlation = firstOf(out.decoded.envelope, {"correlation"}); !correlation.empty())
      message->set_correlation_id(correlation);
    message->set_received_at(formatInstant(received));
    message->set_mapped_by(out.decoded.reading.mapping);
    if (!message->has_marking()) message->set_marking("official");
    message->set_controller(rulebook.controller);
    message->set_test(sender.test || out.decoded.test);
    if (out.decoded.reading.messages.size() > 1) message->set_part(std::to_string(part));
    ++part;
  }
  if (out.decoded.notice) {
    out.next = firstOf(out.decoded.envelope, {"next"});
    if (sender.may_send.empty()) {
      out.outcome = "not_allowed";
      out.why = "the sender may not send anything";
    }
  } else if (out.decoded.reading.messages.empty()) {
    out.outcome = "malformed";
    out.why = "the document holds no message";
  } else if (out.outcome == "accepted") {
    out.next = paperOf(sender, *out.decoded.reading.messages.front());
    out.next_is_paper = !out.next.empty();
  }
  return out;
}

Acknowledgement acknowledge(const Rulebook& rulebook, const mapping::Decoded& decoded, std::string_view outcome,
                            std::string_view why, Instant now) {
  const auto& known = outcomeNamed(outcome);
  Acknowledgement out;
  out.status = known.status;
  out.outcome = std::string(known.name);
  mapping::NamedValues named{{"reply.outcome", out.outcome},
                             {"reply.text", std::string(known.text)},
                             {"reply.why", std::string(why)},
                             {"reply.at", formatInstant(now)}};
  for (const auto& [name, value] : decoded.envelope) named.emplace("envelope." + name, value);
  // The outermost wrapping that has an answer of its own gives it.
  std::string reply = decoded.reading.reply;
  for (auto layer = decoded.layers.rbegin(); layer != decoded.layers.rend(); ++layer)
    if (!(*layer)->reply.empty()) reply = (*layer)->reply;
  const auto* plan = rulebook.library->writePlan(reply);
  if (plan) {
    const canonical::CanonicalMessage nothing;
    if (auto written = mapping::write(*plan, nothing, named, toLondon(now).date)) {
      out.body = std::move(written->bytes);
      out.content_type = plan->format == mapping::Format::Xml ? "text/xml; charset=utf-8" : "application/json";
      return out;
    }
  }
  out.content_type = "application/json";
  out.body = R"({"outcome":)" + quoted(out.outcome) + R"(,"text":)" + quoted(known.text) +
             (why.empty() ? "" : R"(,"why":)" + quoted(why)) + "}";
  return out;
}

Intake::Intake(std::shared_ptr<const Rulebook> rulebook, mapping::Limits limits, const Clock& clock, const Ids& ids,
               Writer& writer, Admitter& admitter)
    : rulebook_(std::move(rulebook)), limits_(limits), clock_(clock), ids_(ids), writer_(writer), admitter_(admitter) {}

Acknowledgement Intake::receive(Incoming incoming) {
  // One reader per connection thread: its parsers keep their buffers. It keeps its rulebook too, or another one might come to
  // lie at the same address and be taken for it.
  thread_local std::shared_ptr<const Rulebook> reader_of;
  thread_local std::unique_ptr<mapping::Reader> reader;
  if (reader_of != rulebook_) {
    reader = std::make_unique<mapping::Reader>(*rulebook_->library, limits_);
    reader_of = rulebook_;
  }
  const Instant received = clock_.now();
  const auto* sender =
      incoming.partner.empty() ? rulebook_->partnerByIdentity(incoming.identity) : rulebook_->partner(incoming.partner);
  if (!sender) return acknowledge(*rulebook_, {}, "not_allowed", "the certificate belongs to no partner", received);

  auto prepared = prepare(*rulebook_, *sender, *reader, incoming, received);
  // Read before it is turned away, because the refusal too is said in the sender's own protocol.
  if (prepared.outcome == "unavailable" || (has_room_ && !has_room_()))
    return acknowledge(*rulebook_, prepared.decoded, "unavailable", "", received);
  auto answer = acknowledge(*rulebook_, prepared.decoded, prepared.outcome, prepared.why, received);
  answer.document_id = ids_.timeOrdered();
  answer.unexplained = prepared.decoded.reading.unexplained.size();
  const auto document = std::make_unique<Document>();
  document->document_id = answer.document_id;
  document->sender = sender->id;
  document->digest = admitter_.digest(prepared.decoded.content.empty() ? incoming.body : prepared.decoded.content);
  document->source_id = prepared.source_id.empty() ? "content:" + hex(document->digest) : prepared.source_id;
  document->reply = answer.body;
  document->findings = std::move(prepared.decoded.reading.findings);
  document->messages = std::move(prepared.decoded.reading.messages);
  for (auto& message : document->messages) message->set_message_id(ids_.timeOrdered());
  if (prepared.outcome != "accepted") document->refused = prepared.outcome;
  document->why = prepared.why;
  document->received_at = received;
  document->loaded = incoming.loaded;
  document->papers = std::move(prepared.decoded.papers);
  document->raw = mapping::withContentType(incoming.content_type, incoming.body);

  Admitted admitted;
  const bool committed =
      writer_.perform(Writer::Operation{[&](Transaction& tx) -> Result<void> {
                                          CW_TRY(admitted, admitter_.admit(tx, *document));
                                          if (ask_ && admitted.outcome == "accepted" && !prepared.next.empty())
                                            CW_CHECK_OK(ask_(tx, *document, questionOf(prepared, incoming)));
                                          if (incoming.also) CW_CHECK_OK(incoming.also(tx));
                                          return {};
                                        },
                                        [&](bool done) {
                                          if (done) admitter_.afterCommit(admitted);
                                        },
                                        [&](Transaction& tx, const Error& why) -> Result<void> {
                                          // A notice holds nothing that could be kept for a person: its sender keeps it and sends it again.
                                          if (prepared.decoded.notice) return std::unexpected(why);
                                          CW_TRY(admitted, admitter_.admitHeld(tx, *document, why));
                                          if (incoming.also) CW_CHECK_OK(incoming.also(tx));
                                          return {};
                                        },
                                        [&] { admitter_.forgetCases(); }});
  if (!committed) return acknowledge(*rulebook_, prepared.decoded, "unavailable", "", received);
  if (admitted.outcome == "accepted") return answer;
  if (admitted.outcome != "duplicate") {
    auto refused = acknowledge(*rulebook_, prepared.decoded, admitted.outcome,
                               admitted.why.empty() ? prepared.why : admitted.why, received);
    refused.document_id = answer.document_id;
    return refused;
  }
  auto repeated = acknowledge(*rulebook_, prepared.decoded, "duplicate", "", received);
  repeated.body = admitted.reply;
  repeated.content_type = answer.content_type;
  repeated.document_id = admitted.document_id;
  return repeated;
}

}  // namespace causeway::pipeline
