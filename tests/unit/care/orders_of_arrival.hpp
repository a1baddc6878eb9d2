#pragma once

#include "host/care/case_fold.hpp"
#include "tests/support/builders.hpp"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <numeric>
#include <random>

/// The same messages in any order give the same case: folds them in every order, or in many, and compares.
namespace causeway::care::arrival {

using namespace support;

using Set = std::vector<CanonicalMessage>;

inline CaseRecord folded(const Set& messages, const std::vector<size_t>& order) {
  CaseRecord record;
  record.mutable_case_()->set_case_id("case-1");
  for (const size_t i : order) {
    auto next = apply(record, messages[i]);
    EXPECT_TRUE(next) << (next ? "" : next.error().text());
    if (next) record = std::move(next->record);
  }
  return canonicalForm(record);
}

inline testing::AssertionResult same(const CaseRecord& a, const CaseRecord& b) {
  std::string report;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&report);
  if (differencer.Compare(a, b)) return testing::AssertionSuccess();
  return testing::AssertionFailure() << report;
}

inline std::vector<size_t> countUp(size_t size) {
  std::vector<size_t> out(size);
  std::iota(out.begin(), out.end(), size_t{0});
  return out;
}

inline void expectEveryOrderAlike(const Set& messages) {
  auto order = countUp(messages.size());
  const auto first = folded(messages, order);
  int orders = 0;
  while (std::ranges::next_permutation(order).found) {
    ++orders;
    ASSERT_TRUE(same(first, folded(messages, order))) << "order " << testing::PrintToString(order);
  }
  EXPECT_GE(orders, 1);
}

inline void expectShufflesAlike(const Set& messages, int shuffles) {
  auto order = countUp(messages.size());
  const auto first = folded(messages, order);
  std::mt19937 random(20260602);
  for (int i = 0; i < shuffles; ++i) {
    std::ranges::shuffle(order, random);
    ASSERT_TRUE(same(first, folded(messages, order))) << "order " << testing::PrintToString(order);
  }
}

}  // namespace causeway::care::arrival
