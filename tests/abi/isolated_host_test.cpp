// A whole host with an adapter that crashes, hangs or lies in a process of its own: the host goes on, and what the adapter was asked
// about is held with its reason.

#include "host/plugin/loader.hpp"
#include "tests/abi/installed.hpp"
#include "tests/support/host_rig.hpp"

#include <gtest/gtest.h>

namespace causeway::abi {
namespace {

using support::caseFile;
using support::HostRig;
using support::resultFile;
using support::Scene;

/// The usual scene, but the court's results are read with the hostile adapter, which does what the result's code says.
Scene sceneWith(int limit_ms) {
  auto adapter = plugin::loadAdapter(
      {.file = builtLibrary("hostile"),
       .isolation = {.program = CAUSEWAY_ADAPTER_CHILD, .call_limit = std::chrono::milliseconds(limit_ms)}},
      development());
  EXPECT_TRUE(adapter) << adapter.error().text();
  auto scene = Scene::usual();
  scene.adapters.emplace("hostile", *std::move(adapter));
  auto& mapping = scene.mappings[1];
  const std::string line = "              - { from: \"@code\", to: code }\n";
  mapping.replace(mapping.find(line), line.size(),
                  "              - { with: { do: \"@code\", value: \"@code\" }, to: code, as: hostile.act }\n");
  return scene;
}

void expectHeld(const std::string& does, int limit_ms) {
  const auto scene = sceneWith(limit_ms);
  HostRig rig(scene);
  ASSERT_EQ(rig.receive("records", caseFile({})).outcome, "accepted");
  const auto held = rig.receive("courts", resultFile({.id = "R1", .code = does}));
  EXPECT_EQ(held.outcome, "accepted") << "it is stored, so the sender need not send it again";
  EXPECT_EQ(rig.stateOf(held), "held") << does;
  ASSERT_EQ(rig.holds().size(), 1U) << does;
  EXPECT_EQ(rig.holds()[0].reason_code, "bad_value");
  const auto next = rig.receive("records", caseFile({.id = "C2", .urn = "01ZD0303927"}));
  rig.deliver();
  EXPECT_EQ(rig.stateOf(next), "done") << "after " << does;
  EXPECT_TRUE(rig.sender.sent("records").empty()) << "after " << does;
  const auto served = scene.adapters.at("hostile")->convert("hostile.act", {{"do", "echo"}});
  EXPECT_TRUE(served) << "the next call finds no fresh process after " << does;
  EXPECT_FALSE(rig.fatal());
  EXPECT_TRUE(rig.ledger().balances());
}

TEST(IsolatedHost, HoldsWhatAnAdapterCrashesOn) {
  for (const char* does : {"crash", "abort", "exit"}) expectHeld(does, 20000);
}

TEST(IsolatedHost, HoldsWhatAnAdapterDoesForbiddenThingsOn) { expectHeld("socket", 20000); }

TEST(IsolatedHost, HoldsWhatAnAdapterHangsOn) { expectHeld("loop", 1000); }

TEST(IsolatedHost, HoldsWhatAnAdapterAnswersWithGarbage) { expectHeld("garbage", 20000); }

}  // namespace
}  // namespace causeway::abi
