#pragma once

#include "host/app/operators.hpp"
#include "tests/support/host_rig.hpp"

#include <gtest/gtest.h>

namespace causeway::app {

/// A rig with three operators: sup.ada and wcu.cyn are readers, sup.ben is none.
class OperatedHost : public testing::Test {
 protected:
  OperatedHost() {
    settings_.people = {person("sup.ada", 1001, true), person("sup.ben", 1002, false), person("wcu.cyn", 1003, true)};
  }
  static config::OperatorSettings person(const std::string& name, std::uint32_t uid, bool reader) {
    config::OperatorSettings out;
    out.name = name;
    out.uid = uid;
    out.certificate = "urn:example:staff:" + std::to_string(uid);
    out.reader = reader;
    return out;
  }

  support::HostRig rig_;
  config::OperatorsSettings settings_;
  Operators operators_{settings_};
};

inline bool has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

}  // namespace causeway::app
