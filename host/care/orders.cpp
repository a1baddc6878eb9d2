#include "host/care/orders.hpp"

#include "host/care/element_ids.hpp"
#include "host/care/merger.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace causeway::care {
namespace {

// Restraining, stalking protection, domestic abuse protection and criminal behaviour orders, made or varied.
constexpr std::array<std::string_view, 6> protective = {"3047", "3081", "3260", "1177", "3307", "3326"};

std::string keyOfOrder(const canonical::Order& order) {
  return order.code().code() + "|" + comparable(order.text().text()) + "|" + order.ends_on();
}

/// Said by somebody as an order, not worked out from results.
bool isStated(const canonical::CaseRecord& record, const std::string& id) {
  return std::any_of(record.facts().begin(), record.facts().end(),
                     [&](const auto& fact) { return fact.element() == id; });
}

}  // namespace

canonical::Order& orderLike(canonical::CaseRecord& record, canonical::Defendant& defendant,
                            const canonical::Order& said) {
  const std::string key = keyOfOrder(said);
  for (auto& order : *defendant.mutable_orders())
    if (keyOfOrder(order) == key) return order;
  const std::string id = nextOrderId(record);
  auto& order = *defendant.add_orders();
  order.set_id(id);
  if (said.has_code()) *order.mutable_code() = said.code();
  if (said.has_text()) *order.mutable_text() = said.text();
  if (said.has_ends_on()) order.set_ends_on(said.ends_on());
  return order;
}

std::vector<std::string> deriveOrders(canonical::CaseRecord& record) {
  std::vector<std::string> fresh;
  for (auto& defendant : *record.mutable_case_()->mutable_defendants()) {
    std::set<std::string> standing;
    const auto take = [&](const auto& results) {
      for (const auto& result : results) {
        if (result.deleted() || std::ranges::find(protective, result.code().code()) == protective.end()) continue;
        canonical::Order said;
        *said.mutable_code() = result.code();
        if (result.has_text()) *said.mutable_text() = result.text();
        if (result.has_ends_on()) said.set_ends_on(result.ends_on());
        const int before = defendant.orders_size();
        const auto& order = orderLike(record, defendant, said);
        if (defendant.orders_size() > before) fresh.push_back(order.id());
        standing.insert(order.id());
      }
    };
    take(defendant.results());
    for (const auto& offence : defendant.offences()) take(offence.results());
    for (int i = defendant.orders_size() - 1; i >= 0; --i) {
      const std::string& id = defendant.orders(i).id();
      if (standing.contains(id) || isStated(record, id)) continue;
      retire(record, id);
      defendant.mutable_orders()->DeleteSubrange(i, 1);
    }
  }
  return fresh;
}

}  // namespace causeway::care
