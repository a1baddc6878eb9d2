#pragma once

#include "host/base/node.hpp"
#include "host/base/regex.hpp"
#include "host/mapping/document.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A mapping file as written: what it says, before it is compiled for one direction. Language: mappings/README.md.
namespace causeway::mapping {

/// A test on a value of the document, beside or below the element it guards: `where: { promptReference: timeOfHearing }`.
struct SourceTest {
  enum class Operator { Equals, In, Matches, Exists };
  Location at;
  std::string path;
  Operator op = Operator::Equals;
  std::vector<std::string> operands;
  std::shared_ptr<const Regex> regex;

  bool passes(std::string_view value, bool present) const;
};

/// A fact made from the case alone: `{ when: ..., set: ... }` or `{ from: code, to: meanings[], table: result-meaning }`.
struct DeriveRule {
  Location at;
  std::string in;               ///< elements it looks at; empty = the element of the enclosing `each`, or the message
  const Node* given = nullptr;  ///< with `in`: what must hold of the enclosing element for any of them to be looked at
  const Node* when = nullptr;
  std::vector<std::pair<std::string, std::string>> set;
  std::vector<std::pair<std::string, std::string>>
      with;  ///< named canonical paths ("value" for `from`); `$message.` from the root
  std::string to, as, table;
};

/// One line of `fields:`.
struct FieldRule {
  Location at;
  // What it takes: exactly one of these.
  std::string from;                                       ///< path of a leaf
  std::vector<std::pair<std::string, std::string>> with;  ///< named leaves for a converter; `=text` is a constant
  std::optional<std::string> value;                       ///< a constant
  std::string each;                                       ///< path of a repeated element: makes a scope

  std::string to;                       ///< where it goes
  std::string as;                       ///< converter
  std::string table;                    ///< code table
  std::optional<std::string> fallback;  ///< `default:`
  std::string split_on;                 ///< one text, several values
  std::string basis;                    ///< of a Text: fact, assessment, wording
  std::vector<std::string> refers;      ///< the value is the key of an element of one of these lists (see `one_per`)
  std::string json;                     ///< when writing JSON: text (default), number, boolean
  std::vector<SourceTest> where;        ///< reading: tests on the document
  const Node* when = nullptr;           ///< writing: condition over the canonical element

  // Of an `each` only.
  bool split = false;                                   ///< every element is a message of its own
  bool whole = false;                                   ///< a leaf inside that no rule explains holds the message
  std::string one_per;                                  ///< elements with the same key share one target
  std::string keep;                                     ///< kept under this name instead of going out...
  std::string key;                                      ///< ...by this key...
  std::string like;                                     ///< ...shaped like the elements of this target
  std::vector<std::pair<std::string, std::string>> by;  ///< {kept name, key path}: the kept one fills this element
  std::vector<std::pair<std::string, std::string>>
      link;  ///< {field of the enclosing element, "id"}: refers to this one
  std::vector<FieldRule> fields;
  std::vector<DeriveRule> derive;
};

struct IgnoreRule {
  Location at;
  std::string from;
  std::string why;
  std::vector<SourceTest> where;  ///< only the elements that pass
};

/// A list that the message makes whole, or a field that it takes back, always or when a test on the document passes.
struct MarkRule {
  Location at;
  std::string path;
  std::vector<SourceTest> where;
};

/// What a mapping says of multipart bodies: the part that it reads, and the papers that come beside it.
struct MultipartRule {
  struct Expected {
    std::string name;                ///< of the part
    std::vector<std::string> types;  ///< media types that it may have
  };
  std::string document;  ///< name of the part that holds the document
  std::vector<Expected> papers;
};

struct MappingFile {
  Location at;
  std::string id;  ///< "courts.spi-result"
  std::string version;
  std::optional<Format> reads, writes;
  std::string root;  ///< XML: local name; JSON: a key that the root object must have, or the key to write under
  std::string name_space;
  std::vector<SourceTest> when;  ///< further tests on the root that choose between mappings
  std::string message;           ///< message type; a field that goes to `type` may say another
  std::string reply;             ///< mapping that writes the answer to a document that came without an envelope
  std::vector<std::pair<std::string, std::string>>
      identify;  ///< {name, path}: what the document says of itself, as $envelope.<name>
  std::vector<FieldRule> fields;
  std::vector<DeriveRule> derive;
  std::vector<IgnoreRule> ignore;
  std::vector<MarkRule> complete, clear;
  std::vector<MarkRule>
      require;  ///< canonical paths that a message must have, and every element of the last list on the way
  std::optional<MultipartRule> multipart;  ///< absent: the document comes alone
};

/// Files that begin with `part:`, by name: lines that several scopes have in common and take in by `use`.
struct Part {
  const Node* node = nullptr;
  bool used = false;
};
using Parts = std::map<std::string, Part, std::less<>>;

/// Reads a mapping file; every problem is reported at its place. The nodes must outlive the result (conditions stay in them).
MappingFile loadMappingFile(const Node& node, Parts& parts, Problems& problems);
std::vector<SourceTest> loadTests(const Node* node, Problems& problems);
/// `multipart:` of a mapping; nothing when it has none.
std::optional<MultipartRule> loadMultipart(const Node* node, Problems& problems);

}  // namespace causeway::mapping
