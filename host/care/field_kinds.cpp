#include "host/care/field_kinds.hpp"

#include "host/care/merger.hpp"
#include "host/model/case.pb.h"

#include <cstdint>
#include <unordered_map>

namespace causeway::care {
namespace {

using model::ProtoField;
using model::ProtoMessage;

/// The kind of every field below the case, worked out once.
class Kinds {
 public:
  Kinds() {
    const auto* root = canonical::Case::descriptor();
    enter(*root);
    for (const char* name : {"case_id", "defendants", "hearings", "parties"}) mark(*root, name, FieldKind::Apart);
    for (const char* name : {"id", "offences", "results", "orders"})
      mark(*canonical::Defendant::descriptor(), name, FieldKind::Apart);
    for (const char* name : {"id", "results"}) mark(*canonical::Offence::descriptor(), name, FieldKind::Apart);
    for (const char* name : {"id", "fixture_no", "previous_starts_at"})
      mark(*canonical::Hearing::descriptor(), name, FieldKind::Apart);
    for (const auto* type :
         {canonical::Party::descriptor(), canonical::Result::descriptor(), canonical::Order::descriptor()})
      mark(*type, "id", FieldKind::Apart);
    // One statement each: a part of an older one beside a part of a newer one would be said by nobody.
    mark(*canonical::Defendant::descriptor(), "bail", FieldKind::Whole);
    mark(*canonical::Result::descriptor(), "next_hearing", FieldKind::Whole);
    for (const char* name : {"qualifiers", "meanings", "terms"})
      mark(*canonical::Result::descriptor(), name, FieldKind::Whole);
    mark(*canonical::Name::descriptor(), "given", FieldKind::Whole);
    mark(*canonical::Address::descriptor(), "lines", FieldKind::Whole);
    mark(*canonical::SafeContact::descriptor(), "times", FieldKind::Whole);
    mark(*canonical::Offence::descriptor(), "aggravation", FieldKind::Whole);
    mark(*canonical::Person::descriptor(), "age_at", FieldKind::Whole);
    mark(*canonical::Defendant::descriptor(), "sentence", FieldKind::Whole);
    for (const char* name : {"list_entry", "trial_outcome"})
      mark(*canonical::Hearing::descriptor(), name, FieldKind::Whole);
    for (const char* name : {"availability", "change", "engagement", "in_custody"})
      mark(*canonical::Party::descriptor(), name, FieldKind::Whole);
    for (const auto* type : {canonical::Referral::descriptor(), canonical::SafeguardingPlan::descriptor()})
      mark(*type, "override", FieldKind::Whole);
  }

  FieldKind of(const ProtoField& field) const {
    const auto known = kinds_.find(&field);
    return known == kinds_.end() ? FieldKind::Whole : known->second;
  }

 private:
  void enter(const model::ProtoType& type) {
    for (int i = 0; i < type.field_count(); ++i) {
      const auto& field = *type.field(i);
      const bool group = model::shapeOf(field) == model::Shape::Group;
      const bool fresh =
          kinds_.emplace(&field, field.is_repeated() ? FieldKind::Union
                                 : group             ? FieldKind::Group
                                                     : FieldKind::Whole)
              .second;
      if (group && fresh) enter(*field.message_type());
    }
  }
  void mark(const model::ProtoType& type, const char* name, FieldKind kind) {
    kinds_[type.FindFieldByName(name)] = kind;
  }

