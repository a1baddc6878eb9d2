#include "host/mapping/reader.hpp"

#include "host/base/text.hpp"
#include "host/mapping/guard.hpp"

#include <algorithm>

namespace causeway::mapping {

namespace {

class TextOnly final : public DocumentHandler {
 public:
  void open(std::string_view, std::string_view, NamedTexts) override {}
  void text(std::string_view piece) override { text_ += piece; }
  void close() override {}
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

/// Sends the events of one document to the envelope it is wrapped in or to the mapping that reads it.
class Reader::Dispatch final : public DocumentHandler {
 public:
  Dispatch(const Library& library, const ReadOptions& options, ReadRun& run, Decoded& decoded)
      : library_(library), options_(options), run_(run), decoded_(decoded) {
    context_.day = options.day;
  }

  void takePapers(const std::vector<Paper>* parts, const Fingerprint& fingerprint, const Limits& limits) {
    context_.papers = parts;
    context_.fingerprint = &fingerprint;
    context_.paper_bytes = limits.part_bytes;
    context_.most_papers = limits.parts;
  }

  void begin(Format format) {
    format_ = format;
    envelope_ = nullptr;
    content_.clear();
    path_.clear();
    sizes_.clear();
    peeked_ = {};
  }

  // An adapter that is asked which type a document is sees all that can be seen of it.
  bool looksInto(std::string_view key) const override { return options_.identify || library_.looksInto(key); }
  void peek(NamedTexts keys) override { peeked_ = keys; }

  void open(std::string_view name, std::string_view name_space, NamedTexts attributes) override {
    if (mapping_depth_ > 0) {
      ++mapping_depth_;
      run_.open(name, name_space, attributes);
      return;
    }
    const bool content_child =
        envelope_ && !envelope_->holds_text && !envelope_->content.empty() && path_ == envelope_->content;
    if (!envelope_ || content_child) {
      start(name, name_space, format_ == Format::Json && !envelope_ ? peeked_ : attributes, attributes);
      return;
    }
    sizes_.push_back(path_.size());
    path_ += (path_.empty() ? "" : "/");
    path_ += name;
    texts_.emplace_back();
    for (const auto& item : attributes) field(path_ + "/@" + std::string(item.name), item.value);
  }

  void text(std::string_view piece) override {
    if (mapping_depth_ > 0) run_.text(piece);
    else if (!texts_.empty()) texts_.back() += piece;
  }

  void leaf(std::string_view name, std::string_view whole) override {
    if (mapping_depth_ > 0) run_.leaf(name, whole);
    else DocumentHandler::leaf(name, whole);
  }

  void close() override {
    if (mapping_depth_ > 0) {
      run_.close();
      if (--mapping_depth_ > 0) return;
      mapped_ = true;
      for (const auto& [name, value] : run_.identified()) learn(name, value);
      return;
    }
    if (sizes_.empty()) return;  // the root of an envelope
    if (envelope_->holds_text && path_ == envelope_->content) content_ = std::move(texts_.back());
    field(path_, trim(texts_.back()));
    texts_.pop_back();
    path_.resize(sizes_.back());
    sizes_.pop_back();
  }

  bool stopped() const override { return error_.has_value(); }

  const std::optional<Error>& error() const { return error_; }
  bool mapped() const { return mapped_; }
  bool notice() const { return envelope_ && envelope_->content.empty(); }
  bool asks() const { return asks_ || envelope_->next_when.empty(); }
  std::string takeContent() { return std::move(content_); }
  /// A value of the envelope came after the content that asked for it: with what is known now a second pass will find it.
  bool again() {
    if (!mapped_ || second_pass_) return false;
    second_pass_ = std::ranges::any_of(run_.askedOfEnvelope(), [&](const std::string* asked) {
      return std::ranges::any_of(learnt_, [&](const std::string* name) { return *name == *asked; });
    });
    mapped_ = !second_pass_;
    return second_pass_;
  }
  void rewind(size_t layers) { decoded_.layers.resize(layers); }

 private:
  void start(std::string_view name, std::string_view name_space, NamedTexts chosen_by, NamedTexts attributes) {
    if (const auto* envelope = library_.chooseEnvelope(format_, name, name_space, chosen_by)) {
      envelope_ = envelope;
      decoded_.layers.push_back(envelope);
      path_.clear();
      for (const auto& item : attributes) field("@" + std::string(item.name), item.value);
      return;
    }
    const Face face{format_, name, name_space, chosen_by};
    const auto plan =
        library_.choose(face, options_.allowed, options_.identify ? [&] { return identify(face); } : Identify());
    if (!plan) {
      error_ = plan.error();
      return;
    }
    context_.envelope = &decoded_.envelope;
    learnt_.clear();
    run_.begin(**plan, context_);
    mapping_depth_ = 1;
    run_.open(name, name_space, attributes);
  }

