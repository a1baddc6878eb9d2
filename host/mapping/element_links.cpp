#include "host/mapping/element_links.hpp"

#include "host/mapping/derive.hpp"
#include "host/model/reflection_of.hpp"

#include <google/protobuf/message.h>

#include <algorithm>
#include <memory>
#include <numeric>

namespace causeway::mapping {

using google::protobuf::Message;

void removeFrom(Message& holder, const google::protobuf::FieldDescriptor& list, const Message* element) {
  const auto& facts = model::factsOf(list);
  const int size = facts.count(holder);
  int at = size - 1;  // nearly always it is the last one
  while (at >= 0 && &facts.group(holder, at) != element) --at;
  if (at < 0) return;
  for (; at + 1 < size; ++at) facts.reflection->SwapElements(&holder, &list, at, at + 1);
  facts.reflection->RemoveLast(&holder, &list);
}

namespace {

bool hasSame(const Message& holder, const model::FieldFacts& list, const std::string& element) {
  for (int i = 0; i < list.count(holder); ++i)
    if (list.group(holder, i).SerializeAsString() == element) return true;
  return false;
}

// Takes out of `more` what `known` says in the same words: said twice of the same thing, it is said once.
void dropKnown(Message& more, const Message& known) {
  const auto& type = *more.GetDescriptor();
  for (int at = 0; at < type.field_count(); ++at) {
    const auto& facts = model::factsOf(*type.field(at));
    if (!facts.group || facts.count(more) == 0 || facts.count(known) == 0) continue;
    if (!facts.field->is_repeated()) {
      dropKnown(facts.change(more, -1), facts.group(known, -1));
      continue;
    }
    for (int i = facts.count(more) - 1; i >= 0; --i) {
      const auto& element = facts.group(more, i);
      if (hasSame(known, facts, element.SerializeAsString())) removeFrom(more, *facts.field, &element);
    }
  }
}

void mergeNew(Message& into, const Message& from) {
  const std::unique_ptr<Message> more(from.New());
  more->MergeFrom(from);  // it is empty: CopyFrom would first look whether one is inside the other
  dropKnown(*more, into);
  into.MergeFrom(*more);
}

}  // namespace

void ElementLinks::clear() {
  shared_.clear();
  links_.clear();
  references_.clear();
  joins_.clear();
  kept_.clear();
  waiting_.clear();
  leaders_.clear();
  by_key_.clear();
  kept_by_key_.clear();
  joins_in_kept_.clear();
  filled_.clear();
  completed_.clear();
  asked_.clear();
  next_id_ = 1;
}

void ElementLinks::forget(const Mark& since, const std::function<bool(int)>& gone) {
  const auto sweep = [&](auto& notes, size_t from) {
    const auto start = notes.begin() + static_cast<ptrdiff_t>(from);
    notes.erase(std::remove_if(start, notes.end(), [&](const auto& note) { return gone(note.owner); }), notes.end());
  };
  sweep(shared_, since.shared);
  sweep(links_, since.links);
  sweep(references_, since.references);
  sweep(joins_, since.joins);
  sweep(kept_, since.kept);
  sweep(waiting_, since.waiting);
}

void ElementLinks::settle(Deriver& deriver, std::chrono::year_month_day day, std::vector<Finding>& findings) {
  group();
  link();
  refer(findings);
  mergeShared(true);
  join(findings);
  mergeShared(false);
  std::set<std::pair<Message*, const ScopePlan*>> done;
  for (const auto& item : waiting_) {
    Message* element = leaderOf(item.element);
    if (waiting_.size() > 1 && !done.emplace(element, item.scope).second) continue;
    deriver.run(*item.scope, *element, day, findings);
  }
  reportUnused(findings);
}

// Outer elements first: whether two inner ones stand in the same list depends on whether their outer ones are the same.
void ElementLinks::group() {
  if (shared_.size() < 2 && references_.empty()) return;
  std::vector<size_t> order(shared_.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, {}, [&](size_t i) { return shared_[i].depth; });
  ByKey first;
  for (const size_t i : order) {
    const auto& item = shared_[i];
    const auto [known, fresh] = first.try_emplace({leaderOf(item.parent), item.names, item.key}, item.element);
    if (!fresh) leaders_[item.element] = known->second;
    if (!references_.empty()) by_key_.try_emplace({item.part, item.names, item.key}, known->second);
  }
}

void ElementLinks::link() {
  for (const auto& item : links_) {
    const std::string id = idOf(*leaderOf(item.element));
    if (!id.empty()) (void)model::setText(*item.field->reach(*item.parent), item.field->access(), id);
  }
}

void ElementLinks::refer(std::vector<Finding>& findings) {
  for (const auto& item : references_) {
    Message* element = nullptr;
    for (const auto& names : item.plan->refers) {
      auto found = by_key_.find({item.part, names, item.key});
      if (found == by_key_.end()) found = by_key_.find({nullptr, names, item.key});
      if (!element && found != by_key_.end()) element = found->second;
    }
    if (!element)
      findings.push_back({"not_found", item.plan->source, "refers to an element that the document does not have"});
    else (void)model::setText(*item.parent, item.plan->target.path.access(), idOf(*element));
  }
}

// Innermost first, so that what is merged away is whole.
void ElementLinks::mergeShared(bool inside_kept) {
  if (leaders_.empty()) return;
  std::vector<const Shared*> order;
  for (const auto& item : shared_)
    if ((item.kept_in != nullptr) == inside_kept && leaders_.contains(item.element)) order.push_back(&item);
  std::ranges::stable_sort(order, std::greater<>(), [](const Shared* item) { return item->depth; });
  for (const auto* item : order) {
    Message& leader = *leaderOf(item->element);
    const auto* id = leader.GetDescriptor()->FindFieldByName("id");
    const std::string own_id = id ? model::textOf(leader, *id) : std::string();
    mergeNew(leader, *item->element);
    if (!own_id.empty()) (void)model::setText(leader, *id, own_id);
    removeFrom(*item->holder, *item->list, item->element);
  }
}

void ElementLinks::join(std::vector<Finding>& findings) {
  for (size_t i = 0; i < kept_.size(); ++i) kept_by_key_[{kept_[i].name, kept_[i].key}].push_back(i);
  for (size_t i = 0; i < joins_.size(); ++i)
    if (joins_[i].kept_in) joins_in_kept_.emplace(joins_[i].kept_in, i);
  for (const auto& wanted : joins_)
    if (!wanted.kept_in) fill(*leaderOf(wanted.element), wanted, findings);
}

void ElementLinks::fill(Message& element, const Join& wanted, std::vector<Finding>& findings) {
  if (!filled_.emplace(&element, wanted.name, wanted.key).second) return;
  const bool may_lack = wanted.name.ends_with('?');
  const auto found =
      kept_by_key_.find({may_lack ? wanted.name.substr(0, wanted.name.size() - 1) : wanted.name, wanted.key});
  if (found == kept_by_key_.end() && may_lack) return;
  if (found == kept_by_key_.end()) {
    findings.push_back(
        {"not_found", wanted.name, "an element refers to a '" + wanted.name + "' that the document does not have"});
    return;
  }
  for (const size_t part : found->second) {
    complete(part, findings);
    asked_.insert(kept_[part].source);
    element.MergeFrom(*kept_[part].element);
  }
}

// A kept element may itself ask for others; one that asks for itself in the end gets nothing more.
void ElementLinks::complete(size_t kept, std::vector<Finding>& findings) {
  if (!completed_.insert(kept).second) return;
  const auto [begin, end] = joins_in_kept_.equal_range(kept_[kept].element);
  for (auto item = begin; item != end; ++item)
    fill(*leaderOf(joins_[item->second].element), joins_[item->second], findings);
}

// An element that was read and nothing asked for would vanish without a trace.
void ElementLinks::reportUnused(std::vector<Finding>& findings) const {
  std::set<int> told;
  for (const auto& item : kept_)
    if (!asked_.contains(item.source) && told.insert(item.source).second)
      findings.push_back({"unused_element", item.name, "a '" + item.name + "' that nothing in the document refers to"});
}

Message* ElementLinks::leaderOf(Message* element) const {
  const auto found = leaders_.find(element);
  return found == leaders_.end() ? element : found->second;
}

std::string ElementLinks::idOf(Message& element) {
  const auto* id = element.GetDescriptor()->FindFieldByName("id");
  if (!id) return {};
  if (!model::isPresent(element, *id)) (void)model::setText(element, *id, "new-" + std::to_string(next_id_++));
  return model::textOf(element, *id);
}

}  // namespace causeway::mapping
