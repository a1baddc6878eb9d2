#pragma once

#include "host/pipeline/store.hpp"
#include "host/store/sqlite/change_book.hpp"
#include "host/store/sqlite/clock_shelf.hpp"
#include "host/store/sqlite/reads.hpp"
#include "host/store/sqlite/register_book.hpp"
#include "host/store/sqlite/sealed_book.hpp"
#include "host/store/sqlite/statement.hpp"

#include <cstdint>

namespace causeway::store {

/// What a transaction changes, prepared once for the life of the writing connection.
struct Writes {
  explicit Writes(Database& database);

  Reads reads;
  RegisterBook book;
  ChangeBook changes;
  SealedBook sealed;
  ClockShelf clocks;
  Statement begin, commit, roll_back;
  Statement insert_admission;
  Statement insert_message, insert_body, message_state, update_message, rewrite_message, rewrite_body, count_ledger;
  Statement insert_paper, insert_paper_body;
  Statement newest_digest, set_newest_digest;
  Statement insert_case_key, insert_case, save_case;
  Statement insert_waiting, stop_waiting;
  Statement insert_delivery, insert_payload, update_delivery, queued, newer, open_deliveries;
  Statement insert_follow_up, update_follow_up;
  Statement insert_hold, hold_released, release_hold;
  Statement insert_audit, insert_head;
};

}  // namespace causeway::store
