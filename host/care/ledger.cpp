#include "host/care/ledger.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace causeway::care {
namespace {

size_t hashOf(std::string_view element, std::string_view field) {
  const std::hash<std::string_view> hash;
  return hash(element) * 31 + hash(field);
}

/// Saying a thing again only renews it; but every time a start was given counts towards how often a hearing moved.
bool keepsEveryStatement(std::string_view field) { return field == "starts_at"; }

bool sameStatement(const Claim& a, const Claim& b, std::string_view field) {
  return a.source == b.source && a.value == b.value && (a.message_id == b.message_id || !keepsEveryStatement(field));
}

/// The same text, replaced wherever it stands as the key of an item or ends one: attendances[h-2], arrangements[1f2e3d4c|h-2].
void renameKey(std::string& field, std::string_view from, std::string_view to) {
  for (const char before : {'[', '|'}) {
    const std::string key = before + std::string(from) + "]";
    if (const size_t at = field.find(key); at != std::string::npos) field.replace(at + 1, from.size(), to);
  }
}

/// The id in what a fact says and in the key of its item. True when it was there.
bool rename(canonical::Fact& fact, std::string_view from, std::string_view to) {
  const std::string before = fact.field() + fact.value();
  if (fact.value() == from) fact.set_value(to.data(), to.size());
  renameKey(*fact.mutable_field(), from, to);
  if (fact.field().ends_with(']') && fact.value().ends_with("|" + std::string(from)))
    fact.mutable_value()->replace(fact.value().size() - from.size(), from.size(), to);
  return before != fact.field() + fact.value();
}

}  // namespace

Ledger::Ledger(canonical::CaseRecord& record, const canonical::CanonicalMessage& message)
    : record_(record), said_(record.said_size()) {
  auto& said = *record_.add_said();
  said.set_message_id(message.message_id());
  said.set_source(message.source_system());
  said.set_family(std::string(familyOf(message.format())));
  if (message.has_asserted_at()) said.set_asserted_at(message.asserted_at());
  if (message.has_received_at()) said.set_received_at(message.received_at());
  reindex();
}

void Ledger::reindex() {
  size_t size = 256;
  while (size < static_cast<size_t>(record_.facts_size()) * 2) size *= 2;
  heads_.assign(size, -1);
  next_.clear();
  next_.reserve(size / 2);
  for (int i = 0; i < record_.facts_size(); ++i) index(i);
}

void Ledger::index(int fact) {
  const auto& one = record_.facts(fact);
  int& head = heads_[hashOf(one.element(), one.field()) & (heads_.size() - 1)];
  next_.push_back(head);
  head = fact;
}

std::vector<int> Ledger::group(std::string_view element, std::string_view field) const {
  std::vector<int> out;
  for (int i = heads_[hashOf(element, field) & (heads_.size() - 1)]; i >= 0; i = next_[static_cast<size_t>(i)]) {
    const auto& fact = record_.facts(i);
    if (fact.element() == element && fact.field() == field) out.push_back(i);
  }
  return out;
}

int Ledger::best(const std::vector<int>& group, std::string_view element, std::string_view field) const {
  const Choice choice = choiceFor(element, field);
  int out = group.front();
  for (const int one : group)
    if (one != out && outranks(claim(one), claim(out), choice)) out = one;
  return out;
}

void Ledger::settle(const std::vector<int>& group, int shown) {
  if (group.size() == 1) return record_.mutable_facts(shown)->clear_state();
  const Claim best = claim(shown);
  for (const int one : group) {
    auto& fact = *record_.mutable_facts(one);
    const Claim own = claim(one);
    if (own.value == best.value) {
      fact.clear_state();
      continue;
    }
    const bool replaced = own.source == best.source || std::ranges::any_of(group, [&](int other) {
                            const Claim later = claim(other);
                            return later.source == own.source && later.when > own.when;
                          });
    fact.set_state(replaced ? "superseded" : "competing");
  }
}

