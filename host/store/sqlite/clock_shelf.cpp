#include "host/store/sqlite/clock_shelf.hpp"

#include <string>

namespace causeway::store {
namespace {

using care::ClockRow;
using care::ClockState;

const std::string kSelect =
    "SELECT clock_id, case_id, element, clock, law, provision, team, subject, rule, message_id, delivery_id, task_id,"
    " enhanced, test, state, started_at, due_at, next_fire_at, step, fired, suspended_at, stopped_at, evidence, reason,"
    " good_reason, revision, hearing, matter FROM clocks ";

std::optional<Instant> maybe(const Rows& rows, int column) {
  return rows.isNull(column) ? std::nullopt : std::optional(rows.time(column));
}

ClockRow clockOf(const Rows& r) {
  ClockRow c;
  c.clock_id = r.text(0);
  c.case_id = r.text(1);
  c.element = r.text(2);
  c.clock = r.text(3);
  c.law = r.text(4);
  c.right = r.text(5);
  c.team = r.text(6);
  c.subject = r.text(7);
  c.rule = r.text(8);
  c.message_id = r.text(9);
  c.delivery_id = r.text(10);
  c.task_id = r.text(11);
  c.enhanced = r.flag(12);
  c.test = r.flag(13);
  c.state = static_cast<ClockState>(r.number(14));
  c.started_at = r.time(15);
  c.due_at = r.time(16);
  c.next_fire_at = maybe(r, 17);
  c.step = static_cast<int>(r.number(18));
  c.fired = static_cast<int>(r.number(19));
  c.suspended_at = maybe(r, 20);
  c.stopped_at = maybe(r, 21);
  c.evidence = r.text(22);
  c.reason = r.text(23);
  c.good_reason = r.text(24);
  c.revision = r.number(25);
  c.hearing = r.text(26);
  c.matter = r.text(27);
  return c;
}

ClockShelf::Clocks all(Rows rows) {
  std::vector<ClockRow> out;
  for (;;) {
    CW_TRY(const bool more, rows.next());
    if (!more) return out;
    out.push_back(clockOf(rows));
  }
}

}  // namespace

ClockShelf::ClockShelf(Database& db)
    : insert_(db,
              "INSERT INTO clocks(clock_id, case_id, element, clock, law, provision, team, subject, rule, message_id,"
              " delivery_id, task_id, enhanced, test, state, started_at, due_at, next_fire_at, step, fired,"
              " suspended_at, stopped_at, evidence, reason, good_reason, revision, hearing, matter)"
              " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      update_(db,
              "UPDATE clocks SET case_id = ?, element = ?, clock = ?, law = ?, provision = ?, team = ?, subject = ?,"
              " rule = ?, message_id = ?, delivery_id = ?, task_id = ?, enhanced = ?, test = ?, state = ?,"
              " started_at = ?, due_at = ?, next_fire_at = ?, step = ?, fired = ?, suspended_at = ?, stopped_at = ?,"
              " evidence = ?, reason = ?, good_reason = ?, hearing = ?, matter = ?, revision = revision + 1"
              " WHERE clock_id = ? AND revision = ?"),
      find_(db, kSelect + "WHERE clock_id = ?"),
      open_of_(db, kSelect + "WHERE case_id = ? AND case_id <> '' AND stopped_at IS NULL ORDER BY due_at, id"),
      all_of_(db, kSelect + "WHERE case_id = ? AND case_id <> '' ORDER BY due_at, id"),
      of_delivery_(db,
                   kSelect + "WHERE delivery_id = ? AND delivery_id <> '' AND stopped_at IS NULL ORDER BY due_at, id"),
      to_fire_(db, kSelect + "WHERE next_fire_at IS NOT NULL AND next_fire_at <= ? ORDER BY next_fire_at, id LIMIT ?"),
      open_(db, kSelect + "WHERE stopped_at IS NULL AND due_at < ? ORDER BY due_at, id LIMIT ?"),
      due_in_(db, kSelect + "WHERE due_at >= ? AND due_at < ? ORDER BY due_at, id") {}

Result<void> ClockShelf::insert(const ClockRow& c) {
  return insert_.execute(c.clock_id, c.case_id, c.element, c.clock, c.law, c.right, c.team, Blob{c.subject}, c.rule,
                         c.message_id, c.delivery_id, c.task_id, c.enhanced, c.test, static_cast<int>(c.state),
                         c.started_at, c.due_at, c.next_fire_at, c.step, c.fired, c.suspended_at, c.stopped_at,
                         c.evidence, c.reason, c.good_reason, c.revision, c.hearing, Blob{c.matter});
}

Result<std::optional<ClockRow>> ClockShelf::find(std::string_view clock_id) {
  CW_TRY(auto rows, all(find_.run(clock_id)));
  return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

Result<void> ClockShelf::update(ClockRow& c) {
  CW_TRY(const int changed,
         update_.change(c.case_id, c.element, c.clock, c.law, c.right, c.team, Blob{c.subject}, c.rule, c.message_id,
                        c.delivery_id, c.task_id, c.enhanced, c.test, static_cast<int>(c.state), c.started_at, c.due_at,
                        c.next_fire_at, c.step, c.fired, c.suspended_at, c.stopped_at, c.evidence, c.reason,
                        c.good_reason, c.hearing, Blob{c.matter}, c.clock_id, c.revision));
  if (changed == 0) return fail(ErrorKind::Conflict, "store: the clock was changed meanwhile, or is not there");
  ++c.revision;
  return {};
}

ClockShelf::Clocks ClockShelf::openOf(std::string_view case_id) { return all(open_of_.run(case_id)); }
ClockShelf::Clocks ClockShelf::allOf(std::string_view case_id) { return all(all_of_.run(case_id)); }
ClockShelf::Clocks ClockShelf::openOfDelivery(std::string_view id) { return all(of_delivery_.run(id)); }
ClockShelf::Clocks ClockShelf::toFire(Instant now, int limit) { return all(to_fire_.run(now, limit)); }
ClockShelf::Clocks ClockShelf::open(Instant due_before, int limit) { return all(open_.run(due_before, limit)); }
ClockShelf::Clocks ClockShelf::dueIn(Instant from, Instant to) { return all(due_in_.run(from, to)); }

}  // namespace causeway::store
