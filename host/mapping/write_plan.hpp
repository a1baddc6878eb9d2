#pragma once

#include "host/mapping/converters.hpp"
#include "host/mapping/read_plan.hpp"
#include "host/mapping/rules.hpp"
#include "host/model/condition.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace causeway::mapping {

/// A value to write: a canonical path below the element at hand, a named value ($delivery.id, $reply.code, $envelope.id) or a constant.
struct SourcePlan {
  std::string name;   ///< input of the converter
  std::string named;  ///< without the $
  std::optional<std::string> constant;
  model::FieldPath path;
};

/// One element, attribute or key of the document to write, in the order of the file.
struct WriteNode {
  Location at;
  std::string name;  ///< local or prefixed; attributes without their @
  bool attribute = false;
  bool list = false;      ///< JSON array: written `name[]`
  model::FieldPath each;  ///< repeated for every element it leads to; empty: once
  std::optional<model::Condition> when;
  std::vector<SourcePlan> sources;  ///< of a leaf
  const Converter* converter = nullptr;
  const CodeTable* table = nullptr;
  std::optional<std::string> fallback;
  std::string json;  ///< text, number, boolean
  std::string join;  ///< several values in one text, with this between; of a list: one text parted into the items
  std::vector<int> children;
};

/// A mapping compiled for writing.
class WritePlan {
 public:
  static WritePlan compile(const MappingFile& file, const Converters& converters, const CodeTables& tables,
                           Problems& problems);

  std::string id, version, message;
  Format format = Format::Xml;
  std::string root, name_space;
  std::vector<WriteNode> nodes;       ///< 0 is the root
  std::vector<std::string> carried;   ///< names of canonical fields that it writes
  std::vector<std::string> left_out;  ///< names of canonical fields that it leaves out with a reason
  /// What a message must have to be written at all: of each line one of its alternatives.
  std::vector<std::vector<ReadPlan::Required>> require;
};

struct Written {
  std::string bytes;
  std::vector<std::string> lost;  ///< present canonical leaves that nothing carries or leaves out, by name
};

/// Named values of a delivery or reply: "delivery.id", "reply.code", "envelope.id", ...
using NamedValues = std::map<std::string, std::string, std::less<>>;

/// Writes one message. Elements without content are not written. Invalid when a converter cannot write a value, NotFound when a
/// part that `require` names is not there: the error names the part, never a value.
Result<std::string> writeBytes(const WritePlan& plan, const google::protobuf::Message& message,
                               const NamedValues& named, std::chrono::year_month_day day);

/// The same, with what was lost: for whoever checks a mapping. Looking at every leaf takes as long as writing.
Result<Written> write(const WritePlan& plan, const google::protobuf::Message& message, const NamedValues& named,
                      std::chrono::year_month_day day);

}  // namespace causeway::mapping
