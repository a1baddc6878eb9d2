#pragma once

#include "host/base/short_text.hpp"
#include "host/mapping/code_table.hpp"
#include "host/mapping/converters.hpp"
#include "host/mapping/merge_below.hpp"
#include "host/mapping/name_key.hpp"
#include "host/mapping/rules.hpp"
#include "host/model/condition.hpp"
#include "host/model/field_path.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::mapping {

using CodeTables = std::map<std::string, CodeTable, std::less<>>;

/// Where a value of a rule comes from: a captured leaf of the scope, the envelope, or the rule itself.
struct InputPlan {
  enum class Kind { Slot, Envelope, Constant } kind = Kind::Slot;
  std::string name;  ///< of the converter's input
  int slot = -1;
  std::string text;  ///< envelope field, or the constant
};

/// Where a value goes, checked against the type of its scope.
struct TargetPlan {
  model::FieldPath path;
  std::string names;  ///< of the path alone, without indexes and filters
  int holder =
      -1;  ///< the same number: the same message holds the leaf, of the same root; -1: a new one may be made each time
  bool from_message = false;  ///< `$message.`: from the root, not from the scope's element
};

/// One field rule, compiled.
struct ValuePlan {
  bool simple = false;  ///< one leaf to one place: no split_on, refers or fallback
  bool paper = false;   ///< takes a paper: its fingerprint goes to the target
  model::Shape shape = model::Shape::String;
  const Converter* converter = nullptr;
  Converters::Unchanged unchanged = nullptr;  ///< says of a text that the converter would only repeat it
  const CodeTable* table = nullptr;
  TargetPlan target;
  std::vector<InputPlan> inputs;
  std::string source;  ///< path as written, for findings
  std::optional<std::string> fallback;
  int memory = -1;  ///< where the last answer of an adapter's converter is remembered; -1: of a built-in one it is not
  std::string split_on, basis;
  std::vector<std::string> refers;  ///< names of lists, as in a target
  Location at;
};

struct TestPlan {
  int slot = -1;
  SourceTest test;
};

/// A derivation, compiled against the type it looks at.
struct DerivePlan {
  Location at;
  TargetPlan in;
  model::Condition given, when;
  std::vector<std::pair<model::FieldPath, std::string>> set;
  struct Source {
    std::string name;
    TargetPlan path;
  };
  std::vector<Source> with;
  model::FieldPath to;
  const Converter* converter = nullptr;
  const CodeTable* table = nullptr;
};

/// One repeated element of the document (or the document itself): its captured values live until it closes.
struct ScopePlan {
  /// When a derivation is worth trying, in bits of `looked_at`.
  struct Needs {
    std::uint64_t there = 0;   ///< paths that must lead to something
    std::uint64_t absent = 0;  ///< paths that must not
    std::uint64_t fills = 0;   ///< paths that may lead to something once it was tried
  };
  enum class Kind { Each, Group, Ignore } kind = Kind::Each;
  int parent = -1;
  int slots = 0;
  std::vector<TestPlan> tests;
  bool tested_late =
      false;  ///< a test looks through a group of the same element (`.[a=b]/c`), which ends with that element
  std::vector<ValuePlan> values;
  std::vector<int> only_slot;  ///< beside the values: the slot that alone gives it something to write; -1: ask the rule
  std::vector<DerivePlan> derive;
  std::vector<model::FieldPath> looked_at;  ///< at most 64 paths from the element
  std::vector<Needs> derive_needs;          ///< beside the derivations
  TargetPlan target;  ///< list whose new element this scope fills; empty path: the parent's element
  bool has_target = false;
  bool split = false;
  bool cover = false;  ///< elements around a split: what it says goes into each message made inside it
  bool whole = false;  ///< what no rule explains inside is a finding that holds the message
  int one_per_slot = -1;
  std::string keep;
  int key_slot = -1;
  const google::protobuf::Message* prototype = nullptr;  ///< of a kept element
  std::vector<std::pair<std::string, int>> by;           ///< kept name, slot of the key
  std::vector<std::pair<model::FieldPath, std::string>> link;
  std::vector<std::pair<int, int>> promotes;  ///< of a group: own slot -> parent's slot
};

/// Works out when each derivation of a scope is worth trying, and takes the tests for that out of its condition.
void noteNeeds(ScopePlan& scope);

/// A name at a place of the document.
struct SourceNode {
  std::string name;  ///< "@name" for an attribute
  int number = 0;    ///< its place in the plan
  int above = -1;    ///< number of the node it lies in
  std::vector<int> children;
  std::vector<std::pair<int, int>> captures;  ///< scope, slot
  std::vector<int> opens;                     ///< scopes
  bool ignored = false;                       ///< with everything below
  bool rest_ignored = false;                  ///< what no rule names here
};

struct MarkPlan {
  std::string path;
  std::vector<TestPlan> tests;
};

/// A mapping compiled for reading: a trie over the names of the document, and what to do when each scope closes.
class ReadPlan {
 public:
  static ReadPlan compile(const MappingFile& file, const Converters& converters, const CodeTables& tables,
                          Problems& problems);
  ReadPlan() = default;
  ReadPlan(ReadPlan&&) = default;  // not to be copied: its table of names points at its nodes

  std::string id, version, message, reply;
  std::vector<std::pair<std::string, int>> identify;   ///< name, slot of the message's scope
  std::vector<SourceNode> nodes;                       ///< 0 is the root element
  std::vector<ScopePlan> scopes;                       ///< 0 is the message
  int memories = 0;                                    ///< how many answers of converters are remembered
  std::vector<std::vector<std::string>> deep_ignores;  ///< patterns with ** in them, by segment
  std::vector<MarkPlan> complete, clear;
  /// A part that a message must have: the path, and the list whose elements must all have it.
  struct Required {
    model::FieldPath path, holder;
  };
  std::vector<Required> require;
  std::optional<MultipartRule> multipart;
  NumberedLists numbered;  ///< of which every line names elements by number

  /// Once, when all rules are in: an ignored element in which something is mapped loses only the rest, and names are found quickly.
  void settle();
  /// The node at a path of names below another, made where there is none; -1 when it is no such path.
  int reach(int from, std::string_view path);
  /// The child of a node by name, nullptr when no rule names it. Only once the plan is settled; nodes stay where they are from then on.
  const SourceNode* below(const SourceNode& node, std::string_view name) const {
    const auto key = keyBelow(node.number, name);
    for (size_t at = placeOf(key, bits_);; at = (at + 1) & (places_.size() - 1)) {
      const auto& [known, child] = places_[at];
      if (!child || (known == key && child->above == node.number && isSameText(child->name, name))) return child;
    }
  }
  /// A pattern with ** covers the path (segments from below the root).
  bool ignoredDeep(const std::vector<std::string_view>& path) const;

 private:
  // Where a name below a node is found in one step, in nearly all cases.
  struct Place {
    std::uint64_t key = 0;
    const SourceNode* node = nullptr;  // nothing there
  };
  static std::uint64_t keyBelow(int above, std::string_view name) {
    return nameKey(name) + static_cast<std::uint64_t>(above) * 0xD6E8FEB86659FD93U;
  }
  int child(int node, std::string_view name) const;
  void settlePlaces();
  std::vector<Place> places_;  // a power of two of them, most of them empty
  unsigned bits_ = 0;
};

}  // namespace causeway::mapping
