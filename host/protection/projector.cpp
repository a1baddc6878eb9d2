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

bool isMarked(const canonical::Text& text) {
  return text.basis() == "fact" || text.basis() == "assessment" || text.basis() == "wording";
}

}  // namespace

Projector::Projector(const Grant& grant, const Circumstances& circumstances)
    : schema_(SchemaTree::instance()),
      grant_(grant),
      circumstances_(circumstances),
      today_(formatDate(circumstances.today)),
      passed_(schema_.nodes().size(), 0),
      withheld_(schema_.nodes().size(), kPasses),
      to_suspect_side_(circumstances.recipient.side == "defence" ||
                       circumstances.recipient.side == "offender_management" ||
                       circumstances.recipient.side == "suspect") {}

bool Projector::copyFields(const model::ProtoMessage& from, model::ProtoMessage& to, int place, Bits bits,
                           size_t depth) {
  const auto& children = schema_.at(place).children;
  if (children.empty()) return false;
  if (present_.size() <= depth) present_.emplace_back();
  auto& present = present_[depth];
  from.GetReflection()->ListFields(from, &present);
  bool any = false;
  for (const auto* field : present) {
    if (field->is_extension()) continue;
    any |= copyField(from, to, children[static_cast<size_t>(field->index())], bits, depth);
  }
  return any;
}

bool Projector::copyField(const model::ProtoMessage& from, model::ProtoMessage& to, int place, Bits bits,
                          size_t depth) {
  const auto& node = schema_.at(place);
  if (!node.field->message_type()) return copyLeaf(from, to, place, bits);
  if (node.field->is_repeated()) return copyElements(from, to, place, bits, depth);
  const auto& reflection = *from.GetReflection();
  const auto& inner = reflection.GetMessage(from, node.field);
  in_unmarked_text_ = node.narrative && !isMarked(static_cast<const canonical::Text&>(inner));
  const bool had = reflection.HasField(to, node.field);  // an age band made from a date of birth
  const bool any = copyFields(inner, *reflection.MutableMessage(&to, node.field), place, bits, depth + 1);
  in_unmarked_text_ = false;
  if (!any && !had) reflection.ClearField(&to, node.field);
  else if (any && node.bail_status && isUndetermined(static_cast<const canonical::Code&>(inner)))
    undetermined_bail_ = true;
  return any;
}

void Projector::pass(int place) {
  const auto at = static_cast<size_t>(place);
  if (passed_[at] == 0 && withheld_[at] == kPasses) touched_.push_back(place);
  passed_[at] = 1;
}

void Projector::withhold(int place, Check check) {
  const auto at = static_cast<size_t>(place);
  if (passed_[at] == 0 && withheld_[at] == kPasses) touched_.push_back(place);
  withheld_[at] = std::max(withheld_[at], check);
}

bool Projector::copyLeaf(const model::ProtoMessage& from, model::ProtoMessage& to, int place, Bits bits) {
  const Check check = checkFor(place, bits);
  if (check != kPasses) {
    withhold(place, check);
    sensitive_withheld_ |= check == Check::SensitiveField;
    return false;
  }
  if (grant_.changed[static_cast<size_t>(place)] != 0) return copyChanged(from, to, place);
  pass(place);
  const auto& field = *schema_.at(place).field;
  if (field.is_repeated()) copyRepeated(from, to, field);
  else copySingle(from, to, field);
  return true;
}

// What cannot be made to say less does not go at all.
bool Projector::copyChanged(const model::ProtoMessage& from, model::ProtoMessage& to, int place) {
  const auto& node = schema_.at(place);
  const auto& reflection = *from.GetReflection();
  const auto& transform = grant_.transforms[grant_.changed[static_cast<size_t>(place)] - 1U];
  const std::string value = reflection.GetString(from, node.field);
  std::optional<std::string> out;
  switch (transform.kind) {
    case Transform::Kind::AgeBand: {
      withhold(place, Check::Transformed);
      const auto band = ageBand(value, circumstances_.today);
      if (!band) return false;
      const auto* field = canonical::Person::descriptor()->FindFieldByNumber(canonical::Person::kAgeBandFieldNumber);
      const int beside = schema_.child(node.parent, *field);
      static_cast<canonical::Person&>(to).mutable_age_band()->set_code(*band);
      pass(schema_.child(beside, *canonical::Code::descriptor()->FindFieldByNumber(canonical::Code::kCodeFieldNumber)));
      return true;
    }
    case Transform::Kind::District: out = postcodeDistrict(value); break;
    case Transform::Kind::Masked: out = masked(value, transform.keep); break;
    case Transform::Kind::Pseudonym:
      if (circumstances_.pseudonyms && *circumstances_.pseudonyms)
        out = (*circumstances_.pseudonyms)(circumstances_.recipient.id, value);
      if (!out || out->empty()) key_missing_ = true;
      break;
  }
  if (!out || out->empty()) {
    withhold(place, Check::Transformed);
    return false;
  }
  pass(place);
  reflection.SetString(&to, node.field, *std::move(out));
  return true;
}

