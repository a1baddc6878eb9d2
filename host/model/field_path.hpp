#pragma once

#include "host/model/values.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace causeway::model {

struct FieldFacts;

/// A borrowed function `bool(parent, field, index)`: what FieldPath::visit calls at each place. Lives for the call only and costs no
/// memory, unlike std::function, since conditions are tested by the hundred for each message.
class FieldVisitor {
 public:
  template <class Visit>
    requires(!std::is_same_v<std::remove_cvref_t<Visit>, FieldVisitor>)
  FieldVisitor(Visit&& visit)  // NOLINT: lambdas are passed as they are
      : object_(const_cast<void*>(static_cast<const void*>(&visit))),
        call_([](void* object, const ProtoMessage& parent, const ProtoField& field, int index) -> bool {
          return (*static_cast<std::remove_reference_t<Visit>*>(object))(parent, field, index);
        }) {}
  bool operator()(const ProtoMessage& parent, const ProtoField& field, int index) const {
    return call_(object_, parent, field, index);
  }

 private:
  void* object_;
  bool (*call_)(void*, const ProtoMessage&, const ProtoField&, int);
};

/// A path through the canonical message, checked against its type once and then followed by pointers:
///   case.urn                         one field
///   case.defendants[0].offences[]    a list: every element when reading, a new one when writing
///   case.parties[role=victim]        the elements whose text is so; `role` may lead through lists (roles[].role)
/// The last step may be a value type (its text form) or go on into its parts (plea.raw).
class FieldPath {
 public:
  struct Step {
    const ProtoField* field = nullptr;
    const FieldFacts* access = nullptr;  ///< reads and writes the field in the message that holds it
    enum class Pick { One, Index, Every, Where } pick = Pick::One;
    int index = 0;
    std::string where;  ///< path of the tested field below the element
    std::string equals;
    std::shared_ptr<const FieldPath> tested;  ///< `where`, parsed
  };

  /// Invalid with the unknown name and the nearest known one. An empty path is the root itself.
  static Result<FieldPath> parse(std::string_view text, const ProtoType& root);

  const std::string& text() const { return text_; }
  const std::vector<Step>& steps() const { return steps_; }
  bool empty() const { return steps_.empty(); }
  const ProtoField& leaf() const { return *steps_.back().field; }
  Shape shape() const { return shape_; }
  /// What is known of the leaf. The path must not be empty.
  const FieldFacts& access() const { return *steps_.back().access; }
  /// Type of what the path leads to; nullptr when that is a scalar.
  const ProtoType* type() const;
  /// The names alone, without indexes and filters: "case.parties.person.names".
  std::string names() const;

  /// Text forms of everything the path leads to, in order. Absent fields give nothing.
  std::vector<std::string> read(const ProtoMessage& root) const;
  /// Visits each place the path leads to: the message that holds the field, the field, and the index in a list (else -1).
  /// Visiting stops when `visit` answers false. Lists are visited element by element, absent fields not at all.
  bool visit(const ProtoMessage& root, const FieldVisitor& visit) const;
  /// Whether it leads to anything there.
  bool leadsSomewhere(const ProtoMessage& root) const;

  /// The message that holds the leaf, made on the way where absent. `[]` on the way adds an element; `[n]` is filled up to n.
  ProtoMessage* reach(ProtoMessage& root) const;

 private:
  std::string text_;
  std::vector<Step> steps_;
  Shape shape_ = Shape::Group;
};

}  // namespace causeway::model
