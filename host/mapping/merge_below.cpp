#include "host/mapping/merge_below.hpp"

#include "host/model/reflection_of.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <vector>

namespace causeway::mapping {
namespace {

using google::protobuf::Message;
using Field = google::protobuf::FieldDescriptor;
using Fields = std::vector<const model::FieldFacts*>;

// Of a whole message. Those of a group are known by the field that holds it.
const Fields& fieldsOfAMessage() {
  static const Fields known = [] {
    const auto& type = *canonical::CanonicalMessage::descriptor();
    Fields out;
    for (int i = 0; i < type.field_count(); ++i) out.push_back(&model::factsOf(*type.field(i)));
    return out;
  }();
  return known;
}

void mergeFields(const Message& base, Message& part, const Fields& fields, const NumberedLists& numbered);

void copySingle(const Message& base, Message& part, const Field* field) {
  const auto& access = model::reflectionOf(*field);
  switch (field->cpp_type()) {
    case Field::CPPTYPE_STRING: return access.SetString(&part, field, access.GetString(base, field));
    case Field::CPPTYPE_BOOL: return access.SetBool(&part, field, access.GetBool(base, field));
    case Field::CPPTYPE_INT32: return access.SetInt32(&part, field, access.GetInt32(base, field));
    case Field::CPPTYPE_INT64: return access.SetInt64(&part, field, access.GetInt64(base, field));
    default: return;  // the canonical case has no others
  }
}

void append(const Message& base, Message& part, const Field* list, int index) {
  const auto& access = model::reflectionOf(*list);
  switch (list->cpp_type()) {
    case Field::CPPTYPE_MESSAGE:  // it is empty: CopyFrom would first look whether one is inside the other
      return access.AddMessage(&part, list)->MergeFrom(access.GetRepeatedMessage(base, list, index));
    case Field::CPPTYPE_STRING: return access.AddString(&part, list, access.GetRepeatedString(base, list, index));
    case Field::CPPTYPE_BOOL: return access.AddBool(&part, list, access.GetRepeatedBool(base, list, index));
    case Field::CPPTYPE_INT32: return access.AddInt32(&part, list, access.GetRepeatedInt32(base, list, index));
    case Field::CPPTYPE_INT64: return access.AddInt64(&part, list, access.GetRepeatedInt64(base, list, index));
    default: return;
  }
}

void reverse(Message& part, const Field* list, int from, int to) {
  for (--to; from < to; ++from, --to) part.GetReflection()->SwapElements(&part, list, from, to);
}

void putBefore(const Message& base, Message& part, const Field* list) {
  const int own = part.GetReflection()->FieldSize(part, list), more = base.GetReflection()->FieldSize(base, list);
  for (int i = 0; i < more; ++i) append(base, part, list, i);
  if (own == 0) return;
  // Three reversals turn "own, more" into "more, own".
  reverse(part, list, 0, own);
  reverse(part, list, own, own + more);
  reverse(part, list, 0, own + more);
}

// protobuf's own list of the filled fields takes several times as long to make.
template <class Visit>
void eachFilled(const Message& message, const Fields& fields, Visit visit) {
  for (const auto* facts : fields)
    if (facts->count(message) > 0) visit(*facts);
}

// The same element where both have it; what only the base has comes after.
void joinByNumber(const Message& base, Message& part, const model::FieldFacts& facts, const NumberedLists& numbered) {
  const int own = facts.count(part), more = facts.count(base);
  for (int i = 0; i < more; ++i)
    if (i < own) mergeFields(facts.group(base, i), facts.change(part, i), facts.parts, numbered);
    else append(base, part, facts.field, i);
}

bool joins(const model::FieldFacts& facts, const NumberedLists& numbered) {
  return facts.change && numbered.contains(facts.field);
}

void mergeFields(const Message& base, Message& part, const Fields& fields, const NumberedLists& numbered) {
  eachFilled(base, fields, [&](const model::FieldFacts& facts) {
    if (facts.field->is_repeated() && joins(facts, numbered)) joinByNumber(base, part, facts, numbered);
    else if (facts.field->is_repeated()) putBefore(base, part, facts.field);
    else if (facts.change) mergeFields(facts.group(base, -1), facts.change(part, -1), facts.parts, numbered);
    else if (facts.count(part) == 0) copySingle(base, part, facts.field);
  });
}

void takeFields(Message& base, Message& part, const Fields& fields, const NumberedLists& numbered) {
  std::vector<const Field*> missing;
  eachFilled(base, fields, [&](const model::FieldFacts& facts) {
    if (facts.count(part) == 0) missing.push_back(facts.field);
    else if (facts.field->is_repeated() && joins(facts, numbered)) joinByNumber(base, part, facts, numbered);
    else if (facts.field->is_repeated()) putBefore(base, part, facts.field);
    else if (facts.change) takeFields(facts.change(base, -1), facts.change(part, -1), facts.parts, numbered);
  });
  if (!missing.empty()) part.GetReflection()->SwapFields(&part, &base, missing);
}

}  // namespace

void takeBelow(canonical::CanonicalMessage& base, canonical::CanonicalMessage& part, const NumberedLists& numbered) {
  takeFields(base, part, fieldsOfAMessage(), numbered);
}

void mergeBelow(const canonical::CanonicalMessage& base, canonical::CanonicalMessage& part,
                const NumberedLists& numbered) {
  mergeFields(base, part, fieldsOfAMessage(), numbered);
}

}  // namespace causeway::mapping
