#pragma once

#include "host/mapping/document.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::mapping {

/// Finds which of many files are about documents with a root: the name of the outermost element in XML, a key of the outermost object
/// in JSON. Asking each file in turn was a fifth of the time of reading a short message.
class RootIndex {
 public:
  /// `file` is what `find` gives back; larger with every call. A file without a root is about no XML document and about every JSON document.
  void add(Format format, std::string_view root, size_t file);
  /// The files that are about a document, smallest first. `keys`: of a JSON document. What it gives lies in the index, or in `room`
  /// where several keys have files.
  std::span<const size_t> find(Format format, std::string_view root, NamedTexts keys, std::vector<size_t>& room) const;

 private:
  struct Entry {
    std::uint64_t key = 0;  // of the root
    std::string root;
    std::vector<size_t> files;
  };
  struct Table {
    std::vector<Entry> entries;
    std::vector<int> places;  // of entries, by key; -1: none. A power of two of them, most of them empty.
    unsigned bits = 0;
  };

  static const Entry* entryOf(const Table& table, std::string_view root);
  static void settle(Table& table);

  Table xml_, json_;
};

}  // namespace causeway::mapping
