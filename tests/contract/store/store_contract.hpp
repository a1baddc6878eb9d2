#pragma once

#include "host/pipeline/store.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// What every store must do, whatever it is made of. A store joins by instantiating StoreContract with a maker of its own
/// and linking the contract_*.cpp files of this folder.
namespace causeway::pipeline {

/// One database for one test, empty at first and gone afterwards.
class StoreUnderTest {
 public:
  virtual ~StoreUnderTest() = default;
  /// Opens the database, as a starting host would. The store that was opened before must be destroyed first.
  virtual Result<std::unique_ptr<Store>> open() = 0;
};

using StoreMaker = std::unique_ptr<StoreUnderTest> (*)();

/// The value, or a failed test.
template <class T>
T ok(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// How something failed; nothing when it did not.
template <class T>
std::optional<ErrorKind> failure(const Result<T>& result) {
  return result ? std::nullopt : std::optional(result.error().kind);
}

inline Instant atSecond(int second) { return Instant(std::chrono::seconds(1'780'000'000 + second)); }

inline Admission makeAdmission(const std::string& source_id) {
  return {.sender = "courts",
          .source_id = source_id,
          .document_id = "document-" + source_id,
          .digest = std::string("\0d", 2),
          .reply_sealed = "sealed reply",
          .received_at = atSecond(0)};
}

inline MessageRow makeMessage(const std::string& id, MessageState state = MessageState::InFlight) {
  MessageRow m;
  m.message_id = id;
  m.document_id = "document";
  m.part = "1";
  m.sender = "courts";
  m.type = "hearing.resulted";
  m.state = state;
  m.case_id = "case";
  m.digest = std::string(
      "\0\xFF"
      "digest",
      8);
  m.subject_index = "subject";
  m.raw_sealed = std::string("raw\0sealed", 10);
  m.canonical_sealed = "canonical sealed";
  m.versions = R"({"mapping":"3"})";
  m.received_at = atSecond(1);
  return m;
}

inline DeliveryRow makeDelivery(const std::string& id, const std::string& message_id = "message") {
  DeliveryRow d;
  d.delivery_id = id;
  d.message_id = message_id;
  d.case_id = "case";
  d.recipient = "witness-service";
  d.type = "witness.dewarned";
  d.purpose = "attendance";
  d.route = "dewarn@2";
  d.subject = "attendance";
  d.priority = 7;
  d.payload_sealed = std::string("payload\0sealed", 14);
  d.created_at = atSecond(1);
  d.due_at = atSecond(2);
  d.not_before = atSecond(3);
  return d;
}

inline HoldRow makeHold(const std::string& id, int second = 0) {
  return {.hold_id = id,
          .message_id = "message",
          .delivery_id = "delivery",
          .case_id = "case",
          .reason_code = "bail_p",
          .text = "The bail status P can mean two things.",
          .rule = "bail@1",
          .held_at = atSecond(second),
          .released_at = std::nullopt,
          .released_by = {},
          .follow_up_id = "question"};
}

class StoreContract : public testing::TestWithParam<StoreMaker> {
 protected:
  StoreContract() : under_test_(GetParam()()), store_(ok(under_test_->open())) {}

  Store& store() { return *store_; }
  void close() { store_.reset(); }
  void reopen() {
    close();
    store_ = ok(under_test_->open());
  }
  StoreUnderTest& underTest() { return *under_test_; }

  std::unique_ptr<Transaction> begin() { return ok(store_->begin()); }
  /// Does the work in one transaction and commits it.
  template <class Work>
  void write(Work work) {
    const auto tx = begin();
    work(*tx);
    ok(tx->commit());
  }

 private:
  std::unique_ptr<StoreUnderTest> under_test_;
  std::unique_ptr<Store> store_;
};

template <class Row, class Id>
std::vector<std::string> idsOf(const std::vector<Row>& rows, Id id) {
  std::vector<std::string> out;
  for (const Row& row : rows) out.push_back(row.*id);
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace causeway::pipeline