  std::unordered_map<const ProtoField*, FieldKind> kinds_;
};

const Kinds& kinds() {
  static const Kinds table;
  return table;
}

/// The fields that the annotations name as key, one after the other; where none is given, those that stand in for it.
std::string annotatedKey(const ProtoMessage& item) {
  std::vector<const ProtoField*> fields;
  item.GetReflection()->ListFields(item, &fields);
  std::string out, instead;
  for (const auto* field : fields) {
    const auto& meaning = field->options().GetExtension(canonical::is);
    if (meaning.key()) out += (out.empty() ? "" : "|") + flatText(item, *field);
    if (meaning.key_else()) instead += (instead.empty() ? "" : "|") + flatText(item, *field);
  }
  return out.empty() ? instead : out;
}

std::string addressKey(const canonical::Address& address) {
  if (!address.source_id().empty()) return address.source_id();
  std::string out = address.premises();
  for (const auto& line : address.lines()) out += " " + line;
  return comparable(out + " " + address.town() + " " + address.postcode());
}

std::string nameKey(const canonical::Name& name) {
  std::string out = name.type().code();
  for (const auto& given : name.given()) out += " " + given;
  return comparable(out + "|" + name.family());
}

bool isOwnId(std::string_view key) {
  const size_t dash = key.find('-');
  return dash != std::string_view::npos && dash <= 3 && dash > 0 && key.size() < 10 &&
         key.substr(0, dash).find_first_not_of("dhopr") == std::string_view::npos &&
         key.substr(dash + 1).find_first_not_of("0123456789") == std::string_view::npos;
}

std::string digestOf(std::string_view key) {
  std::uint32_t digest = 2166136261u;
  for (const char c : key) digest = (digest ^ static_cast<unsigned char>(c)) * 16777619u;
  constexpr std::string_view figures = "0123456789abcdef";
  std::string out;
  for (int shift = 28; shift >= 0; shift -= 4) out += figures[(digest >> shift) & 15u];
  return out;
}

/// Ids of our own are short and tell nothing; other keys may be a telephone number, so a digest stands for them. An id that
/// ends a key of several parts stays, so that it can be renamed with its element.
std::string shortKey(std::string_view key) {
  if (isOwnId(key)) return std::string(key);
  const size_t bar = key.rfind('|');
  if (bar != std::string_view::npos && isOwnId(key.substr(bar + 1)))
    return digestOf(key.substr(0, bar)) + "|" + std::string(key.substr(bar + 1));
  return digestOf(key);
}

}  // namespace

std::string itemPath(const std::string& list, std::string_view key) { return list + "[" + shortKey(key) + "]"; }

std::string idByContent(const ProtoMessage& item) {
  std::string out = item.GetDescriptor()->name();
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out + "-" + digestOf(keyOf(item));
}

FieldKind kindOf(const ProtoField& field) { return kinds().of(field); }

bool isOrderedByClaim(const ProtoField& field) {
  const auto* type = field.message_type();
  return type == canonical::Name::descriptor() || type == canonical::Address::descriptor() ||
         type == canonical::ContactPoint::descriptor();
}

int inUseFirst(const ProtoMessage& item) {
  if (item.GetDescriptor() == canonical::Name::descriptor()) {
    const auto& name = static_cast<const canonical::Name&>(item);
    return !name.has_type() || name.type().code() == "real" ? 1 : 0;
  }
  if (item.GetDescriptor() == canonical::Address::descriptor()) {
    const auto& address = static_cast<const canonical::Address&>(item);
    return !address.has_kind() || address.kind().code() == "home" ? 1 : 0;
  }
  return 0;
}

std::string keyOf(const ProtoMessage& item) {
  const auto* type = item.GetDescriptor();
  if (type == canonical::Code::descriptor()) return static_cast<const canonical::Code&>(item).code();
  if (type == canonical::Text::descriptor()) return static_cast<const canonical::Text&>(item).text();
  if (type == canonical::Address::descriptor()) return addressKey(static_cast<const canonical::Address&>(item));
  if (type == canonical::Name::descriptor()) return nameKey(static_cast<const canonical::Name&>(item));
  if (type == canonical::Identifier::descriptor()) {
    const auto& number = static_cast<const canonical::Identifier&>(item);
    return number.type() + "|" + number.value() + "|" + number.source();
  }
  const std::string key = annotatedKey(item);
  return key.empty() ? flatText(item) : key;
}

}  // namespace causeway::care
