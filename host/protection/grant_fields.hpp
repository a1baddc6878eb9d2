#pragma once

#include "host/protection/grant.hpp"

namespace causeway::protection {

/// Adds the fields of one grant, list by list.
class FieldsReader {
 public:
  FieldsReader(Grant& grant, Problems& problems) : grant_(grant), problems_(problems) {}

  /// A list of paths and of { field or fields, as, keep, covered_by, because }.
  void addAll(const Node& list);

 private:
  /// How one entry grants what it names.
  struct Entry {
    std::string because = {};
    unsigned char changed = 0;  ///< number of the transform, from 1
    Cover cover = kNothingCovered;
    Location at = {};           ///< of the entry, reported once for all parts of a value
    bool needs_reason = false;  ///< reported already
  };

  void addReasoned(const Node& item);
  Cover coverOf(const Node& item, const std::string& name);
  unsigned char transformOf(const Node& item, const std::string& name, int keep);
  void add(const Node& item, Entry entry);
  Bits filterBit(int list, Bits needs, const model::FieldPath::Step& step, const Node& item);
  void pass(int place, Bits bit, Entry& entry);
  void passLeaf(int place, Bits bit, Entry& entry);
  bool canBeChanged(const SchemaNode& node, const Entry& entry);

  Grant& grant_;
  Problems& problems_;
};

}  // namespace causeway::protection
