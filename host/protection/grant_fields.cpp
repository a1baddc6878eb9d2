#include "host/protection/grant_fields.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/protection/consent_cover.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

using Pick = model::FieldPath::Step::Pick;

const char* const kHowToName =
    "a field of the message, such as case.urn or case.parties[role=victim].person.names.family";

}  // namespace

void FieldsReader::addAll(const Node& list) {
  if (!list.isList()) problems_.error(list.at, "the fields must be a list");
  for (const auto& item : list.items) {
    if (item.isScalar()) add(item, {.at = item.at});
    else addReasoned(item);
  }
}

void FieldsReader::addReasoned(const Node& item) {
  NodeReader reader(item, "an entry of fields", problems_);
  const Node* one = reader.node("field");
  const Node* many = reader.list("fields");
  Entry entry{.because = reader.required("because"), .at = item.at};
  const auto as = reader.text("as");
  const auto keep = reader.number("keep");
  const auto covered_by = reader.text("covered_by");
  reader.finish();
  if (keep && (as != "masked" || *keep < 0 || *keep > 8))
    problems_.error(reader.at("keep"), "'keep' goes with 'as: masked': how many characters at the end stay, 0 to 8");
  if (!as.empty()) entry.changed = transformOf(item, as, static_cast<int>(keep.value_or(0)));
  if (!covered_by.empty()) entry.cover = coverOf(item, covered_by);
  if (entry.because.empty() || (!as.empty() && entry.changed == 0)) return;  // reported
  if (item.isMap() && (one == nullptr) == (many == nullptr))
    problems_.error(item.at, "an entry of fields needs either 'field' or 'fields'");
  if (one) add(*one, entry);
  if (many)
    for (const auto& each : many->items) add(each, entry);
}

Cover FieldsReader::coverOf(const Node& item, const std::string& name) {
  const Cover cover = coverNamed(name);
  if (cover == kNothingCovered) problems_.error(item.find("covered_by")->at, wrongCover(name));
  return cover;
}

unsigned char FieldsReader::transformOf(const Node& item, const std::string& name, int keep) {
  const auto kind = transformNamed(name);
  if (!kind) {
    problems_.error(item.find("as")->at, "'as' must be age_band, district, masked or pseudonym" +
                                             didYouMean(name, {"age_band", "district", "masked", "pseudonym"}));
    return 0;
  }
  const Transform wanted{*kind, keep};
  auto found = std::ranges::find(grant_.transforms, wanted);
  if (found == grant_.transforms.end()) found = grant_.transforms.insert(found, wanted);
  return static_cast<unsigned char>(found - grant_.transforms.begin() + 1);
}

void FieldsReader::add(const Node& item, Entry entry) {
  if (!item.isScalar() || item.scalar.empty()) {
    problems_.error(item.at, std::string("expected ") + kHowToName);
    return;
  }
  const auto path = model::FieldPath::parse(item.scalar, *canonical::CanonicalMessage::descriptor());
  if (!path) {
    problems_.error(item.at, "grant of '" + item.scalar + "': " + path.error().what);
    return;
  }
  entry.at = item.at;
  int place = 0;
  Bits bit = kEverywhere;
  for (const auto& step : path->steps()) {
    place = SchemaTree::instance().child(place, *step.field);
    if (step.pick == Pick::Index)
      problems_.error(item.at, "a grant names all elements or those of a filter, never one by its number");
    if (step.pick == Pick::Where) bit = filterBit(place, bit, step, item);
  }
  pass(place, bit, entry);
}

Bits FieldsReader::filterBit(int list, Bits needs, const model::FieldPath::Step& step, const Node& item) {
  for (const auto& filter : grant_.filters)
    if (filter.list == list && filter.needs == needs && filter.where.text() == step.where &&
        filter.equals == step.equals)
      return filter.gives;
  if (grant_.filters.size() >= 63) {
    problems_.error(item.at, "a grant may use at most 63 different filters");
    return 0;
  }
  auto where = model::FieldPath::parse(step.where, *step.field->message_type());
  if (!where) return 0;
  const Bits gives = Bits{2} << grant_.filters.size();
  grant_.filters.push_back({list, needs, gives, *std::move(where), step.equals});
  return gives;
}

void FieldsReader::pass(int place, Bits bit, Entry& entry) {
  const auto& node = SchemaTree::instance().at(place);
  if (entry.changed != 0 && !canBeChanged(node, entry)) return;
  if (node.value) {
    for (const int part : node.children)
      if (!SchemaTree::instance().at(part).label_as_sent) passLeaf(part, bit, entry);
    return;
  }
  if (node.leaf()) return passLeaf(place, bit, entry);
  problems_.warning(entry.at, "'" + node.path + "' is a group: naming it grants nothing; name its fields");
}

// What says less must still be what the field may hold.
bool FieldsReader::canBeChanged(const SchemaNode& node, const Entry& entry) {
  const auto kind = grant_.transforms[entry.changed - 1].kind;
  const bool text = node.field && node.leaf() && !node.field->is_repeated() &&
                    node.field->cpp_type() == model::ProtoField::CPPTYPE_STRING;
  const bool person = node.field && node.field->containing_type() == canonical::Person::descriptor();
  bool fits = text;
  if (kind == Transform::Kind::AgeBand) fits = text && person && node.field->name() == "born_on";
  if (kind == Transform::Kind::District) fits = text && node.field->name() == "postcode";
  if (!fits)
    problems_.error(entry.at, "'" + node.path + "' cannot go as '" + std::string(nameOf(kind)) +
                                  "': age_band is for a person's born_on, district for a postcode, masked and "
                                  "pseudonym for one text");
  return fits;
}

void FieldsReader::passLeaf(int place, Bits bit, Entry& entry) {
  const auto& node = SchemaTree::instance().at(place);
  const auto at = static_cast<size_t>(place);
  if (entry.because.empty() && (node.sensitive || node.locates != canonical::NOBODY) && !entry.needs_reason) {
    problems_.error(entry.at, "'" + node.path + "' is " +
                                  (node.sensitive ? "sensitive" : "a field that locates somebody") +
                                  ": say why the recipient needs it, { field: ..., because: \"...\" }");
    entry.needs_reason = true;
  }
  if (grant_.passes[at] != 0 && grant_.changed[at] != entry.changed)
    problems_.error(entry.at, "'" + node.path + "' is granted twice in one grant, as it is and changed: say which");
  if (grant_.covers[at] != kNothingCovered && entry.cover != kNothingCovered && grant_.covers[at] != entry.cover)
    problems_.error(entry.at,
                    "'" + node.path + "' is granted twice in one grant, covered by different parts of a consent");
  grant_.covers[at] |= entry.cover;
  if (node.sensitive && grant_.sensitive < 0) grant_.sensitive = place;
  grant_.passes[at] |= bit;
  grant_.changed[at] = entry.changed;
}

}  // namespace causeway::protection
