#pragma once

#include "host/base/ids.hpp"
#include "host/mapping/reader.hpp"
#include "host/pipeline/admission.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/writer.hpp"

#include <functional>
#include <memory>
#include <string>

namespace causeway::pipeline {

/// A document as a transport hands it over, its sender already authenticated.
struct Incoming {
  std::string identity;  ///< URI of the sender's certificate
  std::string body;
  std::string source_id;  ///< a message number that the transport carries, when the document has none
  std::string partner{};  ///< instead of `identity`: the partner that we asked for it
  /// Done in the same transaction, whatever becomes of the document.
  std::function<Result<void>(Transaction&)> also{};
  std::string content_type{};  ///< of the body; only a multipart one makes a difference
  bool loaded = false;         ///< as Document::loaded
};

/// What goes back to the sender, in its own protocol.
struct Acknowledgement {
  int status = 200;
  std::string content_type;
  std::string body;
  std::string outcome;  ///< accepted, duplicate, conflict, malformed, too_large, no_mapping, not_allowed, unavailable
  std::string document_id;
  size_t unexplained =
      0;  ///< kinds of leaves in the document that no rule maps or ignores: the sender sends something new
};

/// A document read and ready to be admitted, or refused: stages 1 to 4, without side effects.
struct Prepared {
  mapping::Decoded decoded;
  std::string outcome;  ///< accepted, or why it is refused
  std::string why;      ///< for people; no personal value
  std::string source_id;
  std::string next;  ///< where a notice says that its document is, or where the paper is that a document tells of
  bool next_is_paper = false;
};

/// Stages 1 to 4 for one sender. `reader` belongs to the calling thread.
Prepared prepare(const Rulebook& rulebook, const Partner& sender, mapping::Reader& reader, const Incoming& incoming,
                 Instant received);

/// The answer to the sender: its envelope's reply mapping filled with the outcome, else a line of JSON.
Acknowledgement acknowledge(const Rulebook& rulebook, const mapping::Decoded& decoded, std::string_view outcome,
                            std::string_view why, Instant now);

/// Receives documents: reads them on the calling thread, has the writer commit them, and answers only then. Thread-safe.
class Intake {
 public:
  Intake(std::shared_ptr<const Rulebook> rulebook, mapping::Limits limits, const Clock& clock, const Ids& ids,
         Writer& writer, Admitter& admitter);

  /// Asked before each document; while it says no, every sender is told to send again later and nothing is written. What was taken in
  /// before goes on. Set before the first document; called from many threads.
  void shedUnless(std::function<bool()> has_room) { has_room_ = std::move(has_room); }
  /// Puts on record what a document says is to be asked, in the transaction that admits it. Set before the first document.
  void onNext(std::function<Result<void>(Transaction&, const Document&, const Question&)> ask) {
    ask_ = std::move(ask);
  }
  /// Blocks until the document is durable or refused.
  Acknowledgement receive(Incoming incoming);

 private:
  std::shared_ptr<const Rulebook> rulebook_;
  mapping::Limits limits_;
  const Clock& clock_;
  const Ids& ids_;
  Writer& writer_;
  Admitter& admitter_;
  std::function<bool()> has_room_;
  std::function<Result<void>(Transaction&, const Document&, const Question&)> ask_;
};

}  // namespace causeway::pipeline
