#include "host/care/marks.hpp"

#include "host/care/element_ids.hpp"
#include "host/care/field_kinds.hpp"
#include "host/care/merger.hpp"
#include "host/care/withdrawn.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

using model::ProtoField;
using model::ProtoMessage;

bool isElementList(const ProtoField& field) { return field.is_repeated() && kindOf(field) == FieldKind::Apart; }

bool passes(const ProtoMessage& element, const model::FieldPath::Step& step) {
  if (step.pick != model::FieldPath::Step::Pick::Where) return true;
  const auto values = step.tested->read(element);
  return std::ranges::find(values, step.equals) != values.end();
}

bool isWitnessList(const model::FieldPath& path) {
  return path.steps().size() == 3 && &path.leaf() == canonical::Party::descriptor()->FindFieldByName("attendances");
}

std::string idOf(const ProtoMessage& element) {
  const auto* id = element.GetDescriptor()->FindFieldByName("id");
  return id == nullptr ? std::string() : model::textOf(element, *id);
}

bool hasIds(const ProtoField& list) {
  return list.message_type() != nullptr && list.message_type()->FindFieldByName("id") != nullptr;
}

}  // namespace

void Marks::take(const canonical::Case& said, const Hearings& hearings) {
  said_ = &said;
  hearings_ = &hearings;
  for (const auto& path : message_.cleared()) take(path, model::Mark::Clear);
  for (const auto& path : message_.complete()) take(path, model::Mark::Complete);
}

void Marks::take(std::string_view text, model::Mark mark) {
  const auto path = model::parseMark(text, mark);
  mark_ = mark;
  reached_ = false;
  if (path && mark == model::Mark::Complete && isWitnessList(*path)) takeWitnessList(*path);
  else if (path) walk({&message_.case_(), said_, {}, {}}, Steps(path->steps()).subspan(1));
  if (!reached_)
    find("mark_unclear", {},
         "The sender says that a list is whole or that something is over, but not of whom or of which hearing: nothing "
         "was taken back, a person must look.");
}

/// The list of those who must come is one for a hearing: whoever is not in it is not wanted there. A list without a hearing, or with
/// nobody in it, is taken for a mistake, since it would send everybody home; unless standing down is what the message is about.
void Marks::takeWitnessList(const model::FieldPath& path) {
  const auto& parties = message_.case_().parties();
  const bool names_any =
      std::any_of(parties.begin(), parties.end(), [](const auto& one) { return !one.attendances().empty(); });
  if (!names_any && message_.type() != "witness.dewarn_requested") return;
  for (const auto& [given, of] : *hearings_) {
    reached_ = true;
    ledger_.say({}, markOf("attendances", of.at("")), path.text());
  }
}

/// What a message says of a hearing it says of the fixtures of its defendants.
std::vector<std::string> Marks::idsOf(const ProtoField& list, int index, const ProtoMessage& said) const {
  if (list.message_type() != canonical::Hearing::descriptor()) return {idOf(said)};
  const auto& of = (*hearings_)[static_cast<size_t>(index)].second;
  std::set<std::string> out;
  for (const auto& [defendant, fixture] : of)
    if (!defendant.empty() || of.size() == 1) out.insert(fixture);
  return {out.begin(), out.end()};
}

void Marks::walk(const At& at, Steps steps) {
  if (isElementList(*steps.front().field)) return walkElements(at, steps);
  reached_ = true;
  apply(at, steps);
}

void Marks::walkElements(const At& at, Steps steps) {
  const auto& list = *steps.front().field;
  if (steps.size() == 1) return findLeftOut(at, steps.front());
  for (int i = 0; i < at.said->GetReflection()->FieldSize(*at.said, &list); ++i) {
    At next;
    next.original = &at.original->GetReflection()->GetRepeatedMessage(*at.original, &list, i);
    next.said = &at.said->GetReflection()->GetRepeatedMessage(*at.said, &list, i);
    if (!passes(*next.original, steps.front())) continue;
    for (auto& id : idsOf(list, i, *next.said)) {
      next.element = std::move(id);
      walk(next, steps.subspan(1));
    }
  }
}

