#include "host/protection/projector.hpp"

#include "host/base/text.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

using Field = model::ProtoField;

template <class Get, class Add>
void copyEach(int size, Get get, Add add) {
  for (int i = 0; i < size; ++i) add(get(i));
}

void copyRepeated(const model::ProtoMessage& from, model::ProtoMessage& to, const Field& field) {
  const auto& reflection = *from.GetReflection();
  const int size = reflection.FieldSize(from, &field);
  const auto copy = [&](auto get, auto add) {
    copyEach(
        size, [&](int i) { return (reflection.*get)(from, &field, i); },
        [&](const auto& value) { (reflection.*add)(&to, &field, value); });
  };
  using Reflection = google::protobuf::Reflection;
  switch (field.cpp_type()) {
    case Field::CPPTYPE_STRING:
      for (int i = 0; i < size; ++i) reflection.AddString(&to, &field, reflection.GetRepeatedString(from, &field, i));
      break;
    case Field::CPPTYPE_BOOL: copy(&Reflection::GetRepeatedBool, &Reflection::AddBool); break;
    case Field::CPPTYPE_INT32: copy(&Reflection::GetRepeatedInt32, &Reflection::AddInt32); break;
    case Field::CPPTYPE_INT64: copy(&Reflection::GetRepeatedInt64, &Reflection::AddInt64); break;
    default: break;
  }
}

// A scalar of a kind that the case does not use has no copy here: it is left out.
void copySingle(const model::ProtoMessage& from, model::ProtoMessage& to, const Field& field) {
  const auto& reflection = *from.GetReflection();
  switch (field.cpp_type()) {
    case Field::CPPTYPE_STRING: reflection.SetString(&to, &field, reflection.GetString(from, &field)); break;
    case Field::CPPTYPE_BOOL: reflection.SetBool(&to, &field, reflection.GetBool(from, &field)); break;
    case Field::CPPTYPE_INT32: reflection.SetInt32(&to, &field, reflection.GetInt32(from, &field)); break;
    case Field::CPPTYPE_INT64: reflection.SetInt64(&to, &field, reflection.GetInt64(from, &field)); break;
    default: break;
  }
}

bool isUndetermined(const canonical::Code& code) {
  return code.code() == "undetermined_p" || (code.unmapped() && upperCase(trim(code.raw())) == "P");
}

}  // namespace

Projector::Projector(const Grant& grant, const Recipient& recipient, Instant now)
    : schema_(SchemaTree::instance()),
      grant_(grant),
      recipient_(recipient),
      today_(formatDate(toLondon(now).date)),
      passed_(schema_.nodes().size(), 0),
      withheld_(schema_.nodes().size(), Rule::None),
      to_suspect_side_(recipient.side == "defence" || recipient.side == "offender_management" ||
                       recipient.side == "suspect") {}

bool Projector::copyFields(const model::ProtoMessage& from, model::ProtoMessage& to, int place, Bits bits) {
  std::vector<const Field*> present;
  from.GetReflection()->ListFields(from, &present);
  bool any = false;
  const auto& children = schema_.at(place).children;
  for (const auto* field : present) {
    if (field->is_extension() || children.empty()) continue;
    any |= copyField(from, to, children[static_cast<size_t>(field->index())], bits);
  }
  return any;
}

bool Projector::copyField(const model::ProtoMessage& from, model::ProtoMessage& to, int place, Bits bits) {
  const auto& node = schema_.at(place);
  if (!node.field->message_type()) return copyLeaf(from, to, place, bits);
  if (node.field->is_repeated()) return copyElements(from, to, place, bits);
  const auto& reflection = *from.GetReflection();
  const auto& inner = reflection.GetMessage(from, node.field);
  const bool any = copyFields(inner, *reflection.MutableMessage(&to, node.field), place, bits);
  if (!any) reflection.ClearField(&to, node.field);
  else if (node.bail_status && isUndetermined(static_cast<const canonical::Code&>(inner))) undetermined_bail_ = true;
  return any;
}

bool Projector::copyLeaf(const model::ProtoMessage& from, model::ProtoMessage& to, int place, Bits bits) {
  const Rule rule = ruleFor(place, bits);
  const auto at = static_cast<size_t>(place);
  if (rule != Rule::None) {
    withheld_[at] = std::max(withheld_[at], rule);
    return false;
  }
  passed_[at] = 1;
  const auto& field = *schema_.at(place).field;
  if (field.is_repeated()) copyRepeated(from, to, field);
  else copySingle(from, to, field);
  return true;
}

