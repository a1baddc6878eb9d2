#include "host/protection/projector.hpp"

#include "host/base/text.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

using Field = model::ProtoField;

// A scalar of a kind that the case does not use has no copy here: it is left out.
void copyScalar(const model::ProtoMessage& from, model::ProtoMessage& to, const model::FieldFacts& facts) {
  const auto& reflection = *facts.reflection;
  const auto* field = facts.field;
  switch (field->cpp_type()) {
    case Field::CPPTYPE_BOOL: return reflection.SetBool(&to, field, reflection.GetBool(from, field));
    case Field::CPPTYPE_INT32: return reflection.SetInt32(&to, field, reflection.GetInt32(from, field));
    case Field::CPPTYPE_INT64: return reflection.SetInt64(&to, field, reflection.GetInt64(from, field));
    default: return;
  }
}

void copyScalars(const model::ProtoMessage& from, model::ProtoMessage& to, const model::FieldFacts& facts) {
  const auto& reflection = *facts.reflection;
  const auto* field = facts.field;
  const int size = reflection.FieldSize(from, field);
  for (int i = 0; i < size; ++i) switch (field->cpp_type()) {
      case Field::CPPTYPE_BOOL: reflection.AddBool(&to, field, reflection.GetRepeatedBool(from, field, i)); break;
      case Field::CPPTYPE_INT32: reflection.AddInt32(&to, field, reflection.GetRepeatedInt32(from, field, i)); break;
      case Field::CPPTYPE_INT64: reflection.AddInt64(&to, field, reflection.GetRepeatedInt64(from, field, i)); break;
      default: break;
    }
}

void copyValue(const model::ProtoMessage& from, model::ProtoMessage& to, const model::FieldFacts& facts) {
  if (facts.text) {
    const int size = facts.count(from);
    for (int i = 0; i < size; ++i) facts.put(to, facts.text(from, i));
  } else if (facts.field->is_repeated()) {
    copyScalars(from, to, facts);
  } else {
    copyScalar(from, to, facts);
  }
}

// Of the elements of a list; nullptr where they have none.
const model::FieldFacts* idIn(const model::FieldFacts& list) {
  const auto found = std::ranges::find_if(list.parts, [](const auto* part) { return part->field->name() == "id"; });
  return found == list.parts.end() ? nullptr : *found;
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
                       circumstances.recipient.side == "suspect"),
      to_public_(circumstances.recipient.audience == "public"),
      to_victim_(circumstances.recipient.audience == "victim"),
      to_police_(circumstances.recipient.audience == "police") {}

bool Projector::copyFields(const model::ProtoMessage& from, Copy& to, int place, Bits bits) {
  bool any = false;
  for (const int child : schema_.at(place).in_order)
    if (schema_.at(child).access->count(from) > 0) any |= copyField(from, to, child, bits);
  return any;
}

