#include "host/model/marks.hpp"

#include "host/model/case.pb.h"

#include <algorithm>
#include <array>

namespace causeway::model {
namespace {

using canonical::Case;

Failure refuse(std::string_view path, const std::string& why) {
  return fail(ErrorKind::Invalid, "'" + std::string(path) + "' " + why);
}

/// Kinds of element that the case numbers and knows again: marks go through these and no others.
bool isNumbered(const ProtoField& list) {
  const auto* type = list.message_type();
  return list.is_repeated() &&
         (type == canonical::Defendant::descriptor() || type == canonical::Offence::descriptor() ||
          type == canonical::Hearing::descriptor() || type == canonical::Party::descriptor());
}

bool isOrdered(const ProtoField& field) {
  return field.message_type() == canonical::Result::descriptor() ||
         field.message_type() == canonical::Order::descriptor();
}

/// What an element is known by: without it the next message would make a second one.
bool isKey(const ProtoField& field) {
  static const std::array<const ProtoField*, 5> others = {
      Case::descriptor()->FindFieldByName("case_id"),
      canonical::Hearing::descriptor()->FindFieldByName("defendant_ids"),
      canonical::Hearing::descriptor()->FindFieldByName("court_name"),
      canonical::Hearing::descriptor()->FindFieldByName("psa"),
      canonical::Party::descriptor()->FindFieldByName("roles")};
  const auto& meaning = field.options().GetExtension(canonical::is);
  return meaning.key() || meaning.key_else() || field.name() == "id" || shapeOf(field) == Shape::Identifier ||
         std::ranges::find(others, &field) != others.end();
}

bool holdsKey(const ProtoType& type) {
  for (int i = 0; i < type.field_count(); ++i) {
    const auto& field = *type.field(i);
    const bool group = !field.is_repeated() && shapeOf(field) == Shape::Group;
    if (isKey(field) || (group && holdsKey(*field.message_type()))) return true;
  }
  return false;
}

/// Ends only when a message or a person says that it does, never by being left out.
bool protects(const ProtoField& field) {
  static constexpr std::array<std::string_view, 6> lists = {
      "consents", "anonymity", "opted_out_of", "restricted_to", "restricted_reason", "reporting_restrictions"};
  return field.options().GetExtension(canonical::is).monotonic() ||
         std::ranges::find(lists, field.name()) != lists.end();
}

Result<void> checkWay(const FieldPath& path) {
  if (path.steps().size() < 2 || path.steps().front().field->name() != "case")
    return refuse(path.text(),
                  "is not a part of the case: write a field below 'case.', such as case.parties.addresses");
  for (const auto& step : path.steps()) {
    if (step.pick == FieldPath::Step::Pick::Index)
      return refuse(path.text(),
                    "counts elements, which stand in another order tomorrow: leave the number out, or choose "
                    "by what they are, as in case.parties[role=witness]");
    if (isOrdered(*step.field))
      return refuse(path.text(), "is what a court ordered: have the result said again, or with 'deleted'");
    if (protects(*step.field))
      return refuse(path.text(), "protects a person, which ends only when somebody says so: map its new state instead");
    const bool last = &step == &path.steps().back();
    if (!last && step.field->is_repeated() && !isNumbered(*step.field))
      return refuse(path.text(), "is a part of an item: name the list '" + step.field->name() +
                                     "' as a whole, and let the message say the items that still hold");
  }
  return {};
}

}  // namespace

Result<FieldPath> parseMark(std::string_view text, Mark mark) {
  CW_TRY(auto path, FieldPath::parse(text, *canonical::CanonicalMessage::descriptor()));
  CW_CHECK_OK(checkWay(path));
  const auto& leaf = path.leaf();
  const bool part_of_list = path.steps().back().pick == FieldPath::Step::Pick::Where;
  if (isKey(leaf))
    return refuse(text,
                  "is a key: by it the next message finds its element. Leave the mark out and map the new value, which "
                  "takes its place");
  if (part_of_list && !isNumbered(leaf))
    return refuse(text, "is a part of a list: name the list without [...], and let the message say what still holds");
  if (mark == Mark::Complete) {
    if (!leaf.is_repeated())
      return refuse(text, "is one value and no list: a value that holds no longer is named under 'clear'");
    return path;
  }
  if (leaf.is_repeated() && leaf.message_type() && leaf.message_type()->FindFieldByName("id"))
    return refuse(text,
                  "holds elements with numbers of their own, which are never taken away: write it under 'complete', "
                  "and a person is told which are no longer named");
  if (!leaf.is_repeated() && shapeOf(leaf) == Shape::Group && holdsKey(*leaf.message_type()))
    return refuse(text,
                  "holds a key, by which the next message finds its element: name the fields below it one by one");
  return path;
}

}  // namespace causeway::model