bool Projector::copyElements(const model::ProtoMessage& from, model::ProtoMessage& to, int place, Bits bits) {
  const auto& field = *schema_.at(place).field;
  const auto& reflection = *from.GetReflection();
  const bool contact = field.message_type() == canonical::ContactPoint::descriptor();
  const int size = reflection.FieldSize(from, &field);
  const bool of_case = schema_.at(schema_.at(place).parent).parent == 0;
  const auto* id = of_case ? field.message_type()->FindFieldByName("id") : nullptr;
  bool any = false;
  for (int i = 0; i < size; ++i) {
    const auto& element = reflection.GetRepeatedMessage(from, &field, i);
    const bool was_unsafe = in_unsafe_contact_;
    in_unsafe_contact_ = was_unsafe || (contact && unsafe(element));
    if (copyFields(element, *reflection.AddMessage(&to, &field), place, bitsInside(element, place, bits))) {
      any = true;
      if (id != nullptr) elements_.push_back(model::textOf(element, *id));
    } else {
      reflection.RemoveLast(&to, &field);
    }
    in_unsafe_contact_ = was_unsafe;
  }
  return any;
}

Bits Projector::bitsInside(const model::ProtoMessage& element, int list, Bits bits) const {
  for (const auto& filter : grant_.filters)
    if (filter.list == list && (filter.needs & bits) != 0 && filter.matches(element)) bits |= filter.gives;
  return bits;
}

// The police hold these facts and must see that a number is unsafe; anybody else could only use it.
bool Projector::unsafe(const model::ProtoMessage& element) const {
  if (recipient_.audience == "police") return false;
  const auto& point = static_cast<const canonical::ContactPoint&>(element);
  const bool expired = point.safe().has_expires_on() && point.safe().expires_on() < today_;
  return point.safe().state() != "safe" || point.dead() || expired;
}

Projector::Rule Projector::ruleFor(int place, Bits bits) const {
  const auto& node = schema_.at(place);
  if ((grant_.passes[static_cast<size_t>(place)] & bits) == 0) return Rule::NotGranted;
  if (in_unsafe_contact_) return Rule::UnsafeContact;
  if (to_suspect_side_ && node.locates == canonical::PROTECTED_PERSON) return Rule::LocatesProtected;
  if (recipient_.audience == "victim" && node.locates == canonical::OFFENDER) return Rule::LocatesOffender;
  const bool identifies = node.category == canonical::IDENTITY || node.category == canonical::CONTACT ||
                          node.category == canonical::LOCATION || node.sensitive || node.locates != canonical::NOBODY;
  if (recipient_.audience == "public" && identifies) return Rule::Public;
  return Rule::None;
}

std::string Projector::nameOf(Rule rule) {
  switch (rule) {
    case Rule::UnsafeContact: return "A22";
    case Rule::LocatesProtected: return "A23";
    case Rule::LocatesOffender: return "A24";
    case Rule::Public: return "A20";
    default: return "A03";
  }
}

bool Projector::allWithheld(const SchemaNode& value) const {
  return std::ranges::none_of(value.children, [&](int part) { return passed_[static_cast<size_t>(part)] != 0; });
}

// A value is told by its own name when all of it passed or nothing did, and by its parts otherwise. The label as sent does
// not count: it is hardly ever granted, and is listed as withheld by its own name.
std::vector<std::string> Projector::granted() const {
  std::vector<std::string> out;
  const auto withheld = [&](int part) {
    return withheld_[static_cast<size_t>(part)] != Rule::None && !schema_.at(part).label_as_sent;
  };
  for (size_t place = 0; place < passed_.size(); ++place) {
    const auto& node = schema_.nodes()[place];
    if (node.value && !allWithheld(node) && std::ranges::none_of(node.children, withheld)) out.push_back(node.path);
    if (passed_[place] == 0) continue;
    const auto& value = schema_.at(node.parent);
    if (!value.value || std::ranges::any_of(value.children, withheld)) out.push_back(node.path);
  }
  return out;
}

std::vector<Withheld> Projector::withheld() const {
  std::vector<Withheld> out;
  for (size_t place = 0; place < withheld_.size(); ++place) {
    const auto& node = schema_.nodes()[place];
    if (node.value && allWithheld(node)) {
      Rule rule = Rule::None;
      for (const int part : node.children) rule = std::max(rule, withheld_[static_cast<size_t>(part)]);
      if (rule != Rule::None) out.push_back({node.path, nameOf(rule)});
    } else if (withheld_[place] != Rule::None) {
      const auto& value = schema_.at(node.parent);
      if (!value.value || !allWithheld(value)) out.push_back({node.path, nameOf(withheld_[place])});
    }
  }
  return out;
}

}  // namespace causeway::protection