bool Projector::copyField(const model::ProtoMessage& from, Copy& to, int place, Bits bits) {
  const auto& node = schema_.at(place);
  if (!node.access->group) return copyLeaf(from, to, place, bits);
  if (node.field->is_repeated()) return copyElements(from, to, place, bits);
  const auto& inner = node.access->group(from, -1);
  in_unmarked_text_ = node.narrative && !isMarked(static_cast<const canonical::Text&>(inner));
  Copy copy{&to, node.access};
  const bool any = copyFields(inner, copy, place, bits);
  in_unmarked_text_ = false;
  if (any && node.bail_status && isUndetermined(static_cast<const canonical::Code&>(inner))) undetermined_bail_ = true;
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

bool Projector::copyLeaf(const model::ProtoMessage& from, Copy& to, int place, Bits bits) {
  const Check check = checkFor(place, bits);
  if (check != kPasses) {
    withhold(place, check);
    sensitive_withheld_ |= check == Check::SensitiveField;
    return false;
  }
  if (grant_.changed[static_cast<size_t>(place)] != 0) return copyChanged(from, to, place);
  pass(place);
  copyValue(from, to.message(), *schema_.at(place).access);
  return true;
}

// What cannot be made to say less does not go at all.
bool Projector::copyChanged(const model::ProtoMessage& from, Copy& to, int place) {
  const auto& node = schema_.at(place);
  const auto& reflection = *node.access->reflection;
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
      static_cast<canonical::Person&>(to.message()).mutable_age_band()->set_code(*band);
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
  reflection.SetString(&to.message(), node.field, *std::move(out));
  return true;
}

bool Projector::copyElements(const model::ProtoMessage& from, Copy& to, int place, Bits bits) {
  const auto& access = *schema_.at(place).access;
  const auto& field = *access.field;
  const bool contact = field.message_type() == canonical::ContactPoint::descriptor();
  const bool address = field.message_type() == canonical::Address::descriptor();
  const bool of_case = schema_.at(schema_.at(place).parent).parent == 0;
  const auto* id = of_case ? idIn(access) : nullptr;
  const int size = access.count(from);
  bool any = false;
  for (int i = 0; i < size; ++i) {
    const auto& element = access.group(from, i);
    const bool was_unsafe = in_unsafe_contact_, was_unsafe_post = in_unsafe_post_;
    in_unsafe_contact_ = was_unsafe || (contact && unsafe(element));
    in_unsafe_post_ = was_unsafe_post || (address && unsafeForPost(element));
    in_unmarked_text_ = schema_.at(place).narrative && !isMarked(static_cast<const canonical::Text&>(element));
    Copy copy{&to, &access};
    if (copyFields(element, copy, place, bitsInside(element, place, bits))) {
      any = true;
      if (id) elements_.emplace_back(model::viewOf(element, *id, -1, scratch_));
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
  if (to_police_) return false;
  const auto& point = static_cast<const canonical::ContactPoint&>(element);
  const bool expired =
      point.safe().has_expires_on() && earlier(Check::UnsafeContact, point.safe().expires_on(), today_);
  return point.safe().state() != "safe" || point.dead() || expired;
}

// Whoever writes to the person must know that a letter there is safe.
bool Projector::unsafeForPost(const model::ProtoMessage& element) const {
  return to_victim_ && !static_cast<const canonical::Address&>(element).safe_for_post();
}

Check Projector::checkFor(int place, Bits bits) const {
  const auto& node = schema_.at(place);
  if (refuses(Check::FieldGranted, (grant_.passes[static_cast<size_t>(place)] & bits) == 0)) return Check::FieldGranted;
  const bool identifies = node.category == canonical::IDENTITY || node.category == canonical::CONTACT ||
                          node.category == canonical::LOCATION || node.sensitive || node.locates != canonical::NOBODY;
  const bool measure = node.special_measure && !circumstances_.proceedings_over;
  if (refuses(Check::SpecialMeasures, measure && to_public_)) return Check::SpecialMeasures;
  if (refuses(Check::Public, identifies && to_public_)) return Check::Public;
  if (refuses(Check::LocatesOffender, node.locates == canonical::OFFENDER && to_victim_)) return Check::LocatesOffender;
  if (refuses(Check::LocatesProtected, to_suspect_side_ && node.locates == canonical::PROTECTED_PERSON))
    return Check::LocatesProtected;
  if (refuses(Check::UnsafePost, in_unsafe_post_)) return Check::UnsafePost;
  if (refuses(Check::UnsafeContact, in_unsafe_contact_)) return Check::UnsafeContact;
  if (refuses(Check::NarrativeUnmarked, in_unmarked_text_)) return Check::NarrativeUnmarked;
  const Cover cover = grant_.covers[static_cast<size_t>(place)];
  if (refuses(Check::ConsentCovers,
              grant_.consent && cover != kNothingCovered && (cover & circumstances_.covered) == 0))
    return Check::ConsentCovers;
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
  decision.granted.reserve(touched_.size());
  decision.withheld.reserve(touched_.size());
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
