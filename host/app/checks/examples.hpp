#pragma once

#include "host/mapping/library.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace causeway::app {

/// A file in `<system>/examples/` beside the mappings of a system. It shows what they do; its folder is all that must be known of it:
///
///   hearing.xml                       a document that comes in, and
///   hearing.expected.json             what it becomes: the canonical message, or an array of them
///   task.json                         a canonical message that goes out, and
///   task.expected.xml                 what it is written as, where one mapping of the system writes it in that format
///   task.expected.other-task.json     ... by mappings/<system>/other-task.yaml, where several do
struct Example {
  std::filesystem::path file;
  std::string system;     ///< name of the folder of the system
  std::string name;       ///< of the file, without its ending
  bool outgoing = false;  ///< a canonical message to write; otherwise a document to read
  std::string type;       ///< of an outgoing one: its message type
};

/// Every example below these folders of mappings, in the order of their paths.
std::vector<Example> findExamples(const std::vector<std::filesystem::path>& folders);

/// The mappings of the example's own system that write it.
std::vector<const mapping::MappingFile*> writersOf(const mapping::Library& library, const Example& example);

/// Where it stands what a document that comes in becomes.
std::filesystem::path expectationOf(const Example& example);
/// Where it stands what the mapping writes of an outgoing example. The file need not exist.
std::filesystem::path expectationOf(const Example& example, const mapping::MappingFile& writer,
                                    const mapping::Library& library);

/// Name of the folder of the system that a mapping belongs to, below one of these folders of mappings; empty when in none.
std::string systemOf(const mapping::MappingFile& mapping, const std::vector<std::filesystem::path>& folders);

/// What one mapping does, and how far its examples show it.
struct SystemRow {
  std::string system, type, direction;  ///< in, out, or answer (to a document of the system)
  std::string mapping, version;
  int examples = 0;
  int unexplained =
      0;           ///< leaves of the examples that no rule maps or ignores, and fields that get lost on the way out
  int failed = 0;  ///< examples that cannot be read or written
  bool complete() const { return (examples > 0 || direction == "answer") && unexplained == 0 && failed == 0; }
};

/// A row for each mapping, by system, direction and type. An answer is written for every document that comes in and needs no example.
std::vector<SystemRow> systemRows(const mapping::Library& library, const std::vector<std::filesystem::path>& folders);
/// The rows as a table in Markdown: what `causeway systems` prints and README.md shows.
std::string systemTable(const std::vector<SystemRow>& rows);

}  // namespace causeway::app
