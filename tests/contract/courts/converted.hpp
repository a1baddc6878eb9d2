#pragma once

#include "adapters/courts/courts.hpp"
#include "causeway/testkit.hpp"

#include <gtest/gtest.h>

namespace courts {

/// What a converter of the courts' adapter answers, with the settings given.
inline causeway::testkit::Answer converted(const char* converter, const causeway::sdk::NamedTexts& inputs,
                                           const causeway::sdk::NamedTexts& settings = {}) {
  causeway::testkit::Host host(causeway::sdk::kTable<Courts>, settings);
  EXPECT_TRUE(host.started());
  auto answer = host.convert(converter, inputs);
  EXPECT_TRUE(answer.problems.empty()) << answer.text();
  return answer;
}

}  // namespace courts
