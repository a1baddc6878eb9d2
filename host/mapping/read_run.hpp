#pragma once

#include "host/base/short_text.hpp"
#include "host/mapping/derive.hpp"
#include "host/mapping/document.hpp"
#include "host/mapping/element_links.hpp"
#include "host/mapping/finding.hpp"
#include "host/mapping/message_arena.hpp"
#include "host/mapping/read_plan.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace causeway::mapping {

/// What one document said.
struct Reading {
  std::string mapping;  ///< "courts.spi-result@1"
  std::string reply;    ///< mapping that writes the answer to a sender without an envelope; may be empty
  std::vector<MessagePtr> messages;
  std::vector<Finding> findings;
  std::map<std::string, int> unexplained;  ///< leaves that no rule maps or ignores, and how often
  std::vector<Paper> papers;               ///< that stood in base 64 inside the document
};

/// Named values that the envelope gave ("id", "source", "test", ...) and the day the code tables are read for.
struct ReadContext {
  const std::map<std::string, std::string, std::less<>>* envelope = nullptr;  ///< outlives the run
  std::chrono::year_month_day day{};
  const std::vector<Paper>* papers = nullptr;  ///< parts beside the document, with their fingerprints
  const Fingerprint* fingerprint = nullptr;    ///< empty: papers inside the document cannot be taken
  size_t paper_bytes = 0;                      ///< of one paper inside the document
  size_t most_papers = 0;                      ///< inside the document
};

/// Runs a compiled mapping over one document as it streams by. Values are captured where they stand and a scope's fields are
/// written when its element closes, so the order of a document does not matter. Reusable; one per thread.
class ReadRun final : public DocumentHandler {
 public:
  void begin(const ReadPlan& plan, const ReadContext& context);
  void open(std::string_view name, std::string_view name_space, NamedTexts attributes) override;
  void text(std::string_view piece) override;
  void close() override;
  void leaf(std::string_view name, std::string_view whole) override;
  /// After the root element closed. The run may be used again.
  Reading finish();
  /// Names that were looked up in the envelope: the document had not said them of itself yet. What the envelope puts behind the
  /// content, or the document behind the element that asks, is known only when all has been read.
  const std::vector<const std::string*>& askedOfEnvelope() const { return asked_of_envelope_; }
  /// The mapping that was begun with.
  const ReadPlan& plan() const { return *plan_; }
  /// What the document says of itself by the mapping's `identify:`; after its root element closed. Valid until the next `begin`.
  NamedTexts identified() const { return identified_; }

 private:
  struct Value {
    std::uint32_t offset = 0, size = 0;
    int next = -1;  // further values of the same slot
  };
  struct Slot {
    int first = -1, last = -1;
  };
  // The message that a line of the scope wrote into last.
  struct Reached {
    int holder = -1;
    const model::ProtoMessage* root = nullptr;
    model::ProtoMessage* parent = nullptr;
  };
  struct Frame {
    const SourceNode* node = nullptr;  // of the rules; none names this element
    std::string_view name;
    size_t text_offset = 0;
    int scopes = 0;              // instances this element opened
    int tested = 0, passed = 0;  // of those, with tests; and how many passed
    int number = 0;
    size_t unexplained_before = 0;
    bool wanted = false;  // its text is captured
    bool ignored = false, children = false, stray = false, untested = false;
  };
  // The innermost instance of a scope that is open.
  struct Active {
    int at = -1;              // in open_; -1: none is
    std::uint32_t slots = 0;  // its first slot
  };
  struct Instance {
    const ScopePlan* plan = nullptr;
    int scope = 0;
    std::uint32_t slots = 0;                 // first slot
    model::ProtoMessage* element = nullptr;  // what it fills, once it is made
    model::ProtoMessage* holder = nullptr;   // the message whose list got the element
    size_t findings_before = 0;
    size_t parts_before = 0;
    ElementLinks::Mark links_before{};
    int number = 0;
    size_t depth = 0;  // frames open when it began: which element of the document opened it
  };
  // A message of its own, and the instance that made it.
  struct Part {
    canonical::CanonicalMessage* message = nullptr;
    int number = 0;
  };
  // An element in a list of the message, made by a scope that stands inside others: it goes when one of them does.
  struct Elsewhere {
    int owner = 0;
    model::ProtoMessage* holder = nullptr;
    const model::ProtoField* list = nullptr;
    model::ProtoMessage* element = nullptr;
  };

