#pragma once

#include "host/protection/grant.hpp"
#include "host/protection/policy.hpp"

#include <string>
#include <utility>
#include <vector>

namespace causeway::protection {

/// Copies what passes from one message to another, field by field, and keeps account of what did not. For one decision.
class Projector {
 public:
  Projector(const Grant& grant, const Recipient& recipient, Instant now);

  /// Answers whether anything passed. Only fields of the schema are looked at, so that what a newer writer added is left out.
  bool copy(const model::ProtoMessage& from, model::ProtoMessage& to) { return copyFields(from, to, 0, kEverywhere); }

  /// A bail status that means two opposite things is among what passed.
  bool undeterminedBail() const { return undetermined_bail_; }
  std::vector<std::string> granted() const;
  /// Ids of the elements of the case's own lists that are in the copy, in their order there.
  std::vector<std::string> takeElements() { return std::move(elements_); }
  std::vector<Withheld> withheld() const;

 private:
  enum class Rule : unsigned char { None, NotGranted, UnsafeContact, LocatesProtected, LocatesOffender, Public };

  bool copyFields(const model::ProtoMessage& from, model::ProtoMessage& to, int place, Bits bits);
  bool copyField(const model::ProtoMessage& from, model::ProtoMessage& to, int place, Bits bits);
  bool copyLeaf(const model::ProtoMessage& from, model::ProtoMessage& to, int place, Bits bits);
  bool copyElements(const model::ProtoMessage& from, model::ProtoMessage& to, int place, Bits bits);
  Bits bitsInside(const model::ProtoMessage& element, int list, Bits bits) const;
  bool unsafe(const model::ProtoMessage& element) const;
  Rule ruleFor(int place, Bits bits) const;
  bool allWithheld(const SchemaNode& value) const;
  static std::string nameOf(Rule rule);

  const SchemaTree& schema_;
  const Grant& grant_;
  const Recipient& recipient_;
  std::string today_;
  std::vector<char> passed_;  // by place
  std::vector<std::string> elements_;
  std::vector<Rule> withheld_;  // by place: the strongest rule that withheld it somewhere
  bool to_suspect_side_ = false;
  bool in_unsafe_contact_ = false;
  bool undetermined_bail_ = false;
};

}  // namespace causeway::protection
