#include "host/model/field_access.hpp"

#include "host/base/short_text.hpp"
#include "host/model/case.pb.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <unordered_map>

namespace causeway::model {
namespace {

using google::protobuf::RepeatedPtrField;

template <class Type>
const Type& as(const ProtoMessage& message) {
  return static_cast<const Type&>(message);
}
template <class Type>
Type& as(ProtoMessage& message) {
  return static_cast<Type&>(message);
}

template <class Type, bool (Type::*Has)() const>
constexpr FieldAccess kNumber = {.count = [](const ProtoMessage& parent) { return (as<Type>(parent).*Has)() ? 1 : 0; }};

template <class Type, bool (Type::*Has)() const, const std::string& (Type::*Look)() const,
          std::string* (Type::*Change)()>
constexpr FieldAccess kText = {
    .count = [](const ProtoMessage& parent) { return (as<Type>(parent).*Has)() ? 1 : 0; },
    .text = [](const ProtoMessage& parent, int) -> const std::string& { return (as<Type>(parent).*Look)(); },
    .put = [](ProtoMessage& parent, std::string_view text) { assignText(*(as<Type>(parent).*Change)(), text); }};

template <class Type, const RepeatedPtrField<std::string>& (Type::*Look)() const,
          RepeatedPtrField<std::string>* (Type::*Change)()>
constexpr FieldAccess kTexts = {
    .count = [](const ProtoMessage& parent) { return (as<Type>(parent).*Look)().size(); },
    .text = [](const ProtoMessage& parent, int index) -> const std::string& {
      return (as<Type>(parent).*Look)()[index];
    },
    .put = [](ProtoMessage& parent, std::string_view text) { assignText(*(as<Type>(parent).*Change)()->Add(), text); }};

// The types of what the functions give are taken from the functions: a group of the case is always a message.
template <class Type, bool (Type::*Has)() const, auto Look, auto Change>
constexpr FieldAccess kGroup = {
    .count = [](const ProtoMessage& parent) { return (as<Type>(parent).*Has)() ? 1 : 0; },
    .group = [](const ProtoMessage& parent, int) -> const ProtoMessage& { return (as<Type>(parent).*Look)(); },
    .change = [](ProtoMessage& parent, int) -> ProtoMessage& { return *(as<Type>(parent).*Change)(); },
    .fill = [](ProtoMessage& parent) -> ProtoMessage& { return *(as<Type>(parent).*Change)(); }};

template <class Type, class Element, const RepeatedPtrField<Element>& (Type::*Look)() const,
          RepeatedPtrField<Element>* (Type::*Change)()>
constexpr FieldAccess kGroups = {
    .count = [](const ProtoMessage& parent) { return (as<Type>(parent).*Look)().size(); },
    .group = [](const ProtoMessage& parent, int index) -> const ProtoMessage& {
      return (as<Type>(parent).*Look)()[index];
    },
    .change = [](ProtoMessage& parent, int index) -> ProtoMessage& {
      return *(as<Type>(parent).*Change)()->Mutable(index);
    },
    .fill = [](ProtoMessage& parent) -> ProtoMessage& { return *(as<Type>(parent).*Change)()->Add(); }};

struct Row {
  const ProtoType* (*type)();
  const char* name;
  const FieldAccess* access;
};

// Made from the files of the case when it is built.
constexpr Row kRows[] = {
#include "host/model/field_access.inc"
};

}  // namespace

const FieldAccess* accessTo(const ProtoField& field) {
  static const auto known = [] {
    std::unordered_map<const ProtoField*, const FieldAccess*> out;
    for (const auto& row : kRows) out.emplace(row.type()->FindFieldByName(row.name), row.access);
    return out;
  }();
  const auto found = known.find(&field);
  return found == known.end() ? nullptr : found->second;
}

}  // namespace causeway::model
