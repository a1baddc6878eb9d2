#include "host/model/reflection_of.hpp"

#include "host/model/case.pb.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace causeway::model {
namespace {

Shape findShape(const ProtoField& field) {
  switch (field.cpp_type()) {
    case ProtoField::CPPTYPE_BOOL: return Shape::Bool;
    case ProtoField::CPPTYPE_INT32:
    case ProtoField::CPPTYPE_INT64: return Shape::Integer;
    case ProtoField::CPPTYPE_MESSAGE: break;
    default: return Shape::String;
  }
  const std::array<std::pair<const ProtoType*, Shape>, 6> shapes = {
      {{canonical::Code::descriptor(), Shape::Code},
       {canonical::Text::descriptor(), Shape::Text},
       {canonical::LocalTime::descriptor(), Shape::LocalTime},
       {canonical::Term::descriptor(), Shape::Term},
       {canonical::Money::descriptor(), Shape::Money},
       {canonical::Identifier::descriptor(), Shape::Identifier}}};
  for (const auto& [type, shape] : shapes)
    if (type == field.message_type()) return shape;
  return Shape::Group;
}

FieldFacts findFacts(const ProtoField& field) {
  FieldFacts out;
  if (const auto* access = accessTo(field)) static_cast<FieldAccess&>(out) = *access;
  out.field = &field;
  out.reflection =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(field.containing_type())->GetReflection();
  out.shape = findShape(field);
  const canonical::Form form = field.options().GetExtension(canonical::is).form();
  out.date = form == canonical::DATE;
  out.instant = form == canonical::INSTANT;
  return out;
}

// By the address of the field. Asked for most things that are done to a field, so it is one step in nearly all cases.
class FactsOfTheCase {
 public:
  FactsOfTheCase() {
    const auto& file = *canonical::CanonicalMessage::descriptor()->file();
    addAll(file);
    for (int i = 0; i < file.dependency_count(); ++i) addAll(*file.dependency(i));
    for (const auto& entry : entries_)
      if (entry.field && entry.field->message_type()) addParts(*entry.facts, *entry.field->message_type());
  }

  const FieldFacts* find(const ProtoField& field) const {
    for (size_t at = placeOf(field);; at = (at + 1) % kPlaces)
      if (entries_[at].field == &field || !entries_[at].field) return entries_[at].facts.get();
  }

 private:
  struct Entry {
    const ProtoField* field = nullptr;
    std::unique_ptr<FieldFacts> facts;
  };
  static constexpr size_t kPlaces = 4096;  // several for each field, so that few have to step aside

  static size_t placeOf(const ProtoField& field) {
    return (reinterpret_cast<std::uintptr_t>(&field) / alignof(ProtoField) * 0x9E3779B97F4A7C15U) >> 52U;
  }

  void addAll(const google::protobuf::FileDescriptor& file) {
    for (int i = 0; i < file.message_type_count(); ++i)
      for (int field = 0; field < file.message_type(i)->field_count(); ++field)
        add(*file.message_type(i)->field(field));
  }

  void add(const ProtoField& field) {
    size_t at = placeOf(field);
    while (entries_[at].field) at = (at + 1) % kPlaces;
    entries_[at] = {&field, std::make_unique<FieldFacts>(findFacts(field))};
  }

  void addParts(FieldFacts& group, const ProtoType& type) const {
    for (int i = 0; i < type.field_count(); ++i)
      if (const auto* facts = find(*type.field(i))) group.parts.push_back(facts);
  }

  std::vector<Entry> entries_ = std::vector<Entry>(kPlaces);
};

}  // namespace

const FieldFacts& factsOf(const ProtoField& field) {
  static const FactsOfTheCase known;
  static const FieldFacts none;
  const auto* facts = known.find(field);
  return facts ? *facts : none;
}

}  // namespace causeway::model