bool Projector::copyElements(const model::ProtoMessage& from, model::ProtoMessage& to, int place, Bits bits,
                             size_t depth) {
  const auto& field = *schema_.at(place).field;
  const auto& reflection = *from.GetReflection();
  const bool contact = field.message_type() == canonical::ContactPoint::descriptor();
  const bool address = field.message_type() == canonical::Address::descriptor();
  const bool of_case = schema_.at(schema_.at(place).parent).parent == 0;
  const auto* id = of_case ? field.message_type()->FindFieldByName("id") : nullptr;
  const int size = reflection.FieldSize(from, &field);
  bool any = false;
  for (int i = 0; i < size; ++i) {
    const auto& element = reflection.GetRepeatedMessage(from, &field, i);
    const bool was_unsafe = in_unsafe_contact_, was_unsafe_post = in_unsafe_post_;
    in_unsafe_contact_ = was_unsafe || (contact && unsafe(element));
    in_unsafe_post_ = was_unsafe_post || (address && unsafeForPost(element));
    in_unmarked_text_ = schema_.at(place).narrative && !isMarked(static_cast<const canonical::Text&>(element));
    auto& copy = *reflection.AddMessage(&to, &field);
    if (copyFields(element, copy, place, bitsInside(element, place, bits), depth + 1)) {
      any = true;
      if (id != nullptr) elements_.push_back(model::textOf(element, *id));
    } else {
      reflection.RemoveLast(&to, &field);
    }
    in_unsafe_contact_ = was_unsafe;
    in_unsafe_post_ = was_unsafe_post;
    in_unmarked_text_ = false;
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
  if (circumstances_.recipient.audience == "police") return false;
  const auto& point = static_cast<const canonical::ContactPoint&>(element);
  const bool expired =
      point.safe().has_expires_on() && earlier(Check::UnsafeContact, point.safe().expires_on(), today_);
  return point.safe().state() != "safe" || point.dead() || expired;
}

// Whoever writes to the person must know that a letter there is safe.
bool Projector::unsafeForPost(const model::ProtoMessage& element) const {
  return circumstances_.recipient.audience == "victim" &&
         !static_cast<const canonical::Address&>(element).safe_for_post();
}

Check Projector::checkFor(int place, Bits bits) const {
  const auto& node = schema_.at(place);
  const auto& audience = circumstances_.recipient.audience;
  if (refuses(Check::FieldGranted, (grant_.passes[static_cast<size_t>(place)] & bits) == 0)) return Check::FieldGranted;
  const bool identifies = node.category == canonical::IDENTITY || node.category == canonical::CONTACT ||
                          node.category == canonical::LOCATION || node.sensitive || node.locates != canonical::NOBODY;
  const bool measure = node.special_measure && !circumstances_.proceedings_over;
  if (refuses(Check::SpecialMeasures, measure && audience == "public")) return Check::SpecialMeasures;
  if (refuses(Check::Public, identifies && audience == "public")) return Check::Public;
  if (refuses(Check::LocatesOffender, node.locates == canonical::OFFENDER && audience == "victim"))
    return Check::LocatesOffender;
  if (refuses(Check::LocatesProtected, to_suspect_side_ && node.locates == canonical::PROTECTED_PERSON))
    return Check::LocatesProtected;
  if (refuses(Check::UnsafePost, in_unsafe_post_)) return Check::UnsafePost;
  if (refuses(Check::UnsafeContact, in_unsafe_contact_)) return Check::UnsafeContact;
  if (refuses(Check::NarrativeUnmarked, in_unmarked_text_)) return Check::NarrativeUnmarked;
  if (refuses(Check::SensitiveField, node.sensitive && !circumstances_.sensitive_may_pass))
    return Check::SensitiveField;
  return kPasses;
}

bool Projector::allWithheld(const SchemaNode& value) const {
  return std::ranges::none_of(value.children, [&](int part) { return passed_[static_cast<size_t>(part)] != 0; });
}

// The label as sent does not count: it is hardly ever granted, and is listed as withheld by its own name.
bool Projector::partWithheld(const SchemaNode& value) const {
  return std::ranges::any_of(value.children, [&](int part) {
    return withheld_[static_cast<size_t>(part)] != kPasses && !schema_.at(part).label_as_sent;
  });
}

// A value is told by its own name when all of it passed or nothing did, and by its parts otherwise.
void Projector::account(Decision& decision) {
  std::ranges::sort(touched_);
  int told = -1;  // the value that was told last: its parts follow each other
  for (const int place : touched_) {
    const auto at = static_cast<size_t>(place);
    const auto& node = schema_.at(place);
    const auto& value = schema_.at(node.parent);
    if (grant_.changed[at] != 0 && (passed_[at] != 0 || withheld_[at] == Check::Transformed))
      decision.changed.push_back({node.path, std::string(nameOf(grant_.transforms[grant_.changed[at] - 1U].kind))});
    if (!value.value) {
      if (passed_[at] != 0) decision.granted.push_back(node.path);
      if (withheld_[at] != kPasses) decision.withheld.push_back({node.path, std::string(ruleOf(withheld_[at]))});
      continue;
    }
    const bool none = allWithheld(value), part = partWithheld(value);
    if (told != node.parent && none) {
      Check strongest = kPasses;
      for (const int each : value.children) strongest = std::max(strongest, withheld_[static_cast<size_t>(each)]);
      decision.withheld.push_back({value.path, std::string(ruleOf(strongest))});
    }
    if (told != node.parent && !none && !part) decision.granted.push_back(value.path);
    told = node.parent;
    if (passed_[at] != 0 && part) decision.granted.push_back(node.path);
    if (withheld_[at] != kPasses && !none) decision.withheld.push_back({node.path, std::string(ruleOf(withheld_[at]))});
  }
}

}  // namespace causeway::protection