  void enter(std::string_view name, NamedTexts attributes);
  bool restIgnored(const Frame& frame) const { return frame.node && frame.node->rest_ignored; }
  void attribute(std::string_view name, std::string_view value);
  std::string_view textOf(const Value& value) const { return pool_.view(value.offset, value.size); }
  std::string_view first(const Instance& instance, int slot) const;
  bool has(const Instance& instance, int slot) const;
  void captureAll(const SourceNode& node, std::string_view text);
  void capture(size_t slot, std::uint32_t offset, std::uint32_t size);
  const Instance& active(int scope) const { return open_[static_cast<size_t>(active_[static_cast<size_t>(scope)].at)]; }
  bool mayOpen(int scope, Frame& frame, NamedTexts attributes) const;
  void openScope(int scope, Frame& frame);
  void makeElements();
  void makeElement(Instance& instance, const ScopePlan& plan);
  bool isRefused(const Instance& instance) const;
  void closeScope(Frame& frame);
  bool testsPass(const std::vector<TestPlan>& tests, const Instance& instance) const;
  void fill(Instance& instance, const ScopePlan& plan);
  void discard(Instance& instance, const ScopePlan& plan);
  void keepOrShare(Instance& instance, const ScopePlan& plan);
  void closePart(const Instance& instance, const ScopePlan& plan);
  std::vector<int> partsInside(const Instance& instance) const;
  void joinParts();
  bool isInside(int instance, int outer) const;
  Result<const Outputs*> convert(const ValuePlan& plan);
  template <class Fits>
  model::ProtoMessage* around(const Instance& instance, Fits fits) const;
  model::ProtoMessage* partOf(const Instance& instance) const;
  model::ProtoMessage& message(const Instance& instance) const;
  void deriveAndCheck(canonical::CanonicalMessage& made, int part);
  model::ProtoMessage* keptOf(const Instance& instance) const;
  void write(const Instance& instance, const ValuePlan& plan);
  void writeLeaf(const Instance& instance, const ValuePlan& plan, int slot);
  void writeOne(model::ProtoMessage& root, const ValuePlan& plan, std::string_view text);
  void writePart(model::ProtoMessage& root, const ValuePlan& plan, std::string_view text);
  void writeEachConverted(model::ProtoMessage& root, const ValuePlan& plan, std::string_view text);
  template <class Take>
  void eachPart(const ValuePlan& plan, std::string_view text, Take take);
  void writeAll(model::ProtoMessage& root, const ValuePlan& plan, int first_value);
  void writeConverted(model::ProtoMessage& root, const ValuePlan& plan);
  void writePaper(model::ProtoMessage& root, const ValuePlan& plan);
  Result<std::string> takePaper(std::string_view base64, std::string_view type);
  model::ProtoMessage* reach(model::ProtoMessage& root, const TargetPlan& target);
  std::string_view textOf(const InputPlan& item);
  bool gather(const Instance& instance, const ValuePlan& plan);
  std::string_view envelope(const std::string& name);
  void note(std::string code, const std::string& path, std::string text);
  void unexplained(std::string_view suffix);
  std::string path() const;
  void marks(const Instance& instance);

  const ReadPlan* plan_ = nullptr;
  const ReadContext* context_ = nullptr;
  std::string text_, key_;
  TextPool pool_;  // of what was captured
  std::vector<Frame> frames_;
  std::vector<Value> values_;
  std::vector<Slot> slots_;
  std::vector<Instance> open_;
  size_t made_ = 0;             // of the open ones, from the first: those whose elements are made
  std::vector<Active> active_;  // by scope
  std::vector<Part> split_parts_;
  std::unordered_map<int, canonical::CanonicalMessage*>
      covers_;  // by number of the instance: what it says of the parts inside
  ElementLinks links_;
  std::vector<NamedText> identified_;
  Deriver deriver_;
  Outputs outputs_;
  std::vector<NamedText> inputs_;
  // What a converter was last asked in this document, and its answer.
  struct Remembered {
    Outputs question, answer;
    bool answered = false;
  };
  std::vector<Remembered> remembered_;
  Reading reading_;
  std::optional<MessageArena> arena_;  // of the document
  canonical::CanonicalMessage* base_ = nullptr;
  std::vector<int> outer_instance_;  // by number of an instance: the one around it
  std::vector<std::string> unexplained_;
  std::vector<int> finding_owner_;  // beside the findings: the instance that noted each
  std::vector<Elsewhere> elsewhere_;
  std::vector<const std::string*> asked_of_envelope_;
  Reached reached_;
  int frames_seen_ = 0;
};

}  // namespace causeway::mapping
