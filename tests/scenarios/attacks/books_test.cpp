#include "tests/unit/pipeline/rig_support.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

// What somebody who reaches the disk may try.
namespace causeway::pipeline {
namespace {

namespace fs = std::filesystem;

/// Changes one byte within what is stored under these bytes, as whoever edits the file would.
bool tamper(const std::string& file, const std::string& stored) {
  std::ifstream in(file, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  const auto piece = stored.substr(stored.size() / 3, 40);  // short enough to lie within one page
  const auto at = text.find(piece);
  if (piece.empty() || at == std::string::npos) return false;
  text[at + piece.size() / 2] = static_cast<char>(text[at + piece.size() / 2] ^ 1);
  std::ofstream(file, std::ios::binary) << text;
  return true;
}

TEST_F(Pipeline, Attack16AnOutgoingPayloadThatWasChangedOnTheDiskIsNeverSent) {
  registered();
  const auto sent = rig.sender.sent().size();
  const auto result = rig.receive("courts", resultFile({}));
  const auto payload = deliveryTo("records", result).payload_sealed;
  rig.close();
  ASSERT_TRUE(tamper(rig.file("store.db"), payload));
  rig.restart();
  rig.passTime(std::chrono::minutes(5));
  EXPECT_EQ(deliveryTo("records", result).state, DeliveryState::Held);
  EXPECT_EQ(deliveryTo("records", result).reason, "payload_unreadable");
  EXPECT_EQ(deliveryTo("adviser", result).state, DeliveryState::Delivered) << "the others go on";
  for (size_t i = sent; i < rig.sender.sent().size(); ++i) EXPECT_NE(rig.sender.sent()[i].endpoint, "records");
}

TEST_F(Pipeline, Attack16ACaseThatWasChangedOnTheDiskStopsWithItsMessages) {
  const auto whole = registered();
  const auto stored = rig.store().findCase(caseIdOf(whole)).value()->snapshot_sealed;
  const auto sent = rig.sender.sent().size();
  rig.close();
  ASSERT_TRUE(tamper(rig.file("store.db"), stored));
  rig.restart();
  const auto result = rig.receive("courts", resultFile({}));
  const auto other = rig.receive("records", caseFile({.id = "C9", .urn = "01ZD0304026"}));
  rig.deliver();
  EXPECT_EQ(rig.stateOf(result), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "case_unreadable");
  EXPECT_EQ(rig.stateOf(other), "done");
  EXPECT_EQ(rig.sender.sent().size(), sent + 1) << "of another case, which goes on";
}

TEST_F(Pipeline, Attack40WhatABackupKnowsHasNoSecondEffectWhenPartnersSendAgain) {
  registered();
  rig.receive("courts", resultFile({}));
  rig.deliver();
  rig.close();
  fs::create_directory(rig.file("backup"));
  for (const char* name : {"store.db", "keys.db"})
    fs::copy_file(rig.file(name), rig.file("backup/" + std::string(name)));
  rig.restart();
  rig.receive("courts", resultFile({.id = "R2", .date = "2026-04-09", .at = "2026-04-09T12:00:00Z"}));
  rig.deliver();
  rig.close();
  for (const char* name : {"store.db", "keys.db"})
    fs::copy_file(rig.file("backup/" + std::string(name)), rig.file(name), fs::copy_options::overwrite_existing);
  rig.restart();
  rig.passTime(std::chrono::minutes(5));
  const auto before = rig.sender.sent().size();
  // Partners send again whatever they are not sure of.
  EXPECT_EQ(rig.receive("records", caseFile({})).outcome, "duplicate");
  EXPECT_EQ(rig.receive("courts", resultFile({})).outcome, "duplicate");
  rig.deliver();
  EXPECT_EQ(rig.sender.sent().size(), before);
  EXPECT_EQ(rig.ledger().received, 2);
}

}  // namespace
}  // namespace causeway::pipeline
