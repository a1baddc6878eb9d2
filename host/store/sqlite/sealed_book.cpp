#include "host/store/sqlite/sealed_book.hpp"

#include "host/store/sqlite/database.hpp"

namespace causeway::store {
namespace {

using pipeline::SealedItem;
using Part = SealedItem::Part;
using Items = std::vector<SealedItem>;

/// Rows of: number, id, message, scope, sealed.
Result<void> add(Rows rows, Part part, Items& out) {
  for (;;) {
    CW_TRY(const bool more, rows.next());
    if (!more) return {};
    out.push_back({part, rows.number(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)});
  }
}

}  // namespace

SealedBook::SealedBook(Database& db)
    : db_(db),
      bodies_(db,
              "SELECT b.id, m.document_id, m.message_id, b.raw_sealed, b.canonical_sealed FROM messages m"
              " JOIN message_bodies b ON b.id = m.id WHERE m.case_id = ? AND m.case_id <> '' ORDER BY m.id"),
      payloads_(db,
                "SELECT d.sequence, d.delivery_id, d.message_id, '', p.payload_sealed FROM messages m"
                " JOIN deliveries d ON d.message_id = m.message_id JOIN delivery_payloads p ON p.sequence = d.sequence"
                " WHERE m.case_id = ?1 AND m.case_id <> '' AND d.case_id = ?1 AND p.payload_sealed <> x''"),
      papers_(db,
              "SELECT p.id, p.paper_id, p.message_id, p.scope, b.sealed FROM messages m"
              " JOIN papers p ON p.message_id = m.message_id JOIN paper_bodies b ON b.id = p.id"
              " WHERE m.case_id = ? AND m.case_id <> '' AND b.sealed <> x''"),
      disclosures_(db,
                   "SELECT id, delivery_id || ':' || attempt, message_id, '', sealed FROM disclosures"
                   " WHERE case_id = ? AND case_id <> '' AND sealed <> x''"),
      questions_(db,
                 "SELECT sequence, follow_up_id, '', scope, target_sealed FROM follow_ups"
                 " WHERE case_id = ? AND case_id <> '' AND target_sealed <> x''"),
      // A document stays while any of its messages may have to be read again.
      old_raw_(db,
               "SELECT m.id, m.document_id, m.message_id, '', '' FROM messages m JOIN message_bodies b ON b.id = m.id"
               " WHERE m.state IN (2, 5) AND m.received_at < ? AND length(b.raw_sealed) > 0 AND NOT EXISTS"
               " (SELECT 1 FROM messages o WHERE o.document_id = m.document_id AND o.state NOT IN (2, 4, 5)) LIMIT ?"),
      old_quarantined_(
          db,
          "SELECT m.id, m.document_id, m.message_id, '', '' FROM messages m JOIN message_bodies b ON b.id = m.id"
          " WHERE m.state = 4 AND m.received_at < ? AND length(b.raw_sealed) > 0 LIMIT ?"),
      old_payloads_(db,
                    "SELECT d.sequence, d.delivery_id, d.message_id, '', '' FROM deliveries d"
                    " JOIN delivery_payloads p ON p.sequence = d.sequence"
                    " WHERE d.state NOT IN (1, 2, 4) AND d.created_at < ? AND length(p.payload_sealed) > 0 LIMIT ?"),
      set_raw_(db, "UPDATE message_bodies SET raw_sealed = ? WHERE id = ?"),
      set_canonical_(db, "UPDATE message_bodies SET canonical_sealed = ? WHERE id = ?"),
      set_payload_(db, "UPDATE delivery_payloads SET payload_sealed = ? WHERE sequence = ?"),
      set_paper_(db, "UPDATE paper_bodies SET sealed = ? WHERE id = ?"),
      set_disclosure_(db, "UPDATE disclosures SET sealed = ? WHERE id = ?"),
      set_question_(db, "UPDATE follow_ups SET target_sealed = ? WHERE sequence = ?") {}

Result<Items> SealedBook::of(std::string_view case_id) {
  Items out;
  {
    Rows rows = bodies_.run(case_id);
    for (;;) {
      CW_TRY(const bool more, rows.next());
      if (!more) break;
      SealedItem item{Part::Raw, rows.number(0), rows.text(1), rows.text(2), {}, rows.text(3)};
      if (!item.sealed.empty()) out.push_back(item);
      item = {Part::Canonical, rows.number(0), rows.text(2), rows.text(2), {}, rows.text(4)};
      if (!item.sealed.empty()) out.push_back(std::move(item));
    }
  }
  CW_CHECK_OK(add(payloads_.run(case_id), Part::Payload, out));
  CW_CHECK_OK(add(papers_.run(case_id), Part::Paper, out));
  CW_CHECK_OK(add(disclosures_.run(case_id), Part::Disclosure, out));
  CW_CHECK_OK(add(questions_.run(case_id), Part::Question, out));
  return out;
}

Result<Items> SealedBook::expired(pipeline::ShortLived what, Instant before, int limit) {
  using pipeline::ShortLived;
  Items out;
  if (what == ShortLived::Documents) CW_CHECK_OK(add(old_raw_.run(before, limit), Part::Raw, out));
  if (what == ShortLived::Quarantined) CW_CHECK_OK(add(old_quarantined_.run(before, limit), Part::Raw, out));
  if (what == ShortLived::Payloads) CW_CHECK_OK(add(old_payloads_.run(before, limit), Part::Payload, out));
  return out;
}

// What is thrown away does not stay in pages that nothing uses any more.
Result<void> SealedBook::rewrite(const SealedItem& item, std::string_view sealed) {
  if (!sealed.empty()) return put(item, sealed);
  CW_CHECK_OK(db_.execute("PRAGMA secure_delete=ON"));
  auto done = put(item, sealed);
  CW_CHECK_OK(db_.execute("PRAGMA secure_delete=FAST"));
  return done;
}

Result<void> SealedBook::put(const SealedItem& item, std::string_view sealed) {
  switch (item.part) {
    case Part::Raw: return set_raw_.execute(Blob{sealed}, item.number);
    case Part::Canonical: return set_canonical_.execute(Blob{sealed}, item.number);
    case Part::Payload: return set_payload_.execute(Blob{sealed}, item.number);
    case Part::Paper: return set_paper_.execute(Blob{sealed}, item.number);
    case Part::Disclosure: return set_disclosure_.execute(Blob{sealed}, item.number);
    case Part::Question: return set_question_.execute(Blob{sealed}, item.number);
  }
  return fail(ErrorKind::Invalid, "store: an unknown kind of content");
}

}  // namespace causeway::store
