#include "host/app/desks/explanation.hpp"

#include "host/app/commands/reading.hpp"
#include "host/app/commands/story.hpp"
#include "host/pipeline/judge.hpp"

namespace causeway::app {
namespace {

class Explaining {
 public:
  Explaining(const pipeline::Rulebook& rulebook, const mapping::Limits& limits)
      : rulebook_(rulebook), reader_(*rulebook.library, limits) {
    record_.mutable_case_()->set_case_id("case");
  }

  // Folds a document into the record, as the host would have.
  Result<void> fold(const NamedDocument& document) {
    const auto read = readAs(rulebook_, anybody(rulebook_), reader_, document.bytes);
    if (read.prepared.outcome != "accepted")
      return fail(ErrorKind::Invalid, read.prepared.outcome + ": " + read.prepared.why, document.name);
    for (const auto& message : read.prepared.decoded.reading.messages) {
      name(*message);
      auto folded = pipeline::fold(rulebook_, record_, *message);
      if (!folded) return fail(folded.error().kind, folded.error().what, document.name);
      record_ = std::move(folded->record);
    }
    return {};
  }

  void explain(const NamedDocument& document, const pipeline::Partner& sender, Story& story) {
    const auto read = readAs(rulebook_, sender, reader_, document.bytes);
    story.arrived(document.name, read);
    placed_ = read.prepared.outcome == "accepted";
    if (!placed_) return;
    for (const auto& message : read.prepared.decoded.reading.messages) {
      name(*message);
      const auto judged = pipeline::judge(rulebook_, record_, *message, SystemClock().now(), true);
      story.judged(*message, record_, judged);
      placed_ = placed_ && judged.has_value();
      if (judged) record_ = judged->folded.record;
    }
  }

  Explanation told(const Story& story) { return {story.text(), placed_, std::move(messages_)}; }

 private:
  void name(canonical::CanonicalMessage& message) {
    message.set_message_id("m-" + std::to_string(messages_.size() + 1));
    messages_.push_back(message);
  }

  const pipeline::Rulebook& rulebook_;
  mapping::Reader reader_;
  canonical::CaseRecord record_;
  bool placed_ = false;
  std::vector<canonical::CanonicalMessage> messages_;
};

}  // namespace

Result<Explanation> explainDocument(const pipeline::Rulebook& rulebook, const mapping::Limits& limits,
                                    const ToExplain& asked) {
  for (const auto& partner : {asked.sender, asked.recipient})
    if (!partner.empty() && !rulebook.partner(partner))
      return fail(ErrorKind::NotFound, "the configuration has no partner '" + partner + "'");
  auto unwatched = rulebook;
  unwatched.watch.reset();
  Explaining explaining(unwatched, limits);
  for (const auto& document : asked.after) CW_CHECK_OK(explaining.fold(document));
  Story story(unwatched, asked.json, asked.recipient);
  explaining.explain(asked.document, asked.sender.empty() ? anybody(unwatched) : *unwatched.partner(asked.sender),
                     story);
  return explaining.told(story);
}

}  // namespace causeway::app
