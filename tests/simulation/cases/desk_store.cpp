#include "tests/simulation/cases/desk_store.hpp"

#include <algorithm>

namespace causeway::simulation::cases {

using namespace pipeline;

std::vector<DeliveryRow> DeskStore::queued() {
  std::vector<DeliveryRow> out;
  for (const auto& [sequence, id] : queue_) out.push_back(deliveries_.at(id));
  return out;
}

std::optional<std::pair<Instant, std::string>> DeskStore::nextToFire() const {
  return firings_.empty() ? std::nullopt : std::optional(*firings_.begin());
}

void DeskStore::planFiring(const care::ClockRow* before, const care::ClockRow& row) {
  if (before && before->next_fire_at) firings_.erase({*before->next_fire_at, before->clock_id});
  if (row.next_fire_at) firings_.emplace(*row.next_fire_at, row.clock_id);
}

const MessageRow* DeskStore::messageRow(const std::string& id) const {
  const auto found = messages_.find(id);
  return found == messages_.end() ? nullptr : &found->second;
}

Result<std::optional<Admission>> DeskStore::findAdmission(std::string_view sender, std::string_view source_id) {
  const auto found = admissions_.find({std::string(sender), std::string(source_id)});
  return found == admissions_.end() || forgets_duplicates_ ? std::nullopt : std::optional(found->second);
}

Result<void> DeskStore::insert(const Admission& admission) {
  admissions_.emplace(std::pair(admission.sender, admission.source_id), admission);
  return {};
}

Result<void> DeskStore::insert(const MessageRow& message) {
  messages_.emplace(message.message_id, message);
  return {};
}

Result<std::optional<MessageRow>> DeskStore::findMessage(std::string_view message_id) {
  const auto found = messages_.find(message_id);
  return found == messages_.end() ? std::nullopt : std::optional(found->second);
}

Result<void> DeskStore::updateMessage(std::string_view message_id, MessageState state, std::string_view case_id,
                                      std::string_view reason) {
  const auto found = messages_.find(message_id);
  if (found == messages_.end()) return fail(ErrorKind::NotFound, "no such message");
  found->second.state = state;
  found->second.case_id = std::string(case_id);
  found->second.reason = std::string(reason);
  return {};
}

Result<std::string> DeskStore::newestDigest(std::string_view subject_index) {
  const auto found = newest_.find(subject_index);
  return found == newest_.end() || forgets_duplicates_ ? std::string() : found->second;
}

Result<void> DeskStore::setNewestDigest(std::string_view subject_index, std::string_view digest) {
  newest_[std::string(subject_index)] = std::string(digest);
  return {};
}

Result<std::vector<std::string>> DeskStore::findCases(const std::vector<CaseKey>& keys) {
  std::set<std::string> out;
  for (const auto& key : keys)
    if (const auto found = case_keys_.find({key.kind, key.index}); found != case_keys_.end()) out.insert(found->second);
  return std::vector<std::string>(out.begin(), out.end());
}

Result<void> DeskStore::addCaseKeys(std::string_view case_id, const std::vector<CaseKey>& keys) {
  for (const auto& key : keys) case_keys_.emplace(std::pair(key.kind, key.index), case_id);
  return {};
}

Result<std::optional<CaseRow>> DeskStore::loadCase(std::string_view case_id) {
  const auto found = cases_.find(case_id);
  return found == cases_.end() ? std::nullopt : std::optional(found->second);
}

Result<void> DeskStore::saveCase(const CaseRow& row) {
  cases_[row.case_id] = row;
  return {};
}

Result<std::vector<MessageRow>> DeskStore::waitingFor(const std::vector<CaseKey>& keys) {
  std::vector<MessageRow> out;
  if (forgets_waiting_) return out;
  for (const auto& [id, wanted] : waiting_)
    if (std::ranges::any_of(wanted, [&](const CaseKey& one) {
          return std::ranges::any_of(
              keys, [&](const CaseKey& key) { return key.kind == one.kind && key.index == one.index; });
        }))
      out.push_back(messages_.at(id));
  return out;
}

Result<void> DeskStore::wait(std::string_view message_id, const std::vector<CaseKey>& keys) {
  waiting_.emplace_back(message_id, keys);
  return {};
}

Result<void> DeskStore::stopWaiting(std::string_view message_id) {
  std::erase_if(waiting_, [&](const auto& one) { return one.first == message_id; });
  return {};
}

Result<void> DeskStore::insert(DeliveryRow& row) {
  row.sequence = ++sequence_;
  deliveries_.emplace(row.delivery_id, row);
  if (row.state == DeliveryState::Queued) queue_.emplace(row.sequence, row.delivery_id);
  return {};
}

Result<std::optional<DeliveryRow>> DeskStore::findDelivery(std::string_view delivery_id) {
  const auto found = deliveries_.find(delivery_id);
  return found == deliveries_.end() ? std::nullopt : std::optional(found->second);
}

Result<void> DeskStore::updateDelivery(const DeliveryRow& row) {
  const auto found = deliveries_.find(row.delivery_id);
  if (found == deliveries_.end()) return fail(ErrorKind::NotFound, "no such delivery");
  found->second = row;
  if (row.state != DeliveryState::Queued) queue_.erase(row.sequence);
  return {};
}

Result<std::vector<std::string>> DeskStore::queuedAbout(std::string_view case_id, std::string_view recipient,
                                                        std::string_view subject) {
  std::vector<std::string> out;
  for (const auto& [sequence, id] : queue_) {
    const auto& row = deliveries_.at(id);
    if (!subject.empty() && row.case_id == case_id && row.recipient == recipient && row.subject == subject)
      out.push_back(id);
  }
  return out;
}

Result<std::vector<std::string>> DeskStore::newerAbout(const DeliveryRow&) { return never(); }

Result<OpenDeliveries> DeskStore::openDeliveries(std::string_view message_id) {
  OpenDeliveries out;
  for (const auto& [sequence, id] : queue_) out.under_way += deliveries_.at(id).message_id == message_id ? 1 : 0;
  return out;
}

Result<std::vector<DeliveryRow>> DeskStore::deliveriesOf(std::string_view message_id) {
  std::vector<DeliveryRow> out;
  for (const auto& [id, row] : deliveries_)
    if (row.message_id == message_id) out.push_back(row);
  std::ranges::sort(out, {}, &DeliveryRow::sequence);
  return out;
}

Result<void> DeskStore::insert(const HoldRow& hold) {
  holds_.push_back(hold);
  return {};
}

Result<std::optional<pipeline::HoldRow>> DeskStore::findHold(std::string_view hold_id) {
  const auto found = std::ranges::find(holds_, hold_id, &pipeline::HoldRow::hold_id);
  return found == holds_.end() ? std::nullopt : std::optional(*found);
}

Result<void> DeskStore::insertClock(const care::ClockRow& row) {
  clocks_.emplace(row.clock_id, row);
  planFiring(nullptr, row);
  clocks_of_case_[row.case_id].push_back(row.clock_id);
  return {};
}

Result<std::optional<care::ClockRow>> DeskStore::findClock(std::string_view clock_id) {
  const auto found = clocks_.find(std::string(clock_id));
  return found == clocks_.end() ? std::nullopt : std::optional(found->second);
}

Result<void> DeskStore::updateClock(care::ClockRow& row) {
  auto& stored = clocks_.at(row.clock_id);
  if (stored.revision != row.revision) return fail(ErrorKind::Conflict, "the clock was moved meanwhile");
  ++row.revision;
  planFiring(&stored, row);
  stored = row;
  return {};
}

template <class Wanted>
std::vector<care::ClockRow> DeskStore::clocksThat(std::string_view case_id, const Wanted& wanted) const {
  std::vector<care::ClockRow> out;
  const auto found = clocks_of_case_.find(case_id);
  if (found == clocks_of_case_.end()) return out;
  for (const auto& id : found->second)
    if (const auto& row = clocks_.at(id); wanted(row)) out.push_back(row);
  std::ranges::stable_sort(out, {}, &care::ClockRow::due_at);
  return out;
}

Result<std::vector<care::ClockRow>> DeskStore::openClocksOf(std::string_view case_id) {
  return clocksThat(case_id, [](const care::ClockRow& row) { return care::isOpen(row); });
}

Result<std::vector<care::ClockRow>> DeskStore::allClocksOf(std::string_view case_id) {
  return clocksThat(case_id, [](const care::ClockRow&) { return true; });
}

Result<std::vector<care::ClockRow>> DeskStore::openClocksOfDelivery(std::string_view delivery_id) {
  const auto row = deliveries_.find(delivery_id);
  return clocksThat(row == deliveries_.end() ? "" : row->second.case_id,
                    [&](const care::ClockRow& one) { return care::isOpen(one) && one.delivery_id == delivery_id; });
}

}  // namespace causeway::simulation::cases
