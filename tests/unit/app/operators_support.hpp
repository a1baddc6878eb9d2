#pragma once

#include "host/app/desks/rights_desk.hpp"
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

/// Their desk for people's rights, over a host that knows one case.
class RightsOfOperators : public OperatedHost {
 protected:
  void SetUp() override {
    const auto whole = rig_.receive("records", support::caseFile({}));
    case_id_ = rig_.messagesOf(whole.document_id).at(0).case_id;
    rig_.settle();
  }
  RightsParts parts(const Operators& operators) {
    return {rig_.rulebook(),  rig_.store(), rig_.vault(), rig_.writer(), rig_.audit(), rig_.rulings(),
            rig_.retention(), rig_.clock,   ids_,         views_,        glass_,       operators};
  }

  std::string case_id_;
  Ids ids_{rig_.clock, [n = 0](std::span<unsigned char> out) mutable {
             for (auto& byte : out) byte = static_cast<unsigned char>(++n);
           }};
  Views views_{rig_.writer(), rig_.audit(), rig_.clock, 100};
  pipeline::BreakGlass glass_{
      {rig_.rulebook(), rig_.store(), rig_.vault(), rig_.writer(), rig_.audit(), rig_.rulings(), rig_.clock, ids_},
      std::chrono::minutes(240)};
  RightsDesk desk_{parts(operators_)};
};

inline bool has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

}  // namespace causeway::app
