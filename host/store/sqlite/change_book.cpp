#include "host/store/sqlite/change_book.hpp"

#include "host/base/text.hpp"

#include <string>

namespace causeway::store {
namespace {

using pipeline::RuleVersionRow;

// With a space before and after each, so that the table itself can tell whether somebody is one of them.
std::string listOf(const std::vector<std::string>& names) {
  std::string out = " ";
  for (const auto& name : names) out += name + " ";
  return out;
}

RuleVersionRow versionOf(const Rows& r) {
  RuleVersionRow v;
  v.number = r.number(0);
  v.parent = r.number(1);
  v.state = static_cast<pipeline::RuleState>(r.number(2));
  v.files = r.text(3);
  v.digest = r.text(4);
  const std::string authors = r.text(5);
  for (const auto name : split(authors, ' '))
    if (!name.empty()) v.authors.emplace_back(name);
  v.because = r.text(6);
  v.simulation = r.text(7);
  v.simulated_against = r.number(8);
  v.loses_statutory = r.flag(9);
  v.submitted_by = r.text(10);
  v.approved_by = r.text(11);
  v.created_at = r.time(12);
  if (!r.isNull(13)) v.effective_at = r.time(13);
  if (!r.isNull(14)) v.live_at = r.time(14);
  return v;
}

const std::string kVersion =
    "SELECT number, parent, state, files, digest, authors, because, simulation, simulated_against, loses_statutory,"
    " submitted_by, approved_by, created_at,"
    " effective_at, live_at FROM rule_versions ";

}  // namespace

ChangeBook::ChangeBook(Database& db)
    : newest_(db, "SELECT coalesce(max(number), 0) FROM rule_versions"),
      insert_(db, "INSERT INTO rule_versions VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      update_(db,
              "UPDATE rule_versions SET state = ?, files = ?, digest = ?, authors = ?, because = ?, simulation = ?,"
              " simulated_against = ?, loses_statutory = ?, submitted_by = ?, approved_by = ?, effective_at = ?, "
              "live_at = ? WHERE number = ?"),
      find_(db, kVersion + "WHERE number = ?"),
      all_(db, kVersion + "ORDER BY number") {}

Result<void> ChangeBook::insert(RuleVersionRow& v) {
  {
    Rows rows = newest_.run();
    CW_CHECK_OK(rows.next());
    v.number = rows.number(0) + 1;
  }
  return insert_.execute(v.number, v.parent, static_cast<int>(v.state), v.files, v.digest, listOf(v.authors), v.because,
                         v.simulation, v.simulated_against, v.loses_statutory, v.submitted_by, v.approved_by,
                         v.created_at, v.effective_at, v.live_at);
}

Result<void> ChangeBook::update(const RuleVersionRow& v) {
  CW_TRY(const int changed, update_.change(static_cast<int>(v.state), v.files, v.digest, listOf(v.authors), v.because,
                                           v.simulation, v.simulated_against, v.loses_statutory, v.submitted_by,
                                           v.approved_by, v.effective_at, v.live_at, v.number));
  if (changed == 0) return fail(ErrorKind::NotFound, "store: no version of the rules has this number");
  return {};
}

Result<std::optional<RuleVersionRow>> ChangeBook::find(std::int64_t number) {
  Rows rows = find_.run(number);
  CW_TRY(const bool found, rows.next());
  if (!found) return std::nullopt;
  return versionOf(rows);
}

Result<std::vector<RuleVersionRow>> ChangeBook::all() {
  std::vector<RuleVersionRow> out;
  Rows rows = all_.run();
  for (;;) {
    CW_TRY(const bool more, rows.next());
    if (!more) return out;
    out.push_back(versionOf(rows));
  }
}

}  // namespace causeway::store
