#include "host/store/sqlite/register_book.hpp"

#include "host/base/text.hpp"

#include <string>

namespace causeway::store {
namespace {

using pipeline::DecisionRow;
using pipeline::DisclosureRow;

const std::string kDecision =
    "SELECT decision_id, kind, about, person, code, decided_by, because, at, next_at FROM decisions ";

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> out;
  for (const auto word : split(text, ' '))
    if (!word.empty()) out.emplace_back(word);
  return out;
}

DisclosureRow disclosureOf(const Rows& r) {
  DisclosureRow d;
  d.delivery_id = r.text(0);
  d.attempt = static_cast<int>(r.number(1));
  d.case_id = r.text(2);
  d.message_id = r.text(3);
  d.recipient = r.text(4);
  d.type = r.text(5);
  d.purpose = r.text(6);
  d.rule = r.text(7);
  d.policy = r.text(8);
  d.basis = r.text(9);
  d.rulebook = r.text(10);
  d.consents = words(r.text(11));
  d.people = words(r.text(12));
  d.at = r.time(13);
  d.sealed = r.text(14);
  d.source = r.text(15);
  d.as_of = r.text(16);
  d.missing = words(r.text(17));
  d.state = static_cast<int>(r.number(18));
  d.receipt = r.text(19);
  if (!r.isNull(20)) d.confirmed_at = r.time(20);
  return d;
}

DecisionRow decisionOf(const Rows& r) {
  DecisionRow d{r.text(0), r.text(1), r.text(2), r.text(3), r.text(4), r.text(5), r.text(6), r.time(7), {}};
  if (!r.isNull(8)) d.next_at = r.time(8);
  return d;
}

template <class Row>
Result<std::vector<Row>> all(Rows rows, Row (*read)(const Rows&)) {
  std::vector<Row> out;
  for (;;) {
    CW_TRY(const bool more, rows.next());
    if (!more) return out;
    out.push_back(read(rows));
  }
}

}  // namespace

RegisterBook::RegisterBook(Database& db)
    : insert_disclosure_(db,
                         "INSERT INTO disclosures VALUES(NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      disclosures_of_(
          db,
          "SELECT s.delivery_id, s.attempt, s.case_id, s.message_id, s.recipient, s.type, s.purpose, s.rule,"
          " s.policy, s.basis, s.rulebook, s.consents, s.people, s.at, s.sealed,"
          " s.source, s.as_of, s.missing,"
          " d.state, d.receipt, c.at FROM disclosures s LEFT JOIN deliveries d ON d.delivery_id = s.delivery_id"
          " LEFT JOIN confirmations c ON c.delivery_id = s.delivery_id"
          " WHERE s.case_id = ? AND s.case_id <> '' ORDER BY s.id"),
      confirm_(db, "INSERT OR IGNORE INTO confirmations VALUES(?, ?, ?)"),
      insert_decision_(db, "INSERT INTO decisions VALUES(NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      decisions_about_(db, kDecision + "WHERE kind = ? AND about = ? ORDER BY id"),
      decisions_of_kind_(db, kDecision + "WHERE kind = ? ORDER BY id"),
      quiet_cases_(db,
                   "SELECT c.case_id, max(m.received_at) AS last FROM cases c JOIN messages m ON m.case_id = c.case_id"
                   " WHERE m.case_id <> '' GROUP BY c.case_id HAVING last < ? ORDER BY last") {}

Result<void> RegisterBook::insert(const DisclosureRow& d) {
  return insert_disclosure_.execute(d.delivery_id, d.attempt, d.case_id, d.message_id, d.recipient, d.type, d.purpose,
                                    d.rule, d.policy, d.basis, d.rulebook, join(d.consents, " "), join(d.people, " "),
                                    d.at, Blob{d.sealed}, d.source, d.as_of, join(d.missing, " "));
}

Result<std::vector<DisclosureRow>> RegisterBook::disclosuresOf(std::string_view case_id) {
  return all(disclosures_of_.run(case_id), disclosureOf);
}

Result<void> RegisterBook::confirm(std::string_view delivery_id, std::string_view message_id, Instant at) {
  return confirm_.execute(delivery_id, message_id, at);
}

Result<void> RegisterBook::insert(const DecisionRow& d) {
  return insert_decision_.execute(d.decision_id, d.kind, d.about, d.person, d.code, d.by, d.because, d.at, d.next_at);
}

Result<std::vector<DecisionRow>> RegisterBook::decisionsAbout(std::string_view kind, std::string_view about) {
  return all(about.empty() ? decisions_of_kind_.run(kind) : decisions_about_.run(kind, about), decisionOf);
}

Result<std::vector<std::pair<std::string, Instant>>> RegisterBook::casesQuietSince(Instant moment) {
  std::vector<std::pair<std::string, Instant>> out;
  Rows rows = quiet_cases_.run(moment);
  for (;;) {
    CW_TRY(const bool more, rows.next());
    if (!more) return out;
    out.emplace_back(rows.text(0), rows.time(1));
  }
}

}  // namespace causeway::store