  Result<std::string> identify(const Face& face) const {
    std::vector<std::pair<std::string, std::string_view>> known{{"root", face.root},
                                                                {"root_namespace", face.name_space}};
    for (const auto& [name, value] : decoded_.envelope) known.emplace_back("envelope." + name, value);
    for (const auto& item : face.attributes) known.emplace_back("document." + std::string(item.name), item.value);
    std::vector<NamedText> fields;
    fields.reserve(known.size());
    for (const auto& [name, value] : known) fields.push_back({name, value});
    return options_.identify(fields);
  }

  void learn(std::string_view name, std::string_view value) {
    const auto at = decoded_.envelope.lower_bound(name);
    const bool known = at != decoded_.envelope.end() && at->first == name;
    if (known && at->second == value) return;
    const auto said = known ? at : decoded_.envelope.emplace_hint(at, name, std::string());
    said->second = value;
    learnt_.push_back(&said->first);
  }

  void field(const std::string& path, std::string_view value) {
    const auto known = value.empty() ? envelope_->fields.end() : envelope_->fields.find(path);
    if (known != envelope_->fields.end()) learn(known->second, value);
    for (const auto& test : envelope_->next_when) asks_ = asks_ || (test.path == path && test.passes(value, true));
    for (const auto& test : envelope_->test_when)
      if (test.path == path && test.passes(value, true)) decoded_.test = true;
  }

  const Library& library_;
  const ReadOptions& options_;
  ReadRun& run_;
  Decoded& decoded_;
  ReadContext context_;
  Format format_ = Format::Xml;
  const Envelope* envelope_ = nullptr;
  NamedTexts peeked_;
  std::string path_, content_;
  std::vector<size_t> sizes_;
  std::vector<std::string> texts_;
  int mapping_depth_ = 0;
  std::vector<const std::string*> learnt_;  // values of the envelope that came since the mapping began
  bool mapped_ = false, second_pass_ = false, asks_ = false;
  std::optional<Error> error_;
};

Reader::Reader(const Library& library, const Limits& limits) : library_(library), limits_(limits) {}

Result<void> Reader::parse(std::string_view document, Dispatch& dispatch) {
  CW_TRY(const Format format, sniff(document));
  dispatch.begin(format);
  CW_CHECK_OK(format == Format::Xml ? xml_.read(document, limits_, dispatch) : json_.read(document, limits_, dispatch));
  if (dispatch.error()) return std::unexpected(*dispatch.error());
  return {};
}

// The parser took one layer of escaping off. Some senders escaped the document twice; a document never begins with "&lt;".
Result<void> Reader::unescape(std::string& document) {
  for (int layer = 0; layer < 3 && trim(document).starts_with("&lt;"); ++layer) {
    TextOnly text;
    const std::string wrapped = "<text>" + document + "</text>";
    CW_CHECK_OK(xml_.read(wrapped, limits_, text));
    document = text.take();
  }
  return {};
}

Decoded Reader::readDocument(std::string_view document, const ReadOptions& options, const std::vector<Paper>* parts) {
  Decoded decoded;
  Dispatch dispatch(library_, options, run_, decoded);
  dispatch.takePapers(parts, library_.fingerprint(), limits_);
  std::string inner;
  for (int layer = 0; layer <= limits_.envelopes; ++layer) {
    const size_t layers_before = decoded.layers.size();
    auto done = parse(document, dispatch);
    if (done && dispatch.again()) {
      dispatch.rewind(layers_before);
      done = parse(document, dispatch);
    }
    if (!done) {
      decoded.refused = std::move(done).error();
      return decoded;
    }
    if (dispatch.mapped()) {
      decoded.content = layer == 0 ? std::string(document) : std::move(inner);
      decoded.reading = run_.finish();
      return decoded;
    }
    if (dispatch.notice()) {
      decoded.notice = true;
      decoded.content = layer == 0 ? std::string(document) : std::move(inner);
      if (!dispatch.asks()) decoded.envelope.erase("next");
      else if (!decoded.envelope.contains("next"))
        decoded.refused =
            Error{ErrorKind::Invalid, "the notice does not say where its document is", decoded.layers.back()->id};
      return decoded;
    }
    std::string next = dispatch.takeContent();
    if (trim(next).empty()) {
      decoded.refused = Error{ErrorKind::Invalid, "the envelope holds no document",
                              decoded.layers.empty() ? "" : decoded.layers.back()->content};
      return decoded;
    }
    inner = std::move(next);
    if (auto plain = unescape(inner); !plain) {
      decoded.refused = std::move(plain).error();
      return decoded;
    }
    document = inner;
  }
  decoded.refused = Error{ErrorKind::TooLarge,
                          "more than " + std::to_string(limits_.envelopes) + " documents inside one another", ""};
  return decoded;
}

}  // namespace causeway::mapping
