#pragma once

#include "host/model/case.pb.h"
#include "host/model/reflection_of.hpp"
#include "host/model/values.hpp"

#include <string>
#include <vector>

namespace causeway::protection {

/// One field of the canonical message where it stands in the tree, with all that protection decides by. What a list or a
/// group says about whom it locates holds for everything below: a defendant's address locates the offender.
struct SchemaNode {
  const model::ProtoField* field = nullptr;  ///< null for the root
  const model::FieldFacts* access =
      nullptr;       ///< reads and writes the field in the message that holds it; null for the root
  std::string path;  ///< names only: case.parties.addresses.lines
  int parent = -1;
  std::vector<int> children;  ///< node of each field of the type, by its index; empty for a leaf
  std::vector<int> in_order;  ///< the same by number, in which order protobuf lists and writes them
  canonical::Locates locates = canonical::NOBODY;
  canonical::Category category = canonical::CATEGORY_UNSPECIFIED;
  bool sensitive = false;
  bool value = false;          ///< Code, Text, LocalTime, ...: granted as a whole by its name
  bool label_as_sent = false;  ///< Code.text: free text of a sender, granted only by its own name
  bool bail_status = false;
  bool narrative = false;        ///< a Text: says whether it is fact, assessment or wording
  bool special_measure = false;  ///< or below one
  bool leaf() const { return children.empty(); }
};

/// The whole canonical message as a flat tree; places are in the order of their paths, the root is 0.
class SchemaTree {
 public:
  static const SchemaTree& instance();

  const std::vector<SchemaNode>& nodes() const { return nodes_; }
  const SchemaNode& at(int place) const { return nodes_[static_cast<size_t>(place)]; }
  int child(int place, const model::ProtoField& field) const;

 private:
  SchemaTree();
  void addChildren(int place, const model::ProtoType& type, std::vector<const model::ProtoType*>& above);
  int add(int parent, const model::ProtoField& field);

  std::vector<SchemaNode> nodes_;
};

}  // namespace causeway::protection