bool Ledger::say(std::string_view element, std::string_view field, std::string value) {
  auto facts = group(element, field);
  for (const int i : facts) {
    auto& fact = *record_.mutable_facts(i);
    const bool again = fact.value() == value && record_.said(fact.said()).source() == record_.said(said_).source();
    if (!again || (keepsEveryStatement(field) && fact.said() != said_)) continue;
    canonical::Fact renewed;
    renewed.set_said(said_);
    Claim now = claimOf(record_, renewed);
    now.value = fact.value();
    if (outranks(now, claim(i), Choice::Latest)) fact.set_said(said_);
    const int shown = facts.size() == 1 ? i : best(facts, element, field);
    if (facts.size() > 1) settle(facts, shown);
    return shown == i;
  }
  const int own = record_.facts_size();
  auto& fact = *record_.add_facts();
  if (!element.empty()) fact.set_element(element.data(), element.size());
  fact.set_field(field.data(), field.size());
  fact.set_value(std::move(value));
  fact.set_said(said_);
  if (heads_.size() < static_cast<size_t>(own + 1) * 2) reindex();
  else index(own);
  if (facts.empty()) return true;
  facts.push_back(own);
  const int shown = best(facts, element, field);
  settle(facts, shown);
  return shown == own;
}

std::optional<Claim> Ledger::shown(std::string_view element, std::string_view field) const {
  const auto facts = group(element, field);
  if (facts.empty()) return {};
  return claim(best(facts, element, field));
}

std::vector<Claim> Ledger::all(std::string_view element, std::string_view field) const {
  std::vector<Claim> out;
  for (const int i : group(element, field)) out.push_back(claim(i));
  return out;
}

bool Ledger::everSaid(std::string_view element, std::string_view field, std::string_view value) const {
  return std::ranges::any_of(group(element, field), [&](int i) { return record_.facts(i).value() == value; });
}

std::optional<Claim> Ledger::standing(std::string_view element, std::string_view field) const {
  auto facts = group(element, field);
  std::vector<int> left;
  for (const int i : facts)
    if (record_.facts(i).state() != "withdrawn") left.push_back(i);
  const auto& among = left.empty() ? facts : left;
  if (among.empty()) return {};
  return claim(best(among, element, field));
}

Ledger::Standing Ledger::withdraw(std::string_view element, std::string_view field,
                                  const std::function<bool(const Claim&)>& withdrawn) {
  std::vector<int> left;
  Standing out;
  for (const int i : group(element, field)) {
    if (!withdrawn(claim(i))) {
      left.push_back(i);
      continue;
    }
    record_.mutable_facts(i)->set_state("withdrawn");
    out.any_withdrawn = true;
  }
  if (left.empty()) return out;
  const int shown = best(left, element, field);
  settle(left, shown);
  out.shown = claim(shown);
  return out;
}

int Ledger::compare(std::string_view element, std::string_view first, std::string_view second) const {
  const auto a = standing(element, first), b = standing(element, second);
  if (!a || !b) return a ? 1 : b ? -1 : 0;
  if (a->message_id == b->message_id && a->source == b->source) return 0;  // one message said both
  const Choice choice = choiceFor(element, first);
  return outranks(*a, *b, choice) ? 1 : outranks(*b, *a, choice) ? -1 : 0;
}

bool Ledger::referTo(std::string_view from, std::string_view to) {
  Fields touched;
  for (auto& fact : *record_.mutable_facts())
    if ((fact.element().empty() || fact.element().starts_with("p-")) && rename(fact, from, to))
      touched.emplace(fact.element(), fact.field());
  if (touched.empty()) return false;
  keepLatest(touched);
  return true;
}

void Ledger::join(std::string_view from, std::string_view to) {
  Fields touched;
  for (auto& fact : *record_.mutable_facts()) {
    const bool own = fact.element() == from;
    if (own) fact.set_element(to.data(), to.size());
    if (rename(fact, from, to) || own) touched.emplace(fact.element(), fact.field());
  }
  keepLatest(touched);
}

/// Under its new name a fact may say what the same source had said there before: the later one stands for both.
void Ledger::keepLatest(const Fields& touched) {
  reindex();
  auto& facts = *record_.mutable_facts();
  std::set<int, std::greater<>> repeats;
  for (const auto& [element, field] : touched) {
    auto same = group(element, field);
    std::ranges::sort(same);
    for (size_t i = 0; i < same.size(); ++i)
      for (size_t k = i + 1; k < same.size(); ++k) {
        if (repeats.contains(same[i]) || repeats.contains(same[k])) continue;
        if (!sameStatement(claim(same[i]), claim(same[k]), field)) continue;
        if (outranks(claim(same[k]), claim(same[i]), Choice::Latest)) facts.SwapElements(same[i], same[k]);
        repeats.insert(same[k]);
      }
  }
  for (const int repeat : repeats) facts.DeleteSubrange(repeat, 1);
  if (!repeats.empty()) reindex();
  for (const auto& [element, field] : touched) {
    const auto same = group(element, field);
    if (!same.empty()) settle(same, best(same, element, field));
  }
}

}  // namespace causeway::care
