#pragma once

#include "host/mapping/envelope.hpp"
#include "host/mapping/read_plan.hpp"
#include "host/mapping/root_index.hpp"
#include "host/mapping/write_plan.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace causeway::mapping {

/// What a document shows before it is read.
struct Face {
  Format format = Format::Xml;
  std::string_view root, name_space;
  NamedTexts attributes;  ///< of the root; in JSON the values at the top of the document
};
/// Which message type a document is; empty when that cannot be said.
using Identify = std::function<Result<std::string>()>;

/// Every mapping, envelope and code table of an installation, compiled and checked as one whole. Immutable; shared by all threads.
class Library {
 public:
  /// `files` are the parsed YAML files below mappings/; each begins with `mapping:`, `part:`, `envelope:` or `table:`. Files that begin
  /// otherwise are reported. The library keeps the nodes and the converters.
  static std::unique_ptr<Library> load(std::vector<Node> files, Converters converters, Problems& problems);

  const ReadPlan* readPlan(std::string_view id) const;
  const WritePlan* writePlan(std::string_view id) const;
  const Envelope* envelope(std::string_view id) const;
  const CodeTables& tables() const { return tables_; }
  const std::vector<MappingFile>& mappings() const { return mappings_; }
  const std::vector<Envelope>& envelopes() const { return envelopes_; }
  const Fingerprint& fingerprint() const { return converters_.fingerprint(); }
  /// The mappings that read a part of a multipart body. `allowed` as in `choose`.
  std::vector<const MappingFile*> inParts(const std::vector<std::string>& allowed) const;

  /// The mapping that reads a document with this face. `allowed` narrows the choice (empty: all). Where mappings of several message types
  /// fit, `identify` is asked which it is, when there is one; where it cannot say, the first that fits is taken. NotFound when no mapping
  /// knows the root; Conflict when one does, but in another name space or version, or for another type than was identified.
  Result<const ReadPlan*> choose(const Face& face, const std::vector<std::string>& allowed,
                                 const Identify& identify) const;
  /// Whether what stands in the object under this key of a JSON document's root object has a say in that choice.
  bool looksInto(std::string_view key) const;
  const Envelope* chooseEnvelope(Format format, std::string_view root, std::string_view name_space,
                                 NamedTexts attributes) const;

 private:
  Library() = default;
  void loadFiles(Problems& problems);
  Parts loadParts(Problems& problems) const;
  void compile(Problems& problems);
  void noteLookedInto();
  void checkReply(const Location& at, const std::string& reply, Problems& problems) const;

  std::vector<Node> files_;
  Converters converters_;
  CodeTables tables_;
  std::vector<MappingFile> mappings_;
  std::vector<Envelope> envelopes_;
  RootIndex mappings_by_root_, envelopes_by_root_;  ///< by place in their lists
  std::map<std::string, ReadPlan, std::less<>> read_plans_;
  std::vector<const ReadPlan*> plans_;  ///< beside the mappings; nullptr: it only writes
  std::map<std::string, WritePlan, std::less<>> write_plans_;
  std::set<std::string, std::less<>> looked_into_;  ///< keys before a '/' in roots and tests of mappings and envelopes
};

}  // namespace causeway::mapping