void Marks::apply(At at, Steps steps) {
  for (const auto& step : steps) {
    const auto& field = *step.field;
    const std::string path = at.path.empty() ? field.name() : at.path + "." + field.name();
    const auto kind = kindOf(field);
    if (kind == FieldKind::Whole) {
      // A part of one statement cannot be over without the rest; that its list is whole was so before.
      const bool said_whole = mark_ == model::Mark::Complete && &step != &steps.back();
      return said_whole ? void() : nothing(at, field, path);
    }
    if (kind == FieldKind::Union) return takeBackList(at, field, path);
    if (kind == FieldKind::Apart) return;
    const bool there = at.said != nullptr && at.said->GetReflection()->HasField(*at.said, &field);
    at.said = there ? &at.said->GetReflection()->GetMessage(*at.said, &field) : nullptr;
    at.path = path;
  }
  const auto* type = steps.back().field->message_type();
  for (int i = 0; i < type->field_count(); ++i) clearField(at, *type->field(i));
}

void Marks::clearField(const At& at, const ProtoField& field) {
  model::FieldPath::Step step;
  step.field = &field;
  apply(at, Steps(&step, 1));
}

/// Unless the message itself says what holds instead.
void Marks::nothing(const At& at, const ProtoField& field, const std::string& path) {
  if (at.said != nullptr && model::isPresent(*at.said, field)) return;
  if (!ledger_.say(at.element, path, {})) return;
  auto* shown = elementById(*out_.record.mutable_case_(), at.element);
  if (shown != nullptr && clearIn(*shown, path)) changed_.insert(at.element);
}

void Marks::takeBackList(const At& at, const ProtoField& list, const std::string& path) {
  if (hasIds(list)) return findItemsLeftOut(at, list, path);
  const bool of_hearings = list.message_type() == canonical::Attendance::descriptor();
  if (!of_hearings || hearings_->empty()) {
    ledger_.say(at.element, markOf(path, {}), {});
    return;
  }
  for (const auto& [given, of] : *hearings_) ledger_.say(at.element, markOf(path, of.at("")), {});
}

bool Marks::isEarlier(const Claim& claim) const {
  canonical::CaseRecord now;
  auto& said = *now.add_said();
  said.set_message_id(message_.message_id());
  if (message_.has_asserted_at()) said.set_asserted_at(message_.asserted_at());
  said.set_received_at(message_.received_at());
  const Claim own = claimOf(now, *now.add_facts());
  return claim.source == message_.source_system() && outranks(own, claim, Choice::Latest);
}

/// Elements of which this source once spoke, and of which its whole list says no more.
void Marks::findLeftOut(const At& at, const model::FieldPath::Step& step) {
  reached_ = true;
  const auto* holder = elementById(*out_.record.mutable_case_(), at.element);
  if (holder == nullptr) return;
  std::set<std::string> named;
  for (int i = 0; i < at.said->GetReflection()->FieldSize(*at.said, step.field); ++i)
    for (auto& id : idsOf(*step.field, i, at.said->GetReflection()->GetRepeatedMessage(*at.said, step.field, i)))
      named.insert(std::move(id));
  for (int i = 0; i < holder->GetReflection()->FieldSize(*holder, step.field); ++i) {
    const auto& one = holder->GetReflection()->GetRepeatedMessage(*holder, step.field, i);
    const std::string id = idOf(one);
    const bool once_said = std::ranges::any_of(out_.record.facts(), [&](const auto& fact) {
      return fact.element() == id && isEarlier(claimOf(out_.record, fact));
    });
    if (named.contains(id) || !once_said || !passes(one, step)) continue;
    find("left_out", id,
         "The sender's whole list no longer names this one: a person must say whether it still belongs to the case.");
  }
}

void Marks::findItemsLeftOut(const At& at, const ProtoField& list, const std::string& path) {
  const auto* holder = elementById(*out_.record.mutable_case_(), at.element);
  if (holder == nullptr || path != list.name()) return;
  for (int i = 0; i < holder->GetReflection()->FieldSize(*holder, &list); ++i) {
    const auto& one = holder->GetReflection()->GetRepeatedMessage(*holder, &list, i);
    const auto claims = ledger_.all(at.element, itemPath(path, keyOf(one)));
    if (!std::ranges::any_of(claims, [&](const Claim& claim) { return isEarlier(claim); })) continue;
    find("left_out", idOf(one).empty() ? at.element : idOf(one),
         "The sender's whole list no longer names this one: a person must say whether it still belongs to the case.");
  }
}

void Marks::find(std::string code, std::string element, std::string text) {
  const bool known = std::ranges::any_of(
      out_.findings, [&](const Finding& one) { return one.code == code && one.element == element; });
  if (!known) out_.findings.push_back({std::move(code), std::move(element), std::move(text)});
}

}  // namespace causeway::care
